import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    HandlerId,
    HostChange,
    Steadiness,
    World,
} from '../../../simulator/index.js';
import { assertNever, type NodeId, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { REJOIN_DELAY_MS, WRITABLE_DELAY_MS } from '../config.js';
import { Bus, type Envelope } from './bus.js';
import { Election } from './election.js';
import { Gossip } from './gossip.js';
import { Replication } from './replication.js';
import { Routing } from './routing.js';
import { ClusterState, Flag, type Peer } from './state.js';

/** A Redis Cluster that fails and recovers. */
export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new RedisBehaviour(context, world);
}

class RedisBehaviour implements ClusterBehaviour {
    private readonly state: ClusterState;
    private readonly bus: Bus;
    private readonly gossip: Gossip;
    private readonly replication: Replication;
    private readonly election: Election;
    private readonly routing: Routing;
    /** Whether the node sees too few primaries, when it last did, and when its process began. */
    private readonly inMinority: Uint8Array;
    private readonly minorityAt: Float64Array;
    private readonly startedAt: Float64Array;
    private readonly recheck: HandlerId;

    constructor(
        context: EngineContext,
        private readonly world: World,
    ) {
        this.state = new ClusterState(context, world);
        this.bus = new Bus(this.state, (envelope) => this.receive(envelope));
        this.gossip = new Gossip(this.state, this.bus, {
            onCron: (peer) => this.onCron(peer),
            onOpinion: (observer, other, cause) => this.reviewService(observer, cause, other),
        });
        this.replication = new Replication(this.state);
        this.election = new Election(
            this.state,
            this.bus,
            this.replication,
            (winner, epoch, cause) => this.promote(winner, epoch, cause),
            (observer, other) => this.gossip.suspicionOf(observer, other),
            () => this.gossip.changed(),
        );
        this.routing = new Routing(this.state, this.replication);
        this.inMinority = new Uint8Array(this.state.size);
        this.minorityAt = new Float64Array(this.state.size).fill(Number.NEGATIVE_INFINITY);
        this.startedAt = new Float64Array(this.state.size).fill(Number.NEGATIVE_INFINITY);
        this.recheck = world.handler((peer) => this.reviewService(peer, world.lastFault(this.state.nodeOf(peer))));
    }

    start(): void {
        this.state.shards.forEach(({ id, copies }, index) => this.world.claim(id, copies[0]!, index + 1, -1));
    }

    finish(): void {
        this.replication.finish();
    }

    attempt(context: AttemptContext): Attempt {
        return this.routing.attempt(context);
    }

    steadiness(request: Parameters<ClusterBehaviour['steadiness']>[0]): Steadiness {
        return this.routing.steadiness(request);
    }

    leaders(shard: ShardId): readonly NodeId[] {
        const index = this.state.indexOf(shard);
        return this.state.shards[index]!.copies.filter((node) => {
            const peer = this.state.peerOf(node);
            const process = this.world.process(node);
            return this.state.ownerSeenBy(peer, index) === peer && (process === 'running' || process === 'frozen');
        });
    }

    serving(node: NodeId): boolean {
        return this.world.reach(this.world.outside, node) === 'open';
    }

    // ── What befalls the nodes ─────────────────────────────────────────────────

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        const peer = this.state.peerOf(node);
        this.gossip.changed();
        switch (change) {
            case 'failed':
                this.bus.dropBacklog(peer);
                this.replication.died(peer, 'power');
                break;
            case 'crashed':
            case 'stopped':
                this.bus.dropBacklog(peer);
                this.gossip.closed(peer);
                this.replication.died(peer, 'process');
                break;
            case 'started':
                this.restart(peer, cause);
                break;
            case 'unfrozen':
                this.gossip.wake(peer);
                this.bus.readBacklog(peer);
                break;
            case 'wiped':
                this.replication.wiped(peer);
                break;
            case 'frozen':
                break;
            default:
                assertNever(change);
        }
        this.replication.review();
        this.world.changed();
    }

    networkChanged(): void {
        this.replication.review();
        this.gossip.networkChanged();
        this.world.changed();
    }

    /** A new process reads its file: it believes what it believed, and refuses requests until it has looked around. */
    private restart(peer: Peer, cause: Cause): void {
        const { state } = this;
        this.startedAt[peer] = this.world.now;
        state.answering[peer] = 0;
        this.election.started(peer);
        this.gossip.started(peer);
        const lost = this.replication.restarted(peer);
        if (state.isPrimary(peer)) {
            const shard = state.shardOf[peer]!;
            this.world.claim(state.shards[shard]!.id, state.nodeOf(peer), state.epochSeenBy(peer, shard), cause);
            this.replication.lose(peer, lost, cause);
        }
        this.world.schedule(this.world.now, this.recheck, peer);
    }

    private onCron(peer: Peer): boolean {
        this.replication.syncToDisk(peer);
        return this.election.onCron(peer);
    }

    // ── Messages ───────────────────────────────────────────────────────────────

    private receive(envelope: Envelope): void {
        const { from, to, message, currentEpoch, claim } = envelope;
        this.state.currentEpoch[to] = Math.max(this.state.currentEpoch[to]!, currentEpoch);
        this.gossip.heardFrom(to, from);
        if (claim) {
            this.weighClaim(to, from, claim.shard, claim.epoch);
        }
        switch (message.kind) {
            case 'ping':
                this.gossip.onPing(to, from, message.gossip);
                break;
            case 'pong':
                this.gossip.onPong(to, from, message.gossip);
                break;
            case 'fail':
                this.gossip.onFail(to, message.about, message.cause);
                break;
            case 'vote-request':
                this.election.onVoteRequest(envelope);
                break;
            case 'vote':
                this.election.onVote(envelope);
                break;
            case 'update':
                this.adopt(to, message.shard, message.owner, message.ownerEpoch);
                break;
            default:
                assertNever(message);
        }
    }

    /** The newer claim on slots wins; whoever claims with an older one is told. */
    private weighClaim(observer: Peer, claimant: Peer, shard: number, epoch: number): void {
        const known = this.state.epochSeenBy(observer, shard);
        if (epoch > known) {
            this.adopt(observer, shard, claimant, epoch);
        } else if (epoch < known) {
            const owner = this.state.ownerSeenBy(observer, shard);
            this.bus.send(observer, claimant, { kind: 'update', shard, owner, ownerEpoch: known });
        }
    }

    private adopt(observer: Peer, shard: number, owner: Peer, epoch: number): void {
        const { state } = this;
        if (epoch <= state.epochSeenBy(observer, shard)) {
            return;
        }
        const stepsDown = state.isPrimary(observer) && state.shardOf[observer] === shard;
        if (stepsDown) {
            this.replication.demoted(observer);
        }
        state.setOwner(observer, shard, owner, epoch);
        this.gossip.changed();
        let cause = this.world.lastFault(state.nodeOf(observer));
        if (stepsDown) {
            cause = this.world.record({
                kind: 'demotion',
                text: `${state.nameOf(observer)} learns that ${state.nameOf(owner)} owns ${state.shards[shard]!.name} and becomes its replica`,
                cause,
                node: state.nodeOf(observer),
                peer: state.nodeOf(owner),
                shard: state.shards[shard]!.id,
            });
            this.world.release(state.shards[shard]!.id, state.nodeOf(observer), cause);
        }
        this.replication.review();
        this.reviewService(observer, cause, owner);
        this.world.changed();
    }

    private promote(winner: Peer, epoch: number, cause: Cause): void {
        const { state } = this;
        const shard = state.shardOf[winner]!;
        const previous = state.ownerSeenBy(winner, shard);
        const { id, name } = state.shards[shard]!;
        const promotion = this.world.record({
            kind: 'promotion',
            text: `${state.nameOf(winner)} wins the election and becomes primary of ${name}`,
            cause,
            node: state.nodeOf(winner),
            peer: state.nodeOf(previous),
            shard: id,
        });
        const lost = this.replication.promoted(winner, previous, promotion);
        state.setOwner(winner, shard, winner, epoch);
        this.replication.lose(winner, lost, promotion);
        this.world.claim(id, state.nodeOf(winner), epoch, promotion);
        this.gossip.changed();
        this.replication.review();
        this.reviewService(winner, promotion);
        this.bus.broadcast(winner, { kind: 'pong', gossip: [] });
        this.world.changed();
    }

    // ── Whether a node answers ─────────────────────────────────────────────────

    /** clusterUpdateState of Redis 7: full coverage, and a majority of primaries in sight. */
    private reviewService(peer: Peer, cause: Cause, about?: Peer): void {
        const { state } = this;
        if (!state.runs(peer)) {
            return;
        }
        const { now } = this.world;
        let uncovered = -1;
        let inSight = 0;
        for (let shard = 0; shard < state.shards.length; shard++) {
            const owner = state.ownerSeenBy(peer, shard);
            const flag = owner === peer ? Flag.alive : state.flag(peer, owner);
            uncovered = flag === Flag.failed && uncovered < 0 ? shard : uncovered;
            inSight += flag === Flag.alive ? 1 : 0;
        }
        const majority = inSight >= state.quorum;
        if (!majority || this.inMinority[peer]) {
            this.minorityAt[peer] = now;
        }
        this.inMinority[peer] = majority ? 0 : 1;
        const healthy = majority && (uncovered < 0 || !state.config.fullCoverage);
        if (healthy === (state.answering[peer] === 1)) {
            return;
        }
        const readyAt = healthy && state.isPrimary(peer) ? this.readyAt(peer) : now;
        if (readyAt > now) {
            this.world.schedule(readyAt, this.recheck, peer);
            return;
        }
        state.answering[peer] = healthy ? 1 : 0;
        this.gossip.changed();
        if (state.isPrimary(peer)) {
            const why = majority
                ? `${state.shards[Math.max(uncovered, 0)]!.name} has no owner that lives`
                : `it sees ${inSight} of ${state.shards.length} primaries`;
            this.world.record({
                kind: 'state',
                text: healthy ? `${state.nameOf(peer)} answers again` : `${state.nameOf(peer)} stops answering: ${why}`,
                cause,
                node: state.nodeOf(peer),
                shard: state.shards[state.shardOf[peer]!]!.id,
                ...(about === undefined ? {} : { peer: state.nodeOf(about) }),
            });
        }
        this.world.changed();
    }

    /** A primary that was in the minority, or has just started, lets the others speak first. */
    private readyAt(peer: Peer): number {
        const timeout = this.state.config.nodeTimeoutMs;
        const rejoin = Math.min(Math.max(timeout, REJOIN_DELAY_MS.minimum), REJOIN_DELAY_MS.maximum);
        return Math.max(this.minorityAt[peer]! + rejoin, this.startedAt[peer]! + WRITABLE_DELAY_MS);
    }
}
