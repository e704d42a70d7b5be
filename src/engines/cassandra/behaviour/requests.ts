/** What becomes of clients' requests, and what acknowledged writes leave where. */
import type { Attempt, AttemptContext, Steadiness, StreamContext, World } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import { ContactList, steadinessOf } from '../../shared/simulation/index.js';
import type { Range } from '../required.js';
import type { Alike } from './alike.js';
import type { Coordinator, Outcome } from './coordinator.js';
import { DatacenterTurns } from './datacenter-turns.js';
import type { Ledger } from './ledger.js';
import type { Snitch } from './snitch.js';
import type { Writes } from './writes.js';

interface Known {
    readonly revision: number;
    readonly coordinators: readonly NodeId[];
    readonly steadiness: Steadiness;
}

/** What requests go through. */
interface Parts {
    readonly coordinator: Coordinator;
    readonly snitch: Snitch;
    readonly alike: Alike;
    readonly ledger: Ledger;
    readonly writes: Writes;
}

/** Drivers send requests to coordinators, and what these answer is entered into the books. */
export class Requests {
    /** Drivers by the nodes that they know. */
    private readonly contacts = new Map<readonly NodeId[], ContactList>();
    private readonly contactsOf = new Map<ShardId, ContactList>();
    /** How requests of a client ended when they were looked at last. */
    private readonly known = new WeakMap<StreamContext, Known>();

    constructor(
        private readonly world: World,
        private readonly ranges: ReadonlyMap<ShardId, Range>,
        private readonly cluster: Parts,
        /** Drivers have begun to leave out a node, or ask one again. */
        private readonly skipsOthers: () => void,
    ) {
        for (const { shard, nodes } of ranges.values()) {
            const driver = this.contacts.get(nodes) ?? this.driverFor(nodes);
            this.contacts.set(nodes, driver);
            this.contactsOf.set(shard, driver);
        }
    }

    attempt(context: AttemptContext): Attempt {
        let last: Outcome | undefined;
        const answer = this.contactsOf.get(context.shard)!.attempt(context, (node) => {
            last = this.cluster.coordinator.ask(context, node);
            return last.attempt;
        });
        // A cluster that needs this one asks whether it answers; that is nobody's data.
        const isClient = context.client >= this.world.topology.nodes.length;
        return isClient && last?.attempt === answer ? this.withEffects(context, last) : answer;
    }

    steadiness(context: StreamContext): Steadiness {
        if (context.operation === 'write') {
            this.cluster.writes.settle(context.shard);
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
        const { alike, ledger, snitch } = this.cluster;
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
                const outcome = this.cluster.coordinator.ask(context, node);
                outcomes.push(outcome);
                return outcome.attempt;
            });
            return this.withData(context, result, outcomes);
        }
        const coordinators = contacts.choicesOf(client);
        const { copies } = this.ranges.get(shard)!;
        for (const node of this.cluster.alike.representatives(coordinators, copies, operation)) {
            const outcome = this.cluster.coordinator.ask(context, node);
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

    private driverFor(nodes: readonly NodeId[]): ContactList {
        const accepts = (client: number, node: NodeId): boolean => this.cluster.coordinator.accepts(client, node);
        const turns = new DatacenterTurns(this.world);
        return new ContactList(this.world, nodes, {
            answers: accepts,
            blames: (client, node) => !accepts(client, node),
            choose: (context, choices) => turns.choose(context, choices),
            skipsOthers: this.skipsOthers,
        });
    }

    private withEffects(context: AttemptContext, { attempt, delivery, read, unanswered }: Outcome): Attempt {
        if (unanswered !== undefined) {
            this.cluster.snitch.unanswered(attempt.node, unanswered);
        }
        if (attempt.outcome !== 'ok' || attempt.afterMs > context.timeoutMs) {
            return attempt;
        }
        if (delivery !== undefined && this.cluster.writes.acknowledged(context.shard, delivery)) {
            // Reads may be stale from now on.
            this.world.changed([context.shard]);
        }
        return read !== undefined && this.cluster.ledger.isStale(context.shard, read)
            ? { ...attempt, stale: true }
            : attempt;
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
        if (!alike || (missing.length > 0 && !this.cluster.ledger.isMissingOn(shard, missing))) {
            return { kind: 'varies' };
        }
        const standForMore = coordinators.length > outcomes.length;
        this.cluster.writes.becomeSteady(
            shard,
            result.node,
            standForMore ? [{ ...deliveries[0]!, coordinators }] : deliveries,
        );
        return result;
    }

    private steadyReads(
        shard: ShardId,
        result: Extract<Steadiness, { kind: 'ok' }>,
        outcomes: readonly Outcome[],
    ): Steadiness {
        const stale = outcomes.filter(({ read }) => this.cluster.ledger.isStale(shard, read ?? [])).length;
        if (stale === 0) {
            return result;
        }
        return stale === outcomes.length ? { ...result, stale: true } : { kind: 'varies' };
    }
}
