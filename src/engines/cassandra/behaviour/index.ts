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
import { assertNever, type NodeId, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { ContactList } from '../../shared/simulation/index.js';
import { knownNodes, rangesOf, type Range } from '../required.js';
import { Coordinator, type Outcome } from './coordinator.js';
import { Gossip } from './gossip.js';
import { Hints } from './hints.js';
import { Ledger } from './ledger.js';
import { Nodes } from './nodes.js';
import { seedsOf } from './seeds.js';
import { Snitch } from './snitch.js';
import { Writes } from './writes.js';

export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new CassandraBehaviour(context, world);
}

class CassandraBehaviour implements ClusterBehaviour {
    private readonly ranges: ReadonlyMap<ShardId, Range>;
    private readonly nodes: Nodes;
    private readonly gossip: Gossip;
    private readonly snitch: Snitch;
    private readonly ledger: Ledger;
    private readonly writes: Writes;
    private readonly hints: Hints;
    private readonly coordinator: Coordinator;
    /** Drivers by the nodes that they know. */
    private readonly contacts = new Map<string, ContactList>();
    private readonly contactsOf = new Map<ShardId, ContactList>();
    private readonly review: HandlerId;
    private readonly windowEnd: HandlerId;
    private reviewCause: Cause | undefined;

    constructor(
        context: EngineContext,
        private readonly world: World,
    ) {
        this.ranges = rangesOf(context);
        this.nodes = new Nodes(context, world, (node, cause) => this.returned(node, cause));
        this.snitch = new Snitch(world, this.nodes);
        this.gossip = new Gossip(world, this.nodes, seedsOf(context), {
            willChange: () => this.writes.settleAll(),
            heard: (observer, peers) => {
                this.snitch.trust(observer, peers);
                peers.forEach((peer) => this.hints.due(observer, peer));
            },
            markedDown: (observer, peers) => this.endHintsLater(observer, peers),
        });
        this.ledger = new Ledger([...this.ranges.values()].map(({ shard, copies }) => ({ id: shard, copies })));
        this.writes = new Writes(context, world, this.ranges, this.nodes, this.ledger);
        this.hints = new Hints(world, this.nodes, this.gossip, this.ledger, this.writes);
        this.coordinator = new Coordinator(context, world, this.ranges, this.nodes, this.gossip, this.snitch);
        for (const range of this.ranges.values()) {
            this.contactsOf.set(range.shard, this.driverFor(knownNodes(context, range)));
        }
        this.review = world.handler(() => this.onReview());
        this.windowEnd = world.handler(() => world.changed());
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
        let last: Outcome | undefined;
        const answer = this.contactsOf.get(context.shard)!.attempt(context, (node) => {
            last = this.coordinator.ask(context, node);
            return last.attempt;
        });
        // A cluster that needs this one asks whether it answers; that is nobody's data.
        const isClient = context.client >= this.world.topology.nodes.length;
        return isClient && last?.attempt === answer ? this.withEffects(context, last) : answer;
    }

    steadiness(context: StreamContext): Steadiness {
        const { shard, client, operation } = context;
        if (operation === 'write') {
            this.writes.settle(shard);
        }
        const outcomes: Outcome[] = [];
        const result = this.contactsOf.get(shard)!.steadiness(client, (node) => {
            const outcome = this.coordinator.ask(context, node);
            outcomes.push(outcome);
            return outcome.attempt;
        });
        if (outcomes.some(({ unanswered }) => unanswered !== undefined)) {
            return { kind: 'varies' };
        }
        if (result.kind !== 'ok') {
            return result;
        }
        const good = outcomes.filter(({ attempt }) => attempt.outcome === 'ok');
        return operation === 'write' ? this.steadyWrites(shard, result, good) : this.steadyReads(shard, result, good);
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
        this.world.changed();
    }

    /** What happens at one instant is looked at once, when all of it has happened. */
    private reviewSoon(cause: Cause): void {
        if (this.reviewCause === undefined) {
            this.world.schedule(this.world.now, this.review);
        }
        this.reviewCause = cause;
        this.world.changed();
    }

    private onReview(): void {
        const cause = this.reviewCause ?? NO_CAUSE;
        this.reviewCause = undefined;
        this.gossip.connectionsChanged(cause);
        this.hints.reviewAll(this.ranges.values());
        this.world.changed();
    }

    /** Hints are kept for so long; then the coordinator gathers no more of them, which changes what its writes do. */
    private endHintsLater(observer: NodeId, peers: readonly NodeId[]): void {
        const { keepsHints, hintWindowMs } = this.nodes.config(observer);
        if (keepsHints && peers.length > 0) {
            this.world.schedule(this.world.now + hintWindowMs, this.windowEnd);
        }
    }

    // ── Requests ───────────────────────────────────────────────────────────────

    private driverFor(nodes: readonly NodeId[]): ContactList {
        const key = nodes.join();
        const accepts = (client: number, node: NodeId): boolean => this.coordinator.accepts(client, node);
        const driver =
            this.contacts.get(key) ??
            new ContactList(this.world, nodes, accepts, (client, node) => !accepts(client, node));
        this.contacts.set(key, driver);
        return driver;
    }

    private withEffects(context: AttemptContext, { attempt, delivery, read, unanswered }: Outcome): Attempt {
        if (unanswered !== undefined) {
            this.snitch.unanswered(attempt.node, unanswered);
        }
        if (attempt.outcome !== 'ok' || attempt.afterMs > context.timeoutMs) {
            return attempt;
        }
        if (delivery !== undefined && this.writes.acknowledged(context.shard, delivery)) {
            // Reads may be stale from now on.
            this.world.changed();
        }
        return read !== undefined && this.ledger.isStale(context.shard, read) ? { ...attempt, stale: true } : attempt;
    }

    /** The first write that copies lack is looked at by itself: from then on reads may be stale. */
    private steadyWrites(
        shard: ShardId,
        result: Extract<Steadiness, { kind: 'ok' }>,
        outcomes: readonly Outcome[],
    ): Steadiness {
        const deliveries = outcomes.flatMap(({ delivery }) => delivery ?? []);
        const { missing } = deliveries[0]!;
        const alike = deliveries.every((delivery) => delivery.missing.join() === missing.join());
        if (!alike || (missing.length > 0 && !this.ledger.isMissingOn(shard, missing))) {
            return { kind: 'varies' };
        }
        this.writes.becomeSteady(shard, result.node, deliveries);
        return result;
    }

    private steadyReads(
        shard: ShardId,
        result: Extract<Steadiness, { kind: 'ok' }>,
        outcomes: readonly Outcome[],
    ): Steadiness {
        const stale = outcomes.filter(({ read }) => this.ledger.isStale(shard, read ?? [])).length;
        if (stale === 0) {
            return result;
        }
        return stale === outcomes.length ? { ...result, stale: true } : { kind: 'varies' };
    }
}

const NO_CAUSE: Cause = -1;
