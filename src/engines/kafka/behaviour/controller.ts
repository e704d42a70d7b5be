import type { Cause, HandlerId } from '../../../simulator/index.js';
import { groupedBy, type NodeId } from '../../../topology/index.js';
import { METADATA_MS } from '../config.js';
import { MetadataNews } from './news.js';
import { changed, NO_LEADER, type ChangedPartition, type PartitionChange, type PartitionState } from './partition.js';
import type { ControllerQuorum } from './quorum/index.js';
import { Sessions } from './sessions.js';
import type { KafkaState, Occasion, PartitionId } from './state.js';

type Changes = ReadonlyMap<PartitionId, PartitionChange>;

export interface ControllerListener {
    /** The broker has read the metadata up to where it now is, from this offset on, and some of it is about its own replicas. */
    learnt(broker: NodeId, from: number): void;
    /** All brokers equally far away have, the last of them from this offset on. */
    delivered(from: number): void;
    /** The broker counts as alive again. */
    unfenced(broker: NodeId): void;
}

/**
 * What the active controller does: it fences brokers whose heartbeats stay away, chooses leaders, and writes both into the
 * metadata, which every broker then reads by itself (ReplicationControlManager.java).
 */
export class ActiveController {
    private readonly sessions: Sessions;
    private readonly news: MetadataNews;
    private readonly onCommit: HandlerId;
    private readonly onDelivery: HandlerId;
    /** Brokers that news are on their way to, by number of the delivery. */
    private readonly deliveries: (readonly NodeId[])[] = [];
    private readonly onRebalance: HandlerId;
    private readonly onReturn: HandlerId;
    /** Fenced brokers whose next heartbeat is on its way. */
    private readonly returning = new Set<NodeId>();
    /** An instant at which leadership went back to preferred leaders, or would have. */
    private rebalancesFrom: number;
    /** The time of the next try, if one is planned. */
    private rebalancesAt: number | undefined;

    constructor(
        private readonly state: KafkaState,
        private readonly quorum: ControllerQuorum,
        private readonly listener: ControllerListener,
    ) {
        const { world, context, config } = state;
        this.news = new MetadataNews(state);
        this.sessions = new Sessions(
            state,
            () => quorum.active(),
            (...ended) => this.fence(...ended),
        );
        this.onCommit = world.handler((offset) => this.commit(offset));
        this.onDelivery = world.handler((delivery, offset) => {
            this.deliver(this.deliveries[delivery]!, offset);
            this.deliveries[delivery] = [];
        });
        this.onRebalance = world.handler(() => {
            if (world.now === this.rebalancesAt) {
                this.rebalance();
            }
        });
        this.onReturn = world.handler((broker) => this.comeBack(broker));
        const random = world.stream(context.cluster.name, 'leader rebalancing');
        this.rebalancesFrom = -random.below(config.rebalanceMs ?? 1);
    }

    /** Returns the brokers whose wishes the last controller had granted, but nobody else had heard of. */
    activated(cause: Cause): readonly NodeId[] {
        const dropped = this.state.dropUncommitted();
        // What the last controller had begun and nobody else had is done again.
        this.state.brokers
            .filter((broker) => this.state.fenced[broker] === 1)
            .forEach((broker) => this.write(this.changesFor(broker, { without: [broker] }), { about: broker, cause }));
        dropped.filter(({ news }) => news === 'returned').forEach(({ about }) => this.welcome(about, cause));
        this.rebalancesFrom = this.state.world.now;
        this.rebalancesAt = undefined;
        this.sessions.activated();
        this.review();
        this.planRebalance();
        return dropped.filter(({ news }) => news === undefined).map(({ about }) => about);
    }

    /**
     * Processes or links are different now.
     *
     * @param thawed a broker that has just gone on, and whose next heartbeat is overdue
     */
    review(thawed?: NodeId): void {
        const active = this.quorum.active();
        if (active === undefined) {
            return;
        }
        this.sessions.review();
        this.spread();
        for (const broker of this.state.brokers) {
            if (this.isBack(broker) && !this.returning.has(broker)) {
                this.returning.add(broker);
                const { world, config } = this.state;
                const name = this.state.context.topology.nodes[broker]!.qualifiedName;
                const nextMs = world.stream(name, `heartbeat after ${String(world.now)}`).below(config.heartbeatMs);
                world.schedule(
                    world.now + (broker === thawed ? METADATA_MS : Math.max(METADATA_MS, nextMs)),
                    this.onReturn,
                    broker,
                );
            }
        }
    }

    /** A fenced broker whose process never ended can be heard again. */
    private isBack(broker: NodeId): boolean {
        return this.state.fenced[broker] === 1 && this.state.runs(broker) && this.hears(broker);
    }

    private comeBack(broker: NodeId): void {
        this.returning.delete(broker);
        if (this.isBack(broker)) {
            const { world } = this.state;
            const cause = world.record({
                kind: 'recovery',
                text: `${this.state.nameOf(broker)} sends heartbeats again and is no longer fenced`,
                cause: Math.max(world.lastFault(broker), world.lastFault(this.quorum.active()!)),
                node: broker,
                belief: { holds: 'alive', about: [broker], by: 'cluster' },
            });
            this.unfence(broker, cause);
        }
    }

    /** Whether the broker could have its wishes written into the metadata now. */
    hears(broker: NodeId): boolean {
        const active = this.quorum.active();
        return active !== undefined && this.state.linked(broker, active);
    }

    // ── Brokers that go and come ───────────────────────────────────────────────

    private fence(broker: NodeId, silenceMs: number, why: Cause): void {
        const active = this.quorum.active()!;
        const { world } = this.state;
        const cause = world.record({
            kind: 'detection',
            text: `${this.state.nameOf(active)} fences ${this.state.nameOf(broker)}: no heartbeat for ${(silenceMs / 1000).toFixed(1)} s`,
            cause: why,
            node: active,
            peer: broker,
            belief: { holds: 'fenced', about: [broker], by: 'cluster' },
        });
        this.takeOut(broker, cause);
    }

    private takeOut(broker: NodeId, cause: Cause, news: 'fenced' | 'leaving' = 'fenced'): void {
        this.state.fenced[broker] = 1;
        this.write(this.changesFor(broker, { without: [broker] }), { about: broker, news, cause });
    }

    /** A broker that is stopped hands over what it leads before it goes. Returns whether anybody could take it. */
    handOver(broker: NodeId, cause: Cause): boolean {
        if (!this.hears(broker) || this.state.fenced[broker] === 1) {
            return false;
        }
        this.takeOut(broker, cause, 'leaving');
        return true;
    }

    /**
     * A new process asks to join. While the session of the old one lasts it is refused, unless that one said goodbye
     * (ClusterControlManager.java, registerBroker). Returns whether it may.
     */
    register(broker: NodeId, isClean: boolean, cause: Cause): boolean {
        if (!this.hears(broker) || this.sessions.isValid(broker)) {
            return false;
        }
        if (this.state.fenced[broker] === 0) {
            this.takeOut(broker, cause);
        }
        if (!isClean && this.state.config.eligibleLeaderReplicas) {
            this.write(this.changesFor(broker, { uncleanlyStopped: [broker] }), { about: broker, cause });
        }
        return true;
    }

    /** The broker serves again: it may lead what nobody else can. */
    unfence(broker: NodeId, cause: Cause): void {
        this.state.fenced[broker] = 0;
        this.sessions.joined(broker);
        this.welcome(broker, cause);
        this.listener.unfenced(broker);
        this.planRebalance();
    }

    private welcome(broker: NodeId, cause: Cause): void {
        const leaderless = (this.state.partitionsOf.get(broker) ?? []).filter(
            (partition) => this.state.current(partition).leader === NO_LEADER,
        );
        this.write(new Map(leaderless.map((partition) => [partition, {}])), { about: broker, news: 'returned', cause });
    }

    /** What of a leader's wishes for its in-sync sets would be granted: nothing, if another one leads by now. */
    granted(leader: NodeId, wishes: Changes): Changes {
        const isWelcome = (broker: NodeId): boolean => this.state.fenced[broker] === 0;
        return new Map(
            [...wishes].filter(
                ([partition, { with: joining = [] }]) =>
                    this.state.current(partition).leader === leader && [leader, ...joining].every(isWelcome),
            ),
        );
    }

    /** Grants a leader's wishes for its in-sync sets. */
    alter(leader: NodeId, wishes: Changes, cause: Cause): void {
        this.write(wishes, { about: leader, cause });
        this.planRebalance();
    }

    private changesFor(broker: NodeId, change: PartitionChange): Changes {
        return new Map((this.state.partitionsOf.get(broker) ?? []).map((partition) => [partition, change]));
    }

    // ── Preferred leaders ──────────────────────────────────────────────────────

    private planRebalance(): void {
        const { world, config } = this.state;
        if (config.rebalanceMs === undefined || this.rebalancesAt !== undefined || this.imbalanced().length === 0) {
            return;
        }
        const periods = Math.floor((world.now - this.rebalancesFrom) / config.rebalanceMs) + 1;
        this.rebalancesAt = this.rebalancesFrom + periods * config.rebalanceMs;
        world.schedule(this.rebalancesAt, this.onRebalance);
    }

    private rebalance(): void {
        this.rebalancesAt = undefined;
        const active = this.quorum.active();
        const partitions = this.imbalanced();
        if (active === undefined || partitions.length === 0) {
            // Who cannot decide now looks again a period later.
            this.planRebalance();
            return;
        }
        const cause = this.state.world.record({
            kind: 'election',
            text: `${this.state.nameOf(active)} gives leadership back to the preferred leaders of ${String(partitions.length)} partition${partitions.length === 1 ? '' : 's'}`,
            cause: this.state.batches.at(-1)?.cause ?? -1,
            node: active,
        });
        this.write(new Map(partitions.map((partition) => [partition, { preferred: true }])), { about: active, cause });
    }

    /** Partitions that their first listed replica could lead and does not. */
    private imbalanced(): readonly PartitionId[] {
        const found: PartitionId[] = [];
        for (let partition = 0; partition < this.state.partitions.length; partition++) {
            const preferred = this.state.partitions[partition]!.copies[0]!;
            const { leader, isr } = this.state.current(partition);
            if (leader !== preferred && isr.includes(preferred) && this.state.fenced[preferred] === 0) {
                found.push(partition);
            }
        }
        return found;
    }

    // ── The metadata ───────────────────────────────────────────────────────────

    /** Writes the changes; a majority has them one round trip later, and the brokers after that. Who shuts down waits for them. */
    private write(wishes: Changes, occasion: Occasion): void {
        const changes = new Map<PartitionId, PartitionState>();
        for (const [partition, change] of wishes) {
            const next = changed(this.state.current(partition), change, this.state.ground(partition));
            if (next !== undefined) {
                changes.set(partition, next);
                this.tellLuck(partition, next);
            }
        }
        if (changes.size === 0 && occasion.news === undefined) {
            return;
        }
        const { offset } = this.state.append(changes, occasion);
        const active = this.quorum.active()!;
        if (occasion.news === 'leaving') {
            this.commit(offset);
            this.deliver(this.state.brokersAt(active), offset);
        } else {
            this.state.world.schedule(this.state.world.now + this.quorum.commitMs(active), this.onCommit, offset);
        }
    }

    private tellLuck(partition: PartitionId, { isUnclean, leader }: ChangedPartition): void {
        if (isUnclean) {
            const why = `${this.state.nameOf(leader)} was not in sync when it was elected, and may lack what was acknowledged before`;
            this.state.world.mayLose(this.state.partitions[partition]!.id, why);
        }
    }

    private commit(offset: number): void {
        const { state } = this;
        const isThere = (state.batches.at(-1)?.offset ?? 0) >= offset;
        if (this.quorum.active() !== undefined && isThere && offset > state.committed) {
            state.committed = offset;
            this.spread();
        }
    }

    /** Every broker that can fetch from the active controller reads what it has not read; those equally far away at once. */
    private spread(): void {
        const active = this.quorum.active()!;
        const { world, committed } = this.state;
        const byDelay = new Map<number, NodeId[]>();
        for (const broker of this.state.brokers) {
            const isBehind = this.state.offsetOf(broker) < committed;
            if (isBehind && this.state.isUp(broker) && this.state.linked(broker, active)) {
                const delayMs = Math.max(0, world.delay(active, broker));
                const brokers = byDelay.get(delayMs) ?? [];
                brokers.push(broker);
                byDelay.set(delayMs, brokers);
            }
        }
        for (const [delayMs, brokers] of byDelay) {
            world.schedule(world.now + delayMs, this.onDelivery, this.deliveries.push(brokers) - 1, committed);
        }
    }

    private deliver(brokers: readonly NodeId[], offset: number): void {
        const upTo = Math.min(offset, this.state.committed);
        const readers = brokers.filter((broker) => this.state.offsetOf(broker) < upTo && this.state.isUp(broker));
        const byOffset = groupedBy(readers, (broker) => this.state.offsetOf(broker));
        const concerned = new Map<number, ReadonlySet<NodeId>>();
        for (const [from, alike] of byOffset) {
            this.news.tell(alike, from, upTo, this.quorum.informed());
            concerned.set(from, this.state.holdersOf(this.state.changedBetween(from, upTo)));
        }
        for (const broker of readers) {
            const from = this.state.offsetOf(broker);
            this.state.read(broker, upTo);
            if (concerned.get(from)!.has(broker)) {
                this.listener.learnt(broker, from);
            }
        }
        if (readers.length > 0) {
            this.listener.delivered(Math.min(...byOffset.keys()));
        }
    }
}
