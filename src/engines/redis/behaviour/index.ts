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
import { Agreement } from './agreement.js';
import { Bus, type Envelope } from './bus.js';
import { Claims } from './claims.js';
import { Election } from './election.js';
import { Gossip } from './gossip.js';
import { NO_GOSSIP } from './gossip-section.js';
import { LostDisks } from './lost-disks.js';
import { causeOfOrphan, ReplicaMigration, tellMove } from './migration.js';
import { LACKING_ORDERS, ManualFailover } from './manual-failover.js';
import { Reports } from './reports.js';
import { Replication } from './replication.js';
import { Routing } from './routing.js';
import { Service } from './service.js';
import { ClusterState, type Peer } from './state.js';
import { WriteGate } from './write-gate.js';

/** A Redis Cluster that fails and recovers. `largeFrom`: the number of nodes from which on gossip is followed in bulk. */
export function behaviour(context: EngineContext, world: World, largeFrom?: number): ClusterBehaviour {
    return Object.assign(new RedisBehaviour(context, world, largeFrom), { lacks: LACKING_ORDERS });
}

class RedisBehaviour implements ClusterBehaviour {
    readonly answersBacklog = true;
    private readonly state: ClusterState;
    private readonly bus: Bus;
    private readonly claims: Claims;
    private readonly agreement: Agreement;
    private readonly gossip: Gossip;
    private readonly service: Service;
    private readonly replication: Replication;
    private readonly disks: LostDisks;
    private readonly gate: WriteGate;
    private readonly election: Election;
    private readonly handOvers: ManualFailover;
    private readonly migration: ReplicaMigration;
    private readonly pauseEnd: HandlerId;
    private readonly routing: Routing;
    /** The trace event of each winner's last promotion. */
    private readonly promotions = new Map<Peer, Cause>();
    constructor(
        context: EngineContext,
        private readonly world: World,
        largeFrom?: number,
    ) {
        this.state = new ClusterState(context, world, largeFrom);
        this.bus = new Bus(
            this.state,
            (...one) => this.receive(...one),
            (...all) => this.agreement.tellFail(...all),
        );
        this.claims = new Claims(this.state, this.bus, (...claim) => this.adopt(...claim));
        const reports = new Reports(this.state);
        this.agreement = new Agreement(this.state, this.bus, reports, {
            onOpinion: (observer, other, cause) => {
                this.gossip.opinionChanged(observer, other);
                this.service.review(observer, cause, other);
                this.reconsider(observer);
            },
            onFailureLearnt: (observer) => this.gossip.wake(observer),
            onChange: () => this.gossip.changed(),
        });
        this.gossip = new Gossip(
            this.state,
            this.bus,
            this.agreement,
            reports,
            (peer) => this.onCron(peer),
            (observer, sender) => this.claims.meet(observer, sender),
        );
        this.replication = new Replication(this.state, (...link) => this.gate.linkChanged(...link));
        this.disks = new LostDisks(this.state, this.bus, this.replication, (...pair) =>
            this.gossip.addressForgotten(...pair),
        );
        this.gate = new WriteGate(this.state, this.replication);
        this.election = new Election(
            this.state,
            this.bus,
            this.replication,
            (winner, epoch, cause) => this.makePrimary(winner, epoch, cause),
            (observer, other) => this.agreement.reasonOf(observer, other),
            () => this.gossip.changed(),
        );
        this.handOvers = new ManualFailover(this.state, this.bus, this.replication, (replica, cause) =>
            this.election.standManually(replica, cause),
        );
        this.migration = new ReplicaMigration(this.state, (...move) => this.migrate(...move));
        this.pauseEnd = world.handler((peer) => this.onPauseEnd(peer));
        this.routing = new Routing(this.state, this.gate, this.handOvers);
        this.service = new Service(this.state, (peer) => {
            this.gossip.changed();
            this.reconsider(peer);
        });
    }

    start(): void {
        for (const { copies } of this.state.shards) {
            this.service.lead(this.state.peerOf(copies[0]!), -1);
        }
        this.gate.review();
    }

    readonly finish = (): void => this.replication.finish();

    attempt(context: AttemptContext): Attempt {
        return this.routing.attempt(context);
    }

    steadiness(request: Parameters<ClusterBehaviour['steadiness']>[0]): Steadiness {
        return this.routing.steadiness(request);
    }

    leaders(shard: ShardId): readonly NodeId[] {
        return this.service.leaders(this.state.indexOf(shard));
    }

    serving(node: NodeId): boolean {
        const isMember = !this.state.isStranger(this.state.peerOf(node));
        return isMember && this.world.reach(this.world.outside, node) === 'open';
    }

    switchover(to: NodeId, cause: Cause): void {
        this.handOvers.order(this.state.peerOf(to), cause);
    }

    // ── What befalls the nodes ─────────────────────────────────────────────────

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        const peer = this.state.peerOf(node);
        this.state.processChanged(peer, change, cause);
        this.gossip.changed();
        switch (change) {
            case 'failed':
                this.service.died(peer);
                this.bus.dropBacklog(peer);
                this.replication.died(peer, 'power', cause);
                break;
            case 'crashed':
            case 'stopped':
                this.service.died(peer);
                this.bus.dropBacklog(peer);
                this.gossip.closed(peer);
                this.replication.died(peer, change === 'stopped' ? 'shutdown' : 'process', cause);
                break;
            case 'started':
                if (this.disks.startsAsStranger(peer, cause)) {
                    this.service.replaced(peer, cause);
                    this.gossip.replaced(peer);
                } else {
                    this.restart(peer, cause);
                }
                break;
            case 'unfrozen':
                this.gossip.wake(peer);
                this.bus.readBacklog(peer);
                break;
            case 'wiped':
                this.disks.wipe(peer, cause);
                break;
            case 'frozen': // Nobody notices yet.
                break;
            default:
                assertNever(change);
        }
        this.reviewReplicas(this.state.shardOf[peer]!);
        this.disks.review(peer, cause);
        this.world.changed();
    }

    networkChanged(): void {
        this.state.networkChanged();
        this.replication.review();
        this.gate.review();
        this.gossip.networkChanged();
        this.disks.reviewCopying();
        this.world.changed();
    }

    private reviewReplicas(shard: number): void {
        this.replication.reviewShard(shard);
        this.gate.reviewShard(shard);
    }

    /** A new process reads its file: it believes what it believed, and refuses requests until it has looked around. */
    private restart(peer: Peer, cause: Cause): void {
        this.state.silencedBy[peer] = -1;
        this.handOvers.ended(peer);
        this.election.started(peer);
        this.migration.started(peer);
        this.gossip.started(peer);
        this.replication.lose(peer, this.replication.restarted(peer), cause);
        this.service.started(peer);
    }

    private onCron(peer: Peer): number {
        this.replication.syncToDisk(peer);
        return Math.min(this.election.onCron(peer), this.migration.onCron(peer));
    }

    /** What the node sees has changed: perhaps it is a replica that is wanted elsewhere. */
    private reconsider(peer: Peer): void {
        if (this.migration.reconsider(peer)) {
            this.gossip.wake(peer);
        }
    }

    private migrate(replica: Peer, from: Peer, to: Peer, shard: number): void {
        const { state } = this;
        const before = state.shardOf[replica]!;
        const reasonAbout = (peer: Peer): Cause => this.agreement.reasonOf(replica, peer);
        tellMove(state, replica, from, to, shard, causeOfOrphan(state, shard, reasonAbout, this.promotions.get(to)));
        state.move(replica, shard);
        this.replication.moved(replica);
        this.gossip.changed();
        this.gate.reviewShard(before);
        this.gate.reviewShard(shard);
        for (const peer of state.members.keys()) {
            this.reconsider(peer);
        }
        this.world.changed();
    }

    // ── Messages ───────────────────────────────────────────────────────────────

    private receive(to: Peer, envelope: Envelope): void {
        const { from, message, currentEpoch, shard, epoch } = envelope;
        if (this.state.isStranger(to) || message.kind === 'stranger') {
            this.disks.hear(to, from, message.kind);
            return;
        }
        this.gossip.heardFrom(to, from);
        this.claims.hear(to, from, currentEpoch, shard, epoch);
        switch (message.kind) {
            case 'ping':
                this.gossip.onPing(to, from, message.gossip);
                break;
            case 'pong':
                this.gossip.onPong(to, from, message.gossip);
                break;
            case 'fail':
                this.agreement.onFail(to, message.about, message.cause);
                break;
            case 'vote-request':
                this.election.onVoteRequest(to, envelope);
                break;
            case 'vote':
                this.election.onVote(to, envelope);
                break;
            case 'hand-over':
                this.handOvers.onHandOver(to, envelope);
                break;
            case 'offset':
                this.handOvers.onOffset(to);
                break;
            case 'update':
                this.adopt(to, message.shard, message.owner, message.ownerEpoch);
                break;
            default:
                assertNever(message);
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
            this.handOvers.ended(observer);
        }
        state.setOwner(observer, shard, owner, epoch);
        this.gossip.changed();
        // The promotion is why others follow; that the former owner hears of it has its cause in what brought it back.
        const promotion = this.promotions.get(owner) ?? -1;
        let cause = promotion;
        if (stepsDown) {
            cause = Math.max(promotion, this.world.lastFault(state.nodeOf(observer)));
            cause = this.world.record({
                kind: 'demotion',
                text: `${state.nameOf(observer)} learns that ${state.nameOf(owner)} owns ${state.titleOf(shard)} and becomes its replica`,
                cause,
                node: state.nodeOf(observer),
                peer: state.nodeOf(owner),
                shard: state.shards[shard]!.id,
            });
            this.service.standBack(observer, cause);
        }
        if (state.shardOf[observer] === shard) {
            this.reviewReplicas(shard);
        }
        this.reconsider(observer);
        this.service.review(observer, cause, owner);
        this.world.changed([state.shards[shard]!.id]);
    }

    /** A primary that holds its writes back is no second writer, unless its pause ends before it learns of its successor. */
    private succeed(previous: Peer, promotion: Cause): void {
        const pause = this.handOvers.pauseOf(previous);
        if (pause !== undefined) {
            this.service.standBack(previous, promotion);
            this.world.schedule(pause.untilMs, this.pauseEnd, previous);
        }
    }

    private onPauseEnd(peer: Peer): void {
        if (this.state.isPrimary(peer) && this.state.runs(peer) && this.state.answers(peer)) {
            this.service.lead(peer, this.world.lastFault(this.state.nodeOf(peer)));
        }
    }

    private makePrimary(winner: Peer, epoch: number, cause: Cause): void {
        const { state } = this;
        const shard = state.shardOf[winner]!;
        const previous = state.ownerSeenBy(winner, shard);
        const { id } = state.shards[shard]!;
        const promotion = this.world.record({
            kind: 'promotion',
            text: `${state.nameOf(winner)} wins the election and becomes primary of ${state.titleOf(shard)}`,
            cause,
            node: state.nodeOf(winner),
            peer: state.nodeOf(previous),
            shard: id,
        });
        this.promotions.set(winner, promotion);
        const lost = this.replication.promoted(winner, previous, promotion);
        state.setOwner(winner, shard, winner, epoch);
        this.replication.lose(winner, lost, promotion);
        this.succeed(previous, promotion);
        this.service.lead(winner, promotion);
        this.gossip.changed();
        this.reviewReplicas(shard);
        this.service.review(winner, promotion);
        this.bus.broadcast(winner, { kind: 'pong', gossip: NO_GOSSIP });
        this.world.changed([id]);
    }
}
