/** One shard (node group): its primary, and what its nodes hold. */
import type { Cause, HostChange, World } from '../../../simulator/index.js';
import { counted, listed, shardTitle, type NodeId, type Shard } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { ManagedLeader, type LeaderPolicy, type PeerFinding, type Watch } from '../../shared/managed/index.js';
import { failoverDelay } from '../delays.js';
import { majorityOf } from '../majority.js';
import { hasAutomaticFailover, isClusterMode } from '../mode.js';
import { History } from './history.js';
import { WriteGate } from './write-gate.js';

const ONLY = 'it is the only replica left';
/** A few of very many primaries are named. */
const NAMED = 3;

interface Surroundings {
    /** The endpoint names another, or the primary is held for failed. */
    changed(): void;
    /** Primaries of all shards that take part in the cluster now. */
    primaries(): readonly NodeId[];
}

export class CacheShard {
    readonly leader: ManagedLeader;
    readonly history: History;
    readonly gate: WriteGate;

    constructor(
        private readonly context: EngineContext,
        private readonly world: World,
        watch: Watch,
        readonly shard: Shard,
        private readonly surroundings: Surroundings,
    ) {
        const primary = (): NodeId => this.leader.node;
        this.history = new History(context, world, shard, primary);
        this.leader = new ManagedLeader(world, watch, shard, this.policy(), () => surroundings.changed());
        this.gate = new WriteGate(context, world, shard, this.history, primary);
    }

    /** Its name in sentences. */
    get title(): string {
        return shardTitle(this.world.topology, this.shard.id);
    }

    start(passive: boolean): void {
        this.leader.start(passive);
        this.history.start();
    }

    hostChanged(node: NodeId, change: HostChange, createdByAws: boolean, cause: Cause): void {
        if (change === 'started' && node === this.leader.node) {
            this.history.restarted(node, createdByAws, cause);
        } else if (change === 'started') {
            this.history.emptied(node);
        } else if ((change === 'failed' || change === 'crashed' || change === 'stopped') && node !== this.leader.node) {
            this.history.demoted(node);
        }
        this.leader.hostChanged(node, change);
    }

    review(cause: Cause): void {
        // What replicas hold is fixed before another leads.
        this.history.review();
        this.leader.review(cause);
        this.history.review();
        this.gate.review();
    }

    /** What a node is for that has just begun anew, and what it holds. */
    partOf(node: NodeId, createdByAws: boolean): string {
        const primary = this.leader.node;
        if (node === primary) {
            const source = this.history.sourceFor(node, createdByAws);
            const holds =
                source === undefined
                    ? 'empty'
                    : `with what ${source === 'log' ? 'the log' : this.nameOf(source)} holds`;
            return `as the primary of ${this.title}, ${holds}`;
        }
        return this.leader.acts(primary)
            ? `${createdByAws ? '' : 'empty, '}and copies ${this.nameOf(primary)}`
            : `empty: ${this.title} has no primary that it could copy`;
    }

    /** Least lag first: the replica that holds most. */
    private policy(): LeaderPolicy {
        const { context } = this;
        const ties = this.world.stream(`${context.cluster.name}.${this.shard.name}`, 'equal replicas');
        return {
            title: 'primary',
            delay: failoverDelay(context.cluster),
            automatic: hasAutomaticFailover(context),
            // Without a majority of the primaries in sight a node refuses requests; alone in its shard it knows no other.
            fenced: isClusterMode(context),
            ...(isClusterMode(context) && { peers: (primary: NodeId) => this.peersOf(primary) }),
            leadsCopies: true,
            eligible: () => true,
            heir: (candidates) => {
                const most = Math.max(...candidates.map((node) => this.history.reachedBy(node)));
                const best = candidates.filter((node) => this.history.reachedBy(node) === most);
                const among = best.length > 1 ? `, as ${counted(best.length - 1, 'other')} did` : '';
                const node = best[ties.below(best.length)]!;
                const why = this.history.isBlank(node)
                    ? `no node is left that held the data, and ${this.nameOf(node)} is the first that is back`
                    : candidates.length > 1
                      ? `of the replicas left it lagged least${among}`
                      : ONLY;
                return { node, why };
            },
            promoted: (to, from, cause) => this.history.promoted(to, from, cause),
            demoted: (node) => this.history.demoted(node),
        };
    }

    private peersOf(primary: NodeId): PeerFinding | undefined {
        const all = this.context.cluster.shards.length;
        const left = this.surroundings.primaries().filter((node) => node !== primary);
        if (left.length === 0) {
            return undefined;
        }
        const agreed = left.length >= majorityOf(all);
        const others = left.length === all - 1;
        const who = others
            ? 'the other primaries'
            : listed(
                  left.map((node) => this.nameOf(node)),
                  { limit: NAMED },
              );
        const hold = left.length === 1 ? 'holds' : 'hold';
        const text = agreed
            ? `${who} ${hold} ${this.nameOf(primary)} for failed`
            : `${who} ${left.length === 1 && !others ? 'suspects' : 'suspect'} ${this.nameOf(primary)}, and too few primaries are left to agree on it`;
        return { text, agreed };
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
