/** Clients that know all servers and choose among them by themselves. */
import type { Attempt, AttemptContext, HostChange, Steadiness, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { askServer, ContactList, steadinessOf } from '../../shared/simulation/index.js';
import type { Asker, FrontBehaviour } from './front.js';

export class ListBehaviour implements FrontBehaviour {
    private readonly contacts: ContactList;

    constructor(
        private readonly world: World,
        servers: readonly NodeId[],
    ) {
        this.contacts = new ContactList(world, servers);
    }

    start(): void {
        this.world.changed();
    }

    hostChanged(_node: NodeId, _change: HostChange): void {
        this.world.changed();
    }

    networkChanged(): void {
        this.world.changed();
    }

    attempt(context: AttemptContext): Attempt {
        const node = this.contacts.next(context);
        const answer = askServer(this.world, context.client, node, 0, this.world.lastFault(node));
        this.contacts.learned(context, node, answer);
        return answer;
    }

    steadiness({ client }: Asker): Steadiness {
        return steadinessOf(
            this.contacts.choices(client, -1).map((node) => askServer(this.world, client, node, 0, -1)),
        );
    }

    leaders(): readonly NodeId[] {
        return [];
    }

    serving(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }

    unsupported(): string | undefined {
        return undefined;
    }
}
