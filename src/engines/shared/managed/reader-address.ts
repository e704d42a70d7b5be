/** The address that spreads reads over the nodes that follow the leader. */
import type { AttemptContext, HandlerId, Point, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { LookedUp } from '../ttl.js';
import { NameCaches } from '../simulation/index.js';
import { drawDelay, type ManagedDelay } from './delays.js';
import type { Watch } from './watch.js';

/**
 * Names the readers in turn; the leader only while there is none. A reader that fails is taken out after a delay that is not
 * documented: the one of a failover, an assumption. A retry meets the address that the client has looked up.
 */
export class ReaderAddress {
    private listed: readonly NodeId[];
    private readonly names: NameCaches<readonly NodeId[]>;
    private readonly removing = new Map<NodeId, number>();
    private removals = 0;
    private readonly turns = new Map<Point, number>();
    private readonly remove: HandlerId;

    constructor(
        private readonly world: World,
        private readonly watch: Watch,
        private readonly nodes: readonly NodeId[],
        address: LookedUp,
        private readonly delay: ManagedDelay,
        private readonly leader: () => NodeId | undefined,
    ) {
        this.listed = this.withoutLeader(nodes);
        this.names = new NameCaches(world, address, this.listed);
        this.remove = world.handler((node, number) => this.onRemoval(node, number));
    }

    next({ client, attempt, previous }: AttemptContext): NodeId {
        const known = this.names.lookUp(client);
        if (attempt > 0 && known.includes(previous)) {
            return previous;
        }
        const turn = this.turns.get(client) ?? 0;
        this.turns.set(client, turn + 1);
        return known[turn % known.length]!;
    }

    /** Every node that a request of the client may meet now. */
    choices(client: Point): readonly NodeId[] {
        return this.names.lookUp(client);
    }

    /** To be called after every change. */
    review(): void {
        for (const node of this.nodes) {
            if (this.watch.sees(node)) {
                this.removing.delete(node);
            } else if (this.listed.includes(node) && !this.removing.has(node)) {
                this.removing.set(node, ++this.removals);
                const name = this.world.topology.nodes[node]!.qualifiedName;
                const takes = drawDelay(
                    this.world,
                    this.delay,
                    this.world.stream(name, `reader address ${this.removals}`),
                );
                this.world.schedule(this.world.now + takes, this.remove, node, this.removals);
            }
        }
        this.list(this.nodes.filter((node) => this.listed.includes(node) || this.watch.sees(node)));
    }

    private onRemoval(node: NodeId, number: number): void {
        if (this.removing.get(node) === number) {
            this.removing.delete(node);
            this.list(this.listed.filter((other) => other !== node));
            // The address of a cluster that has nobody else goes on to name a dead one.
            if (!this.listed.includes(node)) {
                this.tellRemoval(node);
            }
        }
    }

    private tellRemoval(node: NodeId): void {
        this.world.record({
            kind: 'detection',
            text: `${this.watch.provider} finds ${this.world.topology.nodes[node]!.name} failed and takes it out of the reader address`,
            cause: this.world.lastFault(node),
            node,
            belief: this.watch.failed(node),
        });
    }

    private list(nodes: readonly NodeId[]): void {
        const listed = this.withoutLeader(nodes);
        const same = listed.length === this.listed.length && listed.every((node, index) => node === this.listed[index]);
        if (!same) {
            this.listed = listed;
            this.names.change(listed);
            this.world.changed();
        }
    }

    private withoutLeader(nodes: readonly NodeId[]): readonly NodeId[] {
        const leader = this.leader();
        const readers = nodes.filter((node) => node !== leader);
        return readers.length > 0 ? readers : [leader ?? this.nodes[0]!];
    }
}
