import type { Cause, HandlerId, World } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { Range } from '../required.js';
import type { Delivery, Ledger, Batch } from './ledger.js';
import type { Nodes } from './nodes.js';
import { lastOf, phaseOf } from './phases.js';

/** Writes that are counted together: all are acknowledged by one node's name, and went by these coordinators in turn. */
interface SteadyWrites {
    deliveries: readonly Delivery[];
}

/** Which acknowledged write is where, and what of it a node loses. */
export class Writes {
    private readonly steady = new Map<ShardId, Map<NodeId, SteadyWrites>>();
    /** Acknowledged writes that have been entered, by shard and the node that acknowledged. */
    private readonly entered = new Map<ShardId, Map<NodeId, number>>();
    private readonly shardsOn = new Map<NodeId, ShardId[]>();
    private readonly syncPhase: ReadonlyMap<NodeId, number>;
    private readonly flushPhase: ReadonlyMap<NodeId, number>;
    private readonly mark: HandlerId;
    private settledAtMs = -1;

    constructor(
        private readonly context: EngineContext,
        private readonly world: World,
        private readonly ranges: ReadonlyMap<ShardId, Range>,
        private readonly nodes: Nodes,
        private readonly ledger: Ledger,
    ) {
        for (const { shard, copies } of ranges.values()) {
            copies.forEach((copy) => this.shardsOn.set(copy, [...(this.shardsOn.get(copy) ?? []), shard]));
        }
        const phases = (purpose: string, period: (node: NodeId) => number): ReadonlyMap<NodeId, number> =>
            new Map(nodes.ids.map((node) => [node, phaseOf(world, node, purpose, period(node))]));
        this.syncPhase = phases('commit log', (node) => nodes.config(node).syncMs);
        this.flushPhase = phases('hint buffers', (node) => nodes.config(node).hintFlushMs);
        this.mark = world.handler((node) => this.onMark(node));
    }

    /** What reaches a disk just before a fault is told apart from what does not. */
    start(): void {
        for (const node of this.nodes.ids) {
            const instants = this.world.faultTimes.flatMap((timeMs) => [
                this.lastSync(node, timeMs),
                this.lastFlush(node, timeMs),
            ]);
            for (const instant of new Set(instants.filter((timeMs) => timeMs > 0 && Number.isFinite(timeMs)))) {
                this.world.schedule(instant, this.mark, node);
            }
        }
    }

    /** One write, acknowledged by its coordinator. Returns whether copies lack it that had all before. */
    acknowledged(shard: ShardId, delivery: Delivery): boolean {
        const isNews = delivery.missing.length > 0 && !this.ledger.isMissingOn(shard, delivery.missing);
        this.ledger.add(shard, delivery, 1);
        this.enter(shard, delivery.coordinators[0]!, 1);
        return isNews;
    }

    /** From now on writes that this node is said to acknowledge go by these coordinators in turn. */
    becomeSteady(shard: ShardId, node: NodeId, deliveries: readonly Delivery[]): void {
        this.settle(shard);
        const own = this.steady.get(shard) ?? new Map<NodeId, SteadyWrites>();
        own.set(node, { deliveries });
        this.steady.set(shard, own);
    }

    /** Enters what has been acknowledged until now, before anything changes. */
    settleAll(): void {
        if (this.settledAtMs !== this.world.now) {
            this.settledAtMs = this.world.now;
            for (const shard of this.steady.keys()) {
                this.settle(shard);
            }
        }
    }

    /** The same of what stands on the node alone. */
    settleOn(node: NodeId): void {
        this.shardsOn.get(node)?.forEach((shard) => this.settle(shard));
    }

    settle(shard: ShardId): void {
        for (const [node, { deliveries }] of this.steady.get(shard) ?? []) {
            const count = this.world.acknowledged(shard, node) - (this.entered.get(shard)?.get(node) ?? 0);
            this.enter(shard, node, count);
            const share = Math.floor(count / deliveries.length);
            deliveries.forEach((delivery, index) =>
                this.ledger.add(shard, delivery, share + (index < count - share * deliveries.length ? 1 : 0)),
            );
        }
    }

    /** The host lost power: what was not forced to disk is gone. */
    lostPower(node: NodeId, cause: Cause): void {
        const syncedMs = this.lastSync(node, this.world.now);
        this.forget(node, cause, (shard) => (this.isDurable(shard) ? syncedMs : 0));
        this.nodes.lostTail(node, Math.min(this.world.now, Math.max(0, this.world.now - syncedMs)));
        this.forgetHints(node, this.lastFlush(node, this.world.now), cause);
    }

    /** The process died; what it had handed to its host is still written. */
    crashed(node: NodeId, cause: Cause): void {
        this.forget(node, cause, (shard) => (this.isDurable(shard) ? Number.POSITIVE_INFINITY : 0));
        this.forgetHints(node, this.lastFlush(node, this.world.now), cause);
    }

    wiped(node: NodeId, cause: Cause): void {
        this.forget(node, cause, () => 0);
        this.forgetHints(node, 0, cause);
    }

    /** The copy no longer has what was acknowledged since then, by shard. */
    private forget(node: NodeId, cause: Cause, since: (shard: ShardId) => number): void {
        for (const shard of this.shardsOn.get(node) ?? []) {
            this.lose(this.ledger.forget(shard, node, since(shard)), cause);
        }
    }

    private forgetHints(node: NodeId, sinceMs: number, cause: Cause): void {
        this.lose(this.ledger.forgetHints(node, sinceMs), cause);
    }

    private lose(batches: readonly Batch[], cause: Cause): void {
        const counts = new Map<ShardId, number>();
        batches.forEach(({ shard, count }) => counts.set(shard, (counts.get(shard) ?? 0) + count));
        counts.forEach((count, shard) => this.world.lose(shard, count, cause));
    }

    /** Also what others lack is marked: the node may keep hints of it, and loses those that are not on disk. */
    private onMark(node: NodeId): void {
        const own = this.shardsOn.get(node) ?? [];
        for (const shard of new Set([...own, ...this.ledger.incompleteShards()])) {
            this.settle(shard);
            this.ledger.mark(shard, this.world.now);
        }
    }

    /** Infinity: everything is on disk before it is acknowledged. */
    private lastSync(node: NodeId, timeMs: number): number {
        const { syncMs } = this.nodes.config(node);
        return syncMs === 0 ? Number.POSITIVE_INFINITY : lastOf(this.syncPhase.get(node)!, syncMs, timeMs);
    }

    private lastFlush(node: NodeId, timeMs: number): number {
        const { hintFlushMs } = this.nodes.config(node);
        return hintFlushMs === 0 ? Number.POSITIVE_INFINITY : lastOf(this.flushPhase.get(node)!, hintFlushMs, timeMs);
    }

    private isDurable(shard: ShardId): boolean {
        return this.context.boolean('durable_writes', { shard: this.world.topology.shards[shard]! });
    }

    private enter(shard: ShardId, node: NodeId, count: number): void {
        const own = this.entered.get(shard) ?? new Map<NodeId, number>();
        own.set(node, (own.get(node) ?? 0) + count);
        this.entered.set(shard, own);
    }
}
