/** Failure behaviour of one Cassandra cluster during one run: nobody leads, and each node judges for itself. */
import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    HandlerId,
    HostChange,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import { assertNever, demandsOn, shardsOf, type NodeId, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { Reviews } from '../../shared/simulation/index.js';
import { rangesOf, type Range } from '../required.js';
import { Alike, isLarge } from './alike.js';
import { Coordinator } from './coordinator.js';
import { Gossip } from './gossip.js';
import { Hints } from './hints.js';
import { Ledger } from './ledger.js';
import { Nodes } from './nodes.js';
import { PowerLosses } from './power-losses.js';
import { Requests } from './requests.js';
import { seedsOf } from './seeds.js';
import { Snitch } from './snitch.js';
import { Writes } from './writes.js';

export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new CassandraBehaviour(context, world);
}

class CassandraBehaviour implements ClusterBehaviour {
    readonly lacks = {
        drain: 'Cassandra has `nodetool drain` and `nodetool decommission`, which are not simulated yet.',
        promote: 'Cassandra has no such order, since it has no leader.',
        switchover: 'Cassandra has no such order, since it has no leader.',
    };
    private readonly ranges: ReadonlyMap<ShardId, Range>;
    private readonly nodes: Nodes;
    private readonly gossip: Gossip;
    private readonly snitch: Snitch;
    private readonly ledger: Ledger;
    private readonly writes: Writes;
    private readonly hints: Hints;
    private readonly powerLosses: PowerLosses;
    private readonly alike: Alike;
    private readonly requests: Requests;
    private readonly review: HandlerId;
    private readonly windowEnd: HandlerId;
    private reviewCause: Cause | undefined;

    readonly slowestLink = (one: NodeId, other: NodeId): number => this.nodes.slowestLink(one, other);
    readonly takesTimeToStart = (): true => true;

    constructor(
        context: EngineContext,
        private readonly world: World,
    ) {
        this.ranges = rangesOf(context);
        this.nodes = new Nodes(context, world, (node, cause) => this.returned(node, cause));
        const reviews = new Reviews(world);
        // Of many nodes no single one matters so much that all clients must be looked at in that very millisecond.
        const noticed = isLarge(this.nodes) ? () => reviews.soon() : () => world.changed();
        this.snitch = new Snitch(world, this.nodes, reviews);
        this.gossip = new Gossip(world, this.nodes, seedsOf(context), reviews, {
            heard: (observer, peers) => {
                this.snitch.trust(observer, peers);
                peers.forEach((peer) => this.hints.due(observer, peer));
            },
            markedDown: (observer, peers) => {
                this.snitch.trust(observer, peers);
                this.endHintsLater(observer, peers);
            },
            markedUp: noticed,
        });
        this.alike = new Alike(world, this.nodes, this.gossip, this.snitch);
        this.ledger = new Ledger(kept(context, this.ranges));
        this.writes = new Writes(context, world, this.ranges, this.nodes, this.ledger);
        this.powerLosses = new PowerLosses(context, world, this.ranges);
        this.hints = new Hints(world, this.nodes, this.gossip, this.ledger, this.writes, noticed);
        const { alike, ledger, snitch, writes } = this;
        const coordinator = new Coordinator(context, world, this.ranges, this.nodes, this.gossip, this.snitch);
        this.requests = new Requests(world, this.ranges, { coordinator, snitch, alike, ledger, writes }, noticed);
        this.review = world.handler(() => this.onReview());
        this.windowEnd = world.handler(() => {
            this.alike.changed();
            world.changed();
        });
    }

    start(): void {
        this.writes.start();
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        this.writes.settleAll();
        this.apply(node, change, cause);
        this.reviewSoon(cause);
    }

    networkChanged(cause: Cause): void {
        this.writes.settleAll();
        this.reviewSoon(cause);
    }

    attempt(context: AttemptContext): Attempt {
        return this.requests.attempt(context);
    }

    steadiness(context: StreamContext): Steadiness {
        return this.requests.steadiness(context);
    }

    leaders(): readonly NodeId[] {
        return [];
    }

    serving(node: NodeId): boolean {
        return this.nodes.servesClients(node);
    }

    fullyReplicated(shards: readonly ShardId[]): boolean {
        this.writes.settleAll();
        return shards.every((shard) => {
            const { copies, wanted } = this.ranges.get(shard)!;
            const allUp = copies.every((copy) => this.nodes.gossips(copy));
            return allUp && copies.length >= wanted && this.ledger.isComplete(shard);
        });
    }

    // ── Faults ─────────────────────────────────────────────────────────────────

    private apply(node: NodeId, change: HostChange, cause: Cause): void {
        switch (change) {
            case 'failed':
                this.writes.lostPower(node, cause);
                this.powerLosses.lost(node);
                this.processEnded(node);
                break;
            case 'crashed':
                this.writes.crashed(node, cause);
                this.processEnded(node);
                break;
            case 'stopped':
                this.gossip.announceEnd(node, cause);
                this.processEnded(node);
                break;
            case 'started':
                this.powerLosses.ended(node);
                this.nodes.start(node, cause);
                break;
            case 'frozen':
                this.gossip.frozen(node);
                break;
            case 'unfrozen':
                this.gossip.unfrozen(node);
                break;
            case 'wiped':
                this.nodes.wipe(node, cause);
                this.writes.wiped(node, cause);
                break;
            default:
                assertNever(change);
        }
    }

    private processEnded(node: NodeId): void {
        this.nodes.end(node);
        this.gossip.forget(node);
        this.snitch.forget(node);
    }

    private returned(node: NodeId, cause: Cause): void {
        this.gossip.returned(node, cause);
        this.reviewSoon(cause);
    }

    /** What happens at one instant is looked at once, when all of it has happened. */
    private reviewSoon(cause: Cause): void {
        if (this.reviewCause === undefined) {
            this.world.schedule(this.world.now, this.review);
        }
        this.reviewCause = cause;
        this.alike.changed();
        this.world.changed();
    }

    private onReview(): void {
        const cause = this.reviewCause ?? NO_CAUSE;
        this.reviewCause = undefined;
        this.gossip.connectionsChanged(cause);
        this.hints.reviewAll();
        this.powerLosses.review();
        this.world.changed();
    }

    /** Hints are kept for so long; then the coordinator gathers no more of them, which changes what its writes do. */
    private endHintsLater(observer: NodeId, peers: readonly NodeId[]): void {
        const { keepsHints, hintWindowMs } = this.nodes.config(observer);
        if (keepsHints && peers.length > 0) {
            this.world.schedule(this.world.now + hintWindowMs, this.windowEnd);
        }
    }
}

/** What the ledger must know of each range. */
function kept({ topology, cluster }: EngineContext, ranges: ReadonlyMap<ShardId, Range>) {
    const written = new Set(
        demandsOn(topology, cluster.id)
            .filter(({ operation }) => operation === 'write')
            .flatMap(({ target }) => shardsOf(topology, target)),
    );
    return [...ranges.values()].map(({ shard, copies }) => ({ id: shard, copies, isProbed: !written.has(shard) }));
}

const NO_CAUSE: Cause = -1;
