import type { Cause, HandlerId } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import { FLUSH_TIME, restOnFlushTime } from '../../shared/page-cache.js';
import { producersOf } from '../acknowledgement.js';
import { unflushedMs } from '../config.js';
import { NO_LEADER } from './partition.js';
import type { KafkaState, PartitionId } from './state.js';

/** A write reaches the followers with the answer to the fetch that waits for it, or with that to the next one. */
const COPYING_MS = { minimum: BASE_DELAY_MS, maximum: 3 * BASE_DELAY_MS };

/** A clean stop writes everything to disk before it ends the process; a crash leaves it to the operating system. */
export type Death = 'power' | 'crash' | 'clean';

export interface ReplicationListener {
    /** A follower's fetches are answered by this leader again. */
    attached(leader: NodeId): void;
    /** They no longer are. */
    detached(leader: NodeId): void;
}

/** The broker that leads a partition, and where its part of the history begins. */
interface Lead {
    readonly node: NodeId;
    /** Acknowledged writes that it held when it began. */
    readonly base: number;
    /** Writes that it had acknowledged before. */
    readonly acknowledgedBefore: number;
}

/** A leader that does not know yet that another one leads: what it accepts is lost. */
interface Overtaken {
    readonly node: NodeId;
    counted: number;
    readonly cause: Cause;
}

/**
 * Which acknowledged writes each replica holds. A follower whose fetches are answered has everything but what was written
 * within the last moment; one that is cut off keeps what it had.
 */
export class Replication {
    /** The leader that each replica copies from, or -1; since when it does not; what it then held. By slot. */
    private readonly source: Int32Array;
    private readonly detachedSince: Float64Array;
    private readonly held: Float64Array;
    /** Writes that the leader had acknowledged shortly before the next fault, by partition. */
    private readonly copied: Float64Array;
    /** What each replica's disk has, as far as power may be lost. By slot. */
    private readonly flushed: Float64Array;
    private sampledFor = Number.NaN;
    private readonly firstSlot: Int32Array;
    private readonly leads: Lead[];
    /** Writes at the end of the history that nobody holds and that count as lost already, by partition. */
    private readonly gone: Float64Array;
    private readonly overtaken = new Map<PartitionId, Overtaken[]>();
    private readonly hasty: readonly boolean[];
    private readonly onSample: HandlerId;
    private readonly onFlush: HandlerId;

    constructor(
        private readonly state: KafkaState,
        private readonly listener: ReplicationListener,
    ) {
        const { partitions, context } = state;
        this.firstSlot = new Int32Array(partitions.length + 1);
        partitions.forEach(({ copies }, partition) => {
            this.firstSlot[partition + 1] = this.firstSlot[partition]! + copies.length;
        });
        const slots = this.firstSlot[partitions.length]!;
        this.source = new Int32Array(slots).fill(NO_LEADER);
        this.detachedSince = new Float64Array(slots);
        this.held = new Float64Array(slots);
        this.copied = new Float64Array(partitions.length);
        this.flushed = new Float64Array(slots);
        this.gone = new Float64Array(partitions.length);
        this.leads = partitions.map(({ copies }) => ({ node: copies[0]!, base: 0, acknowledgedBefore: 0 }));
        const producers = producersOf(context);
        this.hasty = partitions.map(({ id }) => producers(id).hasty);
        this.onSample = state.world.handler((faultMs) => this.sample(faultMs));
        this.onFlush = state.world.handler((partition, replica) => {
            this.flushed[this.slot(partition, replica)] = this.reachedBy(partition, replica);
        });
    }

    start(): void {
        const { world } = this.state;
        this.state.partitions.forEach(({ copies }, partition) => {
            const slot = this.firstSlot[partition]!;
            this.source.fill(copies[0]!, slot + 1, slot + copies.length);
        });
        const random = world.stream(this.state.context.cluster.name, 'writes under way');
        if (this.hasty.includes(true)) {
            for (const faultMs of new Set(world.faultTimes)) {
                const lagMs = random.between(COPYING_MS.minimum, COPYING_MS.maximum);
                world.schedule(faultMs - lagMs, this.onSample, faultMs);
            }
        }
        this.sampleFlushes();
    }

    /** Writes reach each disk now and then: the last time before a fault lies up to that long back. */
    private sampleFlushes(): void {
        const { world, context, partitions } = this.state;
        const faultTimes = new Set(world.faultTimes);
        partitions.forEach((shard, partition) => {
            const random = world.stream(`${context.cluster.name}.${shard.name}`, 'flush');
            for (const replica of shard.copies) {
                const patienceMs = unflushedMs(context, shard, this.state.memberOf(replica));
                for (const faultMs of patienceMs > 0 ? faultTimes : []) {
                    const beforeMs = 1 + random.below(Math.ceil(patienceMs));
                    world.schedule(faultMs - beforeMs, this.onFlush, partition, replica);
                }
            }
        });
    }

    /** Whether the replica's fetches are answered by this leader. */
    follows(partition: PartitionId, replica: NodeId, leader: NodeId): boolean {
        return this.source[this.slot(partition, replica)] === leader;
    }

    /** Since when the replica has not fetched from anybody. */
    detachedSinceMs(partition: PartitionId, replica: NodeId): number {
        return this.detachedSince[this.slot(partition, replica)]!;
    }

    reviewBroker(broker: NodeId): void {
        for (const partition of this.state.partitionsOf.get(broker) ?? []) {
            this.review(partition);
        }
    }

    /** Attaches and detaches the partition's followers as processes, links and beliefs now are. */
    review(partition: PartitionId): void {
        const { copies } = this.state.partitions[partition]!;
        for (let index = 0; index < copies.length; index++) {
            const slot = this.firstSlot[partition]! + index;
            const leader = this.sourceOf(partition, copies[index]!);
            const before = this.source[slot]!;
            if (leader === before) {
                continue;
            }
            if (before !== NO_LEADER) {
                this.detach(partition, slot, before);
                this.listener.detached(before);
            }
            this.source[slot] = leader;
            if (leader !== NO_LEADER) {
                this.listener.attached(leader);
            }
        }
    }

    private sourceOf(partition: PartitionId, replica: NodeId): NodeId {
        const { state } = this;
        const { leader, epoch } = state.seenBy(replica, partition);
        if (leader === NO_LEADER || leader === replica || !state.runs(replica) || !state.runs(leader)) {
            return NO_LEADER;
        }
        const own = state.seenBy(leader, partition);
        const leads = own.leader === leader && own.epoch === epoch;
        return leads && state.linked(replica, leader) ? leader : NO_LEADER;
    }

    private detach(partition: PartitionId, slot: number, leader: NodeId): void {
        const { world } = this.state;
        this.detachedSince[slot] = world.now;
        const lead = this.leads[partition]!;
        const isSampled = this.hasty[partition] === true && this.sampledFor === world.now;
        if (lead.node === leader) {
            const reached = this.endOf(partition);
            this.held[slot] = isSampled ? Math.min(reached, Math.max(lead.base, this.copied[partition]!)) : reached;
        }
    }

    /** Acknowledged writes of the partition's history up to now. */
    private endOf(partition: PartitionId): number {
        const { node, base, acknowledgedBefore } = this.leads[partition]!;
        return base + this.acknowledgedBy(partition, node) - acknowledgedBefore;
    }

    private heldBy(partition: PartitionId, replica: NodeId): number {
        const slot = this.slot(partition, replica);
        return this.source[slot] === this.leads[partition]!.node ? this.endOf(partition) : this.held[slot]!;
    }

    /** A leader that serves has all; what a dead one has was settled when it died. */
    private reachedBy(partition: PartitionId, replica: NodeId): number {
        const { serving, emptied } = this.state;
        const leads = this.leads[partition]!.node === replica && serving[replica] === 1 && emptied[replica] === 0;
        return leads ? this.endOf(partition) : this.heldBy(partition, replica);
    }

    // ── Turns of fate ──────────────────────────────────────────────────────────

    /** The broker leads the partition from now on: what it does not hold is lost. */
    takeOver(partition: PartitionId, broker: NodeId, cause: Cause): void {
        const before = this.leads[partition]!;
        const end = this.endOf(partition);
        const held = Math.min(end, this.heldBy(partition, broker));
        if (this.hasty[partition] === true && before.node !== broker) {
            const [old, heir] = [before.node, broker].map((node) => this.state.nameOf(node));
            const why = `a write with \`acks=1\` or 0 waits for the leader alone, so that what ${old!} acknowledged last may not have reached ${heir!}`;
            this.state.world.mayLose(this.state.partitions[partition]!.id, why);
        }
        this.lose(partition, end - held - this.gone[partition]!, cause);
        this.gone[partition] = 0;
        this.settle(partition);
        // Whatever others copy from now on, but from this one, is no part of the history any more.
        for (const replica of this.state.partitions[partition]!.copies) {
            this.held[this.slot(partition, replica)] = Math.min(held, this.reachedBy(partition, replica));
        }
        const others = (this.overtaken.get(partition) ?? []).filter(({ node }) => node !== broker);
        const counted = this.acknowledgedBy(partition, before.node);
        const stale = this.takesItselfForLeader(partition, before.node) ? [{ node: before.node, counted, cause }] : [];
        this.overtaken.set(partition, before.node === broker ? others : [...others, ...stale]);
        this.leads[partition] = {
            node: broker,
            base: held,
            acknowledgedBefore: this.acknowledgedBy(partition, broker),
        };
    }

    /** Whether the broker accepts writes now, or will as soon as it goes on. */
    private takesItselfForLeader(partition: PartitionId, broker: NodeId): boolean {
        const { world, serving } = this.state;
        const process = world.process(broker);
        const isThere = serving[broker] === 1 && (process === 'running' || process === 'frozen');
        return isThere && this.state.seenBy(broker, partition).leader === broker;
    }

    /** The broker's process or host dies: from now on it holds what its disk, or the system's memory, does. */
    died(broker: NodeId, how: Death): void {
        for (const partition of this.state.partitionsOf.get(broker) ?? []) {
            const slot = this.slot(partition, broker);
            const reached = this.reachedBy(partition, broker);
            const before = this.source[slot]!;
            this.source[slot] = NO_LEADER;
            if (before !== NO_LEADER) {
                this.detachedSince[slot] = this.state.world.now;
                this.listener.detached(before);
            }
            this.held[slot] = how === 'power' ? this.onDisk(partition, broker, reached) : reached;
            if (how === 'clean') {
                this.flushed[slot] = reached;
            }
        }
    }

    /** The broker, which no longer runs, has lost its disk. */
    wiped(broker: NodeId): void {
        for (const partition of this.state.partitionsOf.get(broker) ?? []) {
            const slot = this.slot(partition, broker);
            this.held[slot] = 0;
            this.flushed[slot] = 0;
        }
    }

    /** The broker has less than before: what neither a living replica nor a disk holds any more is lost, whoever will lead. */
    countGone(broker: NodeId, cause: Cause): void {
        for (const partition of this.state.partitionsOf.get(broker) ?? []) {
            const { copies } = this.state.partitions[partition]!;
            const held = Math.max(...copies.map((replica) => this.reachedBy(partition, replica)));
            const gone = this.endOf(partition) - held;
            this.lose(partition, gone - this.gone[partition]!, cause);
            this.gone[partition] = Math.max(this.gone[partition]!, gone);
        }
    }

    /** What had been written to disk when power was lost; nothing else is left of it. */
    private onDisk(partition: PartitionId, broker: NodeId, reached: number): number {
        const { context, partitions } = this.state;
        const slot = this.slot(partition, broker);
        const [shard, member] = [partitions[partition]!, this.state.memberOf(broker)];
        const unflushed = unflushedMs(context, shard, member);
        const isSafe = unflushed === 0;
        const { world } = this.state;
        // As long as one that is in sync has power it has everything.
        const isAll = this.state.current(partition).isr.every((node) => world.process(node) === 'off');
        if (isAll && !isSafe) {
            const name = this.state.nameOf(broker);
            const why = `${name} lost power, and with it what it had not written to disk; no other replica in sync kept it`;
            world.mayLose(shard.id, why);
        }
        if (isAll && unflushed === context.duration(FLUSH_TIME, { member })) {
            restOnFlushTime(world, context, unflushed, { member });
        }
        this.flushed[slot] = isSafe ? reached : Math.min(reached, this.flushed[slot]!);
        return this.flushed[slot];
    }

    /** A leader no longer acts as one: it keeps what it had, but what it accepted after it was overtaken is discarded. */
    stoodDown(partition: PartitionId, broker: NodeId): void {
        if (this.leads[partition]!.node === broker) {
            this.held[this.slot(partition, broker)] = this.endOf(partition);
        }
        this.settle(partition);
        const others = this.overtaken.get(partition)?.filter(({ node }) => node !== broker) ?? [];
        this.overtaken.set(partition, others);
    }

    /** Counts what overtaken leaders accepted in vain until the end of the run. */
    finish(): void {
        for (const partition of this.overtaken.keys()) {
            this.settle(partition);
        }
    }

    /** Whether another broker leads by now and has accepted writes that this one does not have. */
    isOvertaken(partition: PartitionId, broker: NodeId): boolean {
        const { node, acknowledgedBefore } = this.leads[partition]!;
        return node !== broker && this.acknowledgedBy(partition, node) > acknowledgedBefore;
    }

    private settle(partition: PartitionId): void {
        for (const overtaken of this.overtaken.get(partition) ?? []) {
            const acknowledged = this.acknowledgedBy(partition, overtaken.node);
            this.lose(partition, acknowledged - overtaken.counted, overtaken.cause);
            overtaken.counted = acknowledged;
        }
    }

    private lose(partition: PartitionId, count: number, cause: Cause): void {
        if (count > 0) {
            this.state.world.lose(this.state.partitions[partition]!.id, count, cause);
        }
    }

    private sample(faultMs: number): void {
        this.sampledFor = faultMs;
        this.hasty.forEach((isHasty, partition) => {
            if (isHasty) {
                this.copied[partition] = this.endOf(partition);
            }
        });
    }

    private acknowledgedBy(partition: PartitionId, broker: NodeId): number {
        return this.state.world.acknowledged(this.state.partitions[partition]!.id, broker);
    }

    private slot(partition: PartitionId, replica: NodeId): number {
        return this.firstSlot[partition]! + this.state.partitions[partition]!.copies.indexOf(replica);
    }
}
