/** Clients that know all servers and choose among them by themselves. */
import type { Attempt, AttemptContext, HostChange, Point, Steadiness, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { askPatiently, ContactList } from '../../shared/simulation/index.js';
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
        const { client, held } = context;
        return held === undefined
            ? this.contacts.attempt(context, (node) => this.ask(client, node))
            : this.ask(client, held);
    }

    steadiness({ client }: Asker): Steadiness {
        return this.contacts.steadiness(client, (node) => this.ask(client, node));
    }

    private ask(client: Point, node: NodeId): Attempt {
        return askPatiently(this.world, client, node, 0, this.world.lastFault(node));
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
