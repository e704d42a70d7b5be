/** A cluster that a provider runs, during one run: watched by it, and perhaps a copy of another Region's, or copied to one. */
import type { Attempt, Cause, Point, World } from '../../../simulator/index.js';
import type { Cluster, ClusterId, Fault, Member, NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { primariesOf } from '../replications.js';
import { askServer } from '../simulation/index.js';
import type { ManagedDelay } from './delays.js';
import { GlobalCopy, type Supersedable } from './global-copy.js';
import { anyConnected, presence } from './regions.js';
import { Watch } from './watch.js';

/** An answer to the provider that takes longer, one way, may be one that it does not wait for. */
const LATE_MS = 1000;

export abstract class ManagedCluster implements Supersedable {
    protected readonly watch: Watch;
    /** Set while the cluster began as a copy of another Region's. */
    protected readonly copy: GlobalCopy | undefined;
    private superseded: { readonly canBeTold: () => boolean; readonly cause: Cause } | undefined;
    private retired = false;

    /**
     * @param provider who runs it: `Aurora`
     * @param takeover how long a promotion of the whole cluster takes
     */
    protected constructor(
        context: EngineContext,
        protected readonly world: World,
        private readonly provider: string,
        takeover: ManagedDelay,
    ) {
        this.watch = new Watch(world, provider);
        this.copy = this.asCopy(context, takeover);
        const look = world.handler(() => this.review(-1));
        // A zone loses and regains power without a word to nodes in others, and storage may stand in zones that have none.
        new Set(world.faultTimes).forEach((time) => world.schedule(time, look));
    }

    networkChanged(cause: Cause): void {
        const { cluster, topology } = this.world;
        const isSlow = ({ node }: Member): boolean => {
            const { zone } = topology.nodes[node]!;
            return zone !== undefined && this.world.delay(this.world.providerIn(zone), node) > LATE_MS;
        };
        if (cluster.members.some(isSlow)) {
            this.world.assume({
                brief: `${this.provider} leaves nodes of ${cluster.name} alone whose links are slow`,
                sentence: `Nothing documents what ${this.provider} makes of a node whose links are slow. Here it leaves such nodes of ${cluster.name} alone.`,
            });
        }
        this.review(cause);
    }

    promote(cause: Cause): void {
        this.copy?.promote(cause);
    }

    copyOf(): ClusterId | undefined {
        return this.copy?.isCopy === true ? this.copy.primary.id : undefined;
    }

    supersede(canBeTold: () => boolean, cause: Cause): boolean {
        if (this.superseded !== undefined) {
            return false;
        }
        this.superseded = { canBeTold, cause };
        this.review(cause);
        return true;
    }

    unsupported(fault: Fault): string | undefined {
        return fault.kind === 'promote' && fault.cluster === this.world.cluster.id && this.copy === undefined
            ? 'it is no copy of another cluster that could be promoted.'
            : undefined;
    }

    /** Looks at everything again, after every change. */
    protected abstract review(cause: Cause): void;
    /** Takes writes from now on in the place of the cluster that it copies; false: no node lives that could. */
    protected abstract activate(cause: Cause): boolean;
    /** Takes no writes any more: a copy has taken over. */
    protected abstract retire(cause: Cause): void;
    /** From where the primary cluster sends what it writes. */
    protected abstract senders(primary: Cluster): readonly Point[];

    protected get isReadOnly(): boolean {
        return this.retired || this.copy?.isCopy === true;
    }

    /** Whether another Region has taken over, known here or not. */
    protected get isSuperseded(): boolean {
        return this.superseded !== undefined;
    }

    /** Hears of its successor as soon as that can be. */
    protected reviewSuccession(): void {
        if (!this.retired && this.superseded?.canBeTold() === true) {
            this.retired = true;
            this.retire(this.superseded.cause);
        }
    }

    /** What a node answers if nothing but its being there matters. */
    protected answerOf(node: NodeId, client: Point): Attempt {
        return askServer(this.world, client, node, 0, this.world.lastFault(node));
    }

    protected nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }

    private asCopy(context: EngineContext, takeover: ManagedDelay): GlobalCopy | undefined {
        const [primary] = primariesOf(context);
        if (primary === undefined) {
            return undefined;
        }
        const own = presence(this.world, context.cluster);
        const senders = this.senders(primary.cluster);
        return new GlobalCopy(this.world, primary.replication, primary.cluster, takeover, {
            flows: () => anyConnected(this.world, senders, own),
            activate: (cause) => this.activate(cause),
        });
    }
}
