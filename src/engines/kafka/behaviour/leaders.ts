import type { Cause, HandlerId } from '../../../simulator/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import { listed, type NodeId } from '../../../topology/index.js';
import type { ActiveController } from './controller.js';
import type { PartitionChange } from './partition.js';
import type { Replication } from './replication.js';
import { Shortage } from './shortage.js';
import type { KafkaState, PartitionId } from './state.js';

/** A follower has caught up after it has asked for what it lacks, and asked again. */
const CATCH_UP_MS = 4 * BASE_DELAY_MS;

/**
 * What brokers do as leaders: they take partitions over as the metadata says, give up followers that do not fetch, and take
 * back those that have caught up (Partition.scala).
 */
export class PartitionLeaders {
    /** Brokers that act as leader of each partition, in the order in which they began to. */
    private readonly acting: NodeId[][];
    private readonly growthPlanned = new Set<NodeId>();
    private readonly checkPlanned = new Set<NodeId>();
    /** Leaders whose last request no controller has had. */
    private readonly unheard = new Set<NodeId>();
    private readonly checkPhase = new Map<NodeId, number>();
    private readonly shortage: Shortage;
    private readonly onGrowth: HandlerId;
    private readonly onCheck: HandlerId;

    constructor(
        private readonly state: KafkaState,
        private readonly replication: Replication,
        private readonly controller: ActiveController,
    ) {
        const { world, context } = state;
        this.acting = state.partitions.map(() => []);
        this.shortage = new Shortage(state);
        for (const broker of state.brokers) {
            const random = world.stream(context.topology.nodes[broker]!.qualifiedName, 'in-sync check');
            this.checkPhase.set(broker, -random.below(this.checkPeriodMs(broker)));
        }
        this.onGrowth = world.handler((leader) => {
            this.growthPlanned.delete(leader);
            this.grow(leader);
        });
        this.onCheck = world.handler((leader) => {
            this.checkPlanned.delete(leader);
            this.shrink(leader);
        });
    }

    start(): void {
        this.state.partitions.forEach(({ id, copies }, partition) => {
            this.acting[partition]!.push(copies[0]!);
            this.state.world.claim(id, copies[0]!, 1, -1);
        });
    }

    of(partition: PartitionId): readonly NodeId[] {
        return this.acting[partition]!;
    }

    leadsAny(broker: NodeId): boolean {
        return (this.state.partitionsOf.get(broker) ?? []).some((partition) =>
            this.acting[partition]!.includes(broker),
        );
    }

    died(broker: NodeId, cause: Cause): void {
        this.shortage.died(broker);
        for (const partition of this.state.partitionsOf.get(broker) ?? []) {
            this.standBack(partition, broker, cause);
        }
    }

    /** The broker has read the metadata from this offset on: who leads what may be different for it. */
    learnt(broker: NodeId, from: number): void {
        const batches = this.state.batchesBetween(from, this.state.offsetOf(broker));
        for (const { partitions, cause } of batches) {
            for (const partition of partitions) {
                this.learntOf(partition, broker, cause);
            }
        }
        const last = batches.at(-1);
        if (last !== undefined) {
            const own = [...new Set(batches.flatMap(({ partitions }) => partitions))].filter((partition) =>
                this.state.partitions[partition]!.copies.includes(broker),
            );
            const leads = (partition: PartitionId): boolean => this.acting[partition]!.includes(broker);
            this.shortage.review(
                broker,
                own.sort((one, other) => one - other),
                last.cause,
                leads,
            );
        }
    }

    private learntOf(partition: PartitionId, broker: NodeId, cause: Cause): void {
        const { copies } = this.state.partitions[partition]!;
        if (!copies.includes(broker)) {
            return;
        }
        const { leader } = this.state.seenBy(broker, partition);
        if (leader === broker && this.state.runs(broker)) {
            this.lead(partition, broker, cause);
        } else {
            this.demote(partition, broker, leader, cause);
        }
        this.replication.review(partition);
    }

    /** The broker acts on what it believes: after it has joined, and when it reads that it leads. */
    lead(partition: PartitionId, broker: NodeId, cause: Cause): void {
        if (this.acting[partition]!.includes(broker)) {
            return;
        }
        const { world } = this.state;
        const { id, name } = this.state.partitions[partition]!;
        const { epoch, isr } = this.state.seenBy(broker, partition);
        const event = world.record({
            kind: 'promotion',
            text: `${this.state.nameOf(broker)} leads ${name} in epoch ${String(epoch)}; in sync: ${isr.map((node) => this.state.nameOf(node)).join(', ')}`,
            cause,
            node: broker,
            shard: id,
        });
        this.replication.takeOver(partition, broker, event);
        this.acting[partition]!.push(broker);
        world.claim(id, broker, epoch, event);
        this.planCheck(broker);
    }

    private demote(partition: PartitionId, broker: NodeId, leader: NodeId, cause: Cause): void {
        if (!this.acting[partition]!.includes(broker)) {
            return;
        }
        const { world } = this.state;
        const { id, name } = this.state.partitions[partition]!;
        const now = leader < 0 ? `${name} has no leader` : `${this.state.nameOf(leader)} leads ${name}`;
        const event = world.record({
            kind: 'demotion',
            text: `${this.state.nameOf(broker)} learns that ${now}`,
            cause: Math.max(cause, world.lastFault(broker)),
            node: broker,
            shard: id,
        });
        this.standBack(partition, broker, event);
        this.replication.stoodDown(partition, broker);
    }

    private standBack(partition: PartitionId, broker: NodeId, cause: Cause): void {
        const acting = this.acting[partition]!;
        const index = acting.indexOf(broker);
        if (index >= 0) {
            acting.splice(index, 1);
            this.state.world.release(this.state.partitions[partition]!.id, broker, cause);
        }
    }

    // ── The in-sync set ────────────────────────────────────────────────────────

    /** Followers of this leader may have caught up soon. */
    planGrowth(leader: NodeId): void {
        if (!this.growthPlanned.has(leader)) {
            this.growthPlanned.add(leader);
            this.state.world.schedule(this.state.world.now + CATCH_UP_MS, this.onGrowth, leader);
        }
    }

    /** A follower of this leader has stopped fetching: it will be given up if it stays away. */
    planCheck(leader: NodeId): void {
        if (this.checkPlanned.has(leader)) {
            return;
        }
        this.checkPlanned.add(leader);
        const from = this.checkPhase.get(leader)!;
        const period = this.checkPeriodMs(leader);
        const due = this.state.world.now - from + this.patienceMs(leader);
        this.state.world.schedule(from + Math.ceil(due / period) * period, this.onCheck, leader);
    }

    /** The broker goes on: a look that was due meanwhile follows now. */
    unfrozen(broker: NodeId): void {
        if (!this.checkPlanned.has(broker)) {
            this.checkPlanned.add(broker);
            this.state.world.schedule(this.state.world.now + CATCH_UP_MS, this.onCheck, broker);
        }
    }

    /** What these nodes have asked for, as far as they lead anything, never came to pass. */
    unanswered(nodes: readonly NodeId[]): void {
        nodes.filter((node) => this.state.isBroker(node)).forEach((broker) => this.unheard.add(broker));
    }

    /** Controllers can be reached again, perhaps. */
    retry(): void {
        for (const leader of [...this.unheard]) {
            this.unheard.delete(leader);
            this.grow(leader);
            this.shrink(leader);
        }
    }

    private grow(leader: NodeId): void {
        const wishes = this.wishes(leader, (partition, replica) => {
            const { isr } = this.state.current(partition);
            const isBack = !isr.includes(replica) && this.state.fenced[replica] === 0;
            return isBack && this.replication.follows(partition, replica, leader) ? 'with' : undefined;
        });
        this.ask(leader, wishes, 'recovery', (names) => `takes back ${names} as in sync`);
    }

    private shrink(leader: NodeId): void {
        const patienceMs = this.patienceMs(leader);
        const isSilent = (partition: PartitionId, replica: NodeId): boolean =>
            this.state.seenBy(leader, partition).isr.includes(replica) &&
            !this.replication.follows(partition, replica, leader);
        const silentMs = (partition: PartitionId, replica: NodeId): number =>
            this.state.world.now - this.replication.detachedSinceMs(partition, replica);
        const missing = this.wishes(leader, (...one) => (isSilent(...one) ? 'without' : undefined));
        const wishes = this.wishes(leader, (...one) =>
            isSilent(...one) && silentMs(...one) >= patienceMs ? 'without' : undefined,
        );
        this.ask(
            leader,
            wishes,
            'detection',
            (names) => `gives up ${names} as in sync, after ${String(patienceMs / 1000)} s without a fetch,`,
        );
        if (missing.size > 0 && this.state.runs(leader)) {
            this.planNextCheck(leader);
        }
    }

    private planNextCheck(leader: NodeId): void {
        if (!this.checkPlanned.has(leader)) {
            this.checkPlanned.add(leader);
            this.state.world.schedule(this.state.world.now + this.checkPeriodMs(leader), this.onCheck, leader);
        }
    }

    /** The changes that the leader wants, over all partitions that it takes itself for the leader of. */
    private wishes(
        leader: NodeId,
        wish: (partition: PartitionId, replica: NodeId) => 'with' | 'without' | undefined,
    ): Map<PartitionId, PartitionChange> {
        const wishes = new Map<PartitionId, PartitionChange>();
        for (const partition of this.state.partitionsOf.get(leader) ?? []) {
            if (!this.acting[partition]!.includes(leader)) {
                continue;
            }
            const { copies } = this.state.partitions[partition]!;
            const named = (kind: 'with' | 'without'): readonly NodeId[] =>
                copies.filter((replica) => replica !== leader && wish(partition, replica) === kind);
            const [joining, leaving] = [named('with'), named('without')];
            if (joining.length > 0 || leaving.length > 0) {
                wishes.set(partition, { with: joining, without: leaving });
            }
        }
        return wishes;
    }

    private ask(
        leader: NodeId,
        all: ReadonlyMap<PartitionId, PartitionChange>,
        kind: 'recovery' | 'detection',
        what: (names: string) => string,
    ): void {
        if (all.size === 0 || !this.state.runs(leader)) {
            return;
        }
        if (!this.controller.hears(leader)) {
            this.unheard.add(leader);
            return;
        }
        const wishes = this.controller.granted(leader, all);
        if (wishes.size === 0) {
            return;
        }
        const { world } = this.state;
        const replicas = new Set(
            [...wishes.values()].flatMap((change) => [...(change.with ?? []), ...(change.without ?? [])]),
        );
        const names = listed([...replicas].map((replica) => this.state.nameOf(replica)));
        const partitions = `${String(wishes.size)} partition${wishes.size === 1 ? '' : 's'}`;
        const cause = world.record({
            kind,
            text: `${this.state.nameOf(leader)} ${what(names)} in ${partitions}`,
            cause: Math.max(...[leader, ...replicas].map((node) => world.lastFault(node))),
            node: leader,
        });
        this.controller.alter(leader, wishes, cause);
    }

    private patienceMs(broker: NodeId): number {
        return this.state.context.duration('replica.lag.time.max.ms', { member: this.state.memberOf(broker) });
    }

    /** A leader looks every half of the time that it grants (ReplicaManager.scala). */
    private checkPeriodMs(broker: NodeId): number {
        return Math.max(1, Math.floor(this.patienceMs(broker) / 2));
    }
}
