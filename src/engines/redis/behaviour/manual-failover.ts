import type { Cause, LackingOrders } from '../../../simulator/index.js';
import type { Bus, Envelope } from './bus.js';
import { MANUAL_MS } from './election.js';
import type { Replication } from './replication.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** Writes that a primary holds back while it hands its shard over. */
interface Pause {
    readonly successor: Peer;
    readonly untilMs: number;
    /** When the successor will have been elected, if a majority of primaries can vote; Infinity if not. */
    readonly handedOverMs: number;
}

/** The orders of an operator that Redis Cluster does not know. */
export const LACKING_ORDERS: LackingOrders = {
    drain: 'Redis Cluster has no such order; `switchover` has a replica take over from the primary.',
    promote: 'Redis Cluster has no such order; `switchover` makes a replica the primary of its shard.',
};

/**
 * `CLUSTER FAILOVER`, ordered at a replica whose primary lives: the primary holds its writes back and tells how far it got,
 * the replica catches up and asks for votes at once. Nothing is lost and hardly anybody notices.
 *
 * Follows manualFailoverCheckTimeout and clusterHandleManualFailover of Redis 7 (src/cluster.c).
 */
export class ManualFailover {
    private readonly ordered = new Map<Peer, { readonly untilMs: number; readonly cause: Cause }>();
    private readonly pauses = new Map<Peer, Pause>();

    constructor(
        private readonly state: ClusterState,
        private readonly bus: Bus,
        private readonly replication: Replication,
        private readonly askForVotes: (replica: Peer, cause: Cause) => void,
    ) {}

    order(replica: Peer, cause: Cause): void {
        const { state } = this;
        const shard = state.shardOf[replica]!;
        const primary = shard < 0 ? replica : state.ownerSeenBy(replica, shard);
        if (!state.runs(replica) || primary === replica || state.flag(replica, primary) === Flag.failed) {
            const why = primary === replica ? 'it is no replica' : 'it or its primary is down';
            this.tell(replica, `refuses CLUSTER FAILOVER: ${why}`, cause);
            return;
        }
        const reason = this.tell(replica, `asks ${state.nameOf(primary)} to hand over (CLUSTER FAILOVER)`, cause);
        this.ordered.set(replica, { untilMs: state.world.now + MANUAL_MS, cause: reason });
        this.bus.send(replica, primary, { kind: 'hand-over' });
    }

    /** The primary stops its writes and tells its replica where they end. */
    onHandOver(primary: Peer, { from: replica }: Envelope): void {
        const { state } = this;
        const { now } = state.world;
        if (!state.isPrimary(primary) || state.shardOf[replica] !== state.shardOf[primary]) {
            return;
        }
        const delay = (to: Peer): number => state.world.delay(state.nodeOf(replica), state.nodeOf(to));
        const voters = [...state.members.keys()].filter(
            (peer) => state.isPrimary(peer) && state.runs(peer) && state.connected(replica, peer),
        );
        const votesMs = 2 * (voters.map(delay).sort((one, other) => one - other)[state.quorum - 1] ?? Infinity);
        const untilMs = now + MANUAL_MS;
        this.pauses.set(primary, { successor: replica, untilMs, handedOverMs: now + delay(primary) + votesMs });
        this.bus.send(primary, replica, { kind: 'offset' });
        state.world.changed();
    }

    /** The replica has all that its primary acknowledged. */
    onOffset(replica: Peer): void {
        const order = this.ordered.get(replica);
        this.ordered.delete(replica);
        if (order && this.state.world.now < order.untilMs && this.replication.isAttached(replica)) {
            this.askForVotes(replica, order.cause);
        }
    }

    /** The primary has learnt that it is one no more, or its process is gone. */
    ended(primary: Peer): void {
        this.pauses.delete(primary);
    }

    pauseOf(primary: Peer): Pause | undefined {
        const pause = this.pauses.get(primary);
        return pause && this.state.world.now < pause.untilMs ? pause : undefined;
    }

    private tell(replica: Peer, what: string, cause: Cause): Cause {
        const { state } = this;
        const shard = state.shards[state.shardOf[replica]!];
        return state.world.record({
            kind: 'election',
            text: `${state.nameOf(replica)} ${what}`,
            cause,
            node: state.nodeOf(replica),
            ...(shard === undefined ? {} : { shard: shard.id }),
        });
    }
}
