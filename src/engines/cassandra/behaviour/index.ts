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
import { ContactList, Reviews, steadinessOf } from '../../shared/simulation/index.js';
import { rangesOf, type Range } from '../required.js';
import { Alike, isLarge } from './alike.js';
import { Coordinator, type Outcome } from './coordinator.js';
import { DatacenterTurns } from './datacenter-turns.js';
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

interface Known {
    readonly revision: number;
    readonly coordinators: readonly NodeId[];
    readonly steadiness: Steadiness;
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
    private readonly coordinator: Coordinator;
    private readonly alike: Alike;
    /** Drivers by the nodes that they know. */
    private readonly contacts = new Map<readonly NodeId[], ContactList>();
    private readonly contactsOf = new Map<ShardId, ContactList>();
    /** How requests of a client ended when they were looked at last. */
    private readonly known = new WeakMap<StreamContext, Known>();
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
        this.ledger = new Ledger([...this.ranges.values()].map(({ shard, copies }) => ({ id: shard, copies })));
        this.writes = new Writes(context, world, this.ranges, this.nodes, this.ledger);
        this.hints = new Hints(world, this.nodes, this.gossip, this.ledger, this.writes, noticed);
        this.coordinator = new Coordinator(context, world, this.ranges, this.nodes, this.gossip, this.snitch);
        for (const { shard, nodes } of this.ranges.values()) {
            const driver = this.contacts.get(nodes) ?? this.driverFor(nodes, noticed);
            this.contacts.set(nodes, driver);
            this.contactsOf.set(shard, driver);
        }
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
        if (context.operation === 'write') {
            this.writes.settle(context.shard);
        }
        const revision = this.revisionFor(context);
        const known = this.known.get(context);
        if (
            known !== undefined &&
            known.revision === revision &&
            known.coordinators === this.coordinatorsFor(context)
        ) {
            return known.steadiness;
        }
        const coordinators = this.coordinatorsFor(context);
        const steadiness = this.lookAt(context);
        // A cluster that this one needs may change without its hearing of it, and the probe sees more than coordinators do.
        if (this.world.cluster.needs.length === 0 && coordinators !== undefined) {
            this.known.set(context, { revision, coordinators, steadiness });
        }
        return steadiness;
    }

    /** What decides how the requests end; it only grows. */
    private revisionFor({ operation }: StreamContext): number {
        const { alike, ledger, snitch } = this;
        return alike.revision + ledger.revision + (operation === 'read' ? snitch.revision : 0);
    }

    private coordinatorsFor({ client, shard }: StreamContext): readonly NodeId[] | undefined {
        return client === this.world.outside ? undefined : this.contactsOf.get(shard)!.choicesOf(client);
    }

    private lookAt(context: StreamContext): Steadiness {
        const { shard, client, operation } = context;
        const contacts = this.contactsOf.get(shard)!;
        const outcomes: Outcome[] = [];
        if (client === this.world.outside) {
            const result = contacts.steadiness(client, (node) => {
                const outcome = this.coordinator.ask(context, node);
                outcomes.push(outcome);
                return outcome.attempt;
            });
            return this.withData(context, result, outcomes);
        }
        const coordinators = contacts.choicesOf(client);
        const { copies } = this.ranges.get(shard)!;
        for (const node of this.alike.representatives(coordinators, copies, operation)) {
            const outcome = this.coordinator.ask(context, node);
            if (outcome.unanswered !== undefined || outcome.attempt.outcome === 'hang') {
                return { kind: 'varies' };
            }
            outcomes.push(outcome);
        }
        return this.withData(context, steadinessOf(outcomes.map(({ attempt }) => attempt)), outcomes, coordinators);
    }

    /** The same with where the data is; `coordinators` are all that these outcomes stand for, if they are more. */
    private withData(
        { shard, operation }: StreamContext,
        result: Steadiness,
        outcomes: readonly Outcome[],
        coordinators: readonly NodeId[] = [],
    ): Steadiness {
        if (outcomes.some(({ unanswered }) => unanswered !== undefined)) {
            return { kind: 'varies' };
        }
        if (result.kind !== 'ok') {
            return result;
        }
        const good = outcomes.filter(({ attempt }) => attempt.outcome === 'ok');
        return operation === 'write'
            ? this.steadyWrites(shard, result, good, coordinators)
            : this.steadyReads(shard, result, good);
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

    private driverFor(nodes: readonly NodeId[], noticed: () => void): ContactList {
        const accepts = (client: number, node: NodeId): boolean => this.coordinator.accepts(client, node);
        const turns = new DatacenterTurns(this.world);
        return new ContactList(this.world, nodes, {
            answers: accepts,
            blames: (client, node) => !accepts(client, node),
            choose: (context, choices) => turns.choose(context, choices),
            skipsOthers: noticed,
        });
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
            this.world.changed([context.shard]);
        }
        return read !== undefined && this.ledger.isStale(context.shard, read) ? { ...attempt, stale: true } : attempt;
    }

    /** The first write that copies lack is looked at by itself: from then on reads may be stale. */
    private steadyWrites(
        shard: ShardId,
        result: Extract<Steadiness, { kind: 'ok' }>,
        outcomes: readonly Outcome[],
        coordinators: readonly NodeId[],
    ): Steadiness {
        const deliveries = outcomes.flatMap(({ delivery }) => delivery ?? []);
        const { missing } = deliveries[0]!;
        const alike = deliveries.every((delivery) => delivery.missing.join() === missing.join());
        if (!alike || (missing.length > 0 && !this.ledger.isMissingOn(shard, missing))) {
            return { kind: 'varies' };
        }
        const standForMore = coordinators.length > outcomes.length;
        this.writes.becomeSteady(shard, result.node, standForMore ? [{ ...deliveries[0]!, coordinators }] : deliveries);
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
