import type { Cause, HandlerId, World } from '../../../simulator/index.js';
import { setDuration, type NodeId, type ShardId } from '../../../topology/index.js';
import { restOnFlushTime } from '../../shared/page-cache.js';
import type { HadoopConfig } from '../config.js';
import type { Block, Blocks } from './blocks.js';

/** Acknowledged writes that went through one pipeline. */
interface Span {
    /** DataNodes that hold them. */
    readonly holders: Set<NodeId>;
    /** Those among them that were sent it later, in place of a lost copy. */
    readonly copiedTo: Set<NodeId>;
    /** Numbers of the first write and, once the pipeline is another, of the one after the last. */
    from: number;
    to: number | undefined;
}

/** Which DataNodes hold which acknowledged writes, and which of these are gone. */
export class Ledger {
    private readonly spans = new Map<ShardId, Span[]>();
    /** Writes acknowledged some time before each fault: what has reached the disks by then. */
    private readonly flushed = new Map<number, ReadonlyMap<ShardId, number>>();
    private readonly onSnapshot: HandlerId;
    /** Blocks of which a DataNode holds or held writes. */
    private readonly blocksOf = new Map<NodeId, Set<Block>>();
    private readonly powerLostMs = new Map<NodeId, number>();

    constructor(
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly blocks: Blocks,
        private readonly pipelineOf: (block: Block) => readonly NodeId[],
    ) {
        this.onSnapshot = world.handler((faultMs) => this.snapshot(faultMs));
    }

    start(): void {
        for (const block of this.blocks.all) {
            this.spans.set(block.id, [this.spanFrom(block, this.pipelineOf(block), 0)]);
        }
        for (const faultMs of new Set(this.world.faultTimes)) {
            if (faultMs > this.config.flushMs) {
                this.world.schedule(faultMs - this.config.flushMs, this.onSnapshot, faultMs);
            }
        }
    }

    /** New blocks go through other DataNodes from now on. */
    pipelineChanged(block: Block): void {
        const spans = this.spans.get(block.id)!;
        const written = this.written(block.id);
        spans.at(-1)!.to = written;
        const known = spans.filter((span) => span.to !== span.from);
        known.push(this.spanFrom(block, this.pipelineOf(block), written));
        this.spans.set(block.id, known);
    }

    copied(block: Block, node: NodeId): void {
        for (const { holders, copiedTo } of this.spans.get(block.id)!) {
            holders.add(node);
            copiedTo.add(node);
        }
        this.noteHolder(block, node);
    }

    /** What no host that kept its power holds, and no disk yet. */
    powerLost(node: NodeId, cause: Cause): void {
        const { world, config } = this;
        this.powerLostMs.set(node, world.now);
        if (config.flushMs === 0) {
            return;
        }
        this.forEachSpanOf(node, (block, span) => {
            const powered = [...span.holders].filter((holder) => world.process(holder) !== 'off');
            if (powered.length === 0) {
                restOnFlushTime(world, config, config.flushMs);
                const flushed = this.flushed.get(world.now)?.get(block.id) ?? 0;
                this.lose(block, span, Math.max(span.from, flushed), cause);
            } else if (powered.every((holder) => this.lostPowerLately(holder))) {
                const reason = `all DataNodes that held ${block.shard.name} lost power within ${setDuration(config.flushMs)} of each other, so that none may have kept what had not reached its disk`;
                world.mayLose(block.id, reason);
            } else {
                this.noteLuck(block, span, powered);
            }
        });
    }

    wiped(node: NodeId, cause: Cause): void {
        this.forEachSpanOf(node, (block, span) => {
            span.holders.delete(node);
            if (span.holders.size === 0) {
                this.lose(block, span, span.from, cause);
            } else {
                this.noteLuck(block, span, [...span.holders]);
                this.noteUnsynced(block, span);
            }
        });
    }

    /** A host that is back after a loss of power counts as holding all that it had; what its disk lacks the others hold, if they are there. */
    private noteUnsynced({ id, shard }: Block, { from, to, holders }: Span): void {
        const isWritten = from !== (to ?? this.written(id));
        if (this.config.flushMs > 0 && isWritten && [...holders].every((node) => this.powerLostMs.has(node))) {
            const reason = `${shard.name} was left only on DataNodes that had lost power before, and what had not reached their disks then they may lack`;
            this.world.mayLose(id, reason);
        }
    }

    private lostPowerLately(node: NodeId): boolean {
        return this.world.now - (this.powerLostMs.get(node) ?? -Infinity) < this.config.flushMs;
    }

    /** None is left of the copies that were written at first. */
    private noteLuck({ id, shard }: Block, { from, to, copiedTo }: Span, left: readonly NodeId[]): void {
        if (from !== (to ?? this.written(id)) && left.every((node) => copiedTo.has(node))) {
            const name = this.world.topology.nodes[left[0]!]!.name;
            const reason = `${shard.name} was left only where it had been copied anew, on ${name}, and where and how soon HDFS does that is a matter of chance`;
            this.world.mayLose(id, reason);
        }
    }

    private spanFrom(block: Block, holders: Iterable<NodeId>, from: number): Span {
        const span = { holders: new Set(holders), copiedTo: new Set<NodeId>(), from, to: undefined };
        span.holders.forEach((node) => this.noteHolder(block, node));
        return span;
    }

    private noteHolder(block: Block, node: NodeId): void {
        const known = this.blocksOf.get(node) ?? new Set<Block>();
        this.blocksOf.set(node, known.add(block));
    }

    private forEachSpanOf(node: NodeId, visit: (block: Block, span: Span) => void): void {
        for (const block of this.blocksOf.get(node) ?? []) {
            for (const span of this.spans.get(block.id)!.filter(({ holders }) => holders.has(node))) {
                visit(block, span);
            }
        }
    }

    /** The span keeps what is older than the write of this number. */
    private lose(block: Block, span: Span, from: number, cause: Cause): void {
        const end = span.to ?? this.written(block.id);
        if (end > from) {
            this.world.lose(block.id, end - from, cause);
        }
        // What follows through the same pipeline is counted anew.
        const isOpen = span.to === undefined;
        span.to = Math.min(end, Math.max(from, span.from));
        if (isOpen) {
            this.spans.get(block.id)!.push(this.spanFrom(block, span.holders, end));
        }
    }

    /** Writes are acknowledged by the NameNode, which closes the block when its copies stand. */
    private written(shard: ShardId): number {
        return this.config.namenodes.reduce((sum, node) => sum + this.world.acknowledged(shard, node), 0);
    }

    private snapshot(faultMs: number): void {
        this.flushed.set(faultMs, new Map(this.blocks.all.map(({ id }) => [id, this.written(id)])));
    }
}
