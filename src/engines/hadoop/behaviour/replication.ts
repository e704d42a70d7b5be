import type { Cause, HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { counted, setDuration, type NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { restOnSetting } from '../../shared/assumed.js';
import type { HadoopConfig } from '../config.js';
import type { Block, Blocks } from './blocks.js';
import type { NameNodes } from './namenodes.js';

/** A copy on its way. */
interface Transfer {
    readonly block: Block;
    readonly from: NodeId;
    readonly to: NodeId;
}

/**
 * Makes lost copies anew and deletes those that are too many. Every few seconds the active NameNode hands out work, so much
 * for each living DataNode, the blocks with the fewest copies first (BlockManager, RedundancyMonitor).
 */
export class Replication {
    private readonly roundMs: number;
    private readonly perDatanode: number;
    private readonly streams: number;
    private readonly draws: RandomStream;
    private readonly onRound: HandlerId;
    private readonly onCopied: HandlerId;
    private readonly transfers: (Transfer | undefined)[] = [];
    /** Copies that each DataNode sends now. */
    private readonly sending = new Map<NodeId, number>();
    private isRunning = false;
    private hasWork = false;
    private cause: Cause = -1;

    constructor(
        context: EngineContext,
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly namenodes: NameNodes,
        private readonly blocks: Blocks,
        /** A DataNode has a further copy of the block. */
        private readonly copied: (block: Block, node: NodeId) => void,
    ) {
        this.roundMs = context.duration('dfs.namenode.redundancy.interval.seconds');
        this.perDatanode = context.number('dfs.namenode.replication.work.multiplier.per.iteration');
        this.streams = context.number('dfs.namenode.replication.max-streams');
        this.draws = world.stream(`${world.cluster.name} blocks`, 'replication');
        this.onRound = world.handler(() => this.round());
        this.onCopied = world.handler((transfer) => this.arrived(transfer));
    }

    /** Copies were lost or came back, or another NameNode is active: looks at the next round. */
    review(cause: Cause): void {
        this.cause = cause;
        if (!this.isRunning && this.active() !== undefined) {
            this.isRunning = true;
            this.world.schedule(this.world.now + this.draws.between(0, this.roundMs), this.onRound);
        }
    }

    private round(): void {
        this.isRunning = false;
        const namenode = this.active();
        if (namenode === undefined) {
            return;
        }
        const living = this.config.datanodes.filter((node) => this.blocks.isUsable(namenode, node));
        this.deleteExcess(namenode);
        const short = this.shortBlocks(namenode, living);
        this.tell(namenode, short);
        let orders = this.perDatanode * living.length;
        for (const block of short) {
            if (orders <= 0) {
                break;
            }
            orders -= this.order(namenode, block, living) ? 1 : 0;
        }
        if (short.length > 0) {
            this.isRunning = true;
            this.world.schedule(this.world.now + this.roundMs, this.onRound);
        }
    }

    /** Those that can be mended, the fewest copies first. */
    private shortBlocks(namenode: NodeId, living: readonly NodeId[]): readonly Block[] {
        return this.blocks.all
            .map((block) => ({ block, counted: this.blocks.countedCopies(namenode, block).length }))
            .filter(({ block, counted }) => counted < block.wanted && this.canMend(namenode, block, living))
            .sort((one, other) => one.counted - other.counted)
            .map(({ block }) => block);
    }

    private canMend(namenode: NodeId, block: Block, living: readonly NodeId[]): boolean {
        if (this.blocks.knownCopies(namenode, block).length === 0) {
            return false;
        }
        return this.blocks.livingCopies(block).length > 0 && living.some((node) => !block.holders.includes(node));
    }

    private tell(namenode: NodeId, short: readonly Block[]): void {
        const had = this.hasWork;
        this.hasWork = short.length > 0;
        if (this.hasWork !== had) {
            const name = this.world.topology.nodes[namenode]!.name;
            this.cause = this.world.record({
                kind: 'recovery',
                text: this.hasWork
                    ? `${name} has ${counted(short.length, 'block')} copied anew that ${short.length === 1 ? 'has' : 'have'} too few copies`
                    : `${name} ${this.lacksCopies(namenode) ? 'finds no more blocks that it could have copied' : 'finds that every block has its copies again'}`,
                cause: this.cause,
                node: namenode,
            });
            this.world.changed();
        }
    }

    private lacksCopies(namenode: NodeId): boolean {
        return this.blocks.all.some((block) => this.blocks.countedCopies(namenode, block).length < block.wanted);
    }

    private order(namenode: NodeId, block: Block, living: readonly NodeId[]): boolean {
        const known = this.blocks.countedCopies(namenode, block);
        if (known.length + block.targets.size >= block.wanted) {
            return false;
        }
        // Those that are to go send first: nobody writes to them (BlockManager.chooseSourceDatanodes).
        const senders = this.blocks.livingCopies(block).filter((node) => (this.sending.get(node) ?? 0) < this.streams);
        const from = senders.find((node) => this.blocks.leaving.has(node)) ?? senders[0];
        const to = this.targetFor(block, known, living);
        if (from === undefined || to === undefined) {
            return false;
        }
        block.targets.add(to);
        this.sending.set(from, (this.sending.get(from) ?? 0) + 1);
        this.transfers.push({ block, from, to });
        const fact = `A block is copied to another DataNode in ${setDuration(block.copyMs)}`;
        restOnSetting(this.world, this.config, 'assumed.block.copy-time', fact, { shard: block.shard });
        // The order goes out with the answer to the next heartbeat of the DataNode that sends.
        const startMs = this.world.now + this.draws.between(0, this.config.heartbeatMs);
        this.world.schedule(startMs + block.copyMs, this.onCopied, this.transfers.length - 1);
        return true;
    }

    /** By chance, in another rack while all copies stand in one. */
    private targetFor(block: Block, known: readonly NodeId[], living: readonly NodeId[]): NodeId | undefined {
        const free = living.filter((node) => !block.holders.includes(node) && !block.targets.has(node));
        const racks = new Set([...known, ...block.targets].map((node) => this.blocks.rackOf(node)));
        const elsewhere = racks.size === 1 ? free.filter((node) => !racks.has(this.blocks.rackOf(node))) : [];
        const choices = elsewhere.length > 0 ? elsewhere : free;
        return choices[this.draws.below(Math.max(1, choices.length))];
    }

    private arrived(index: number): void {
        const { block, from, to } = this.transfers[index]!;
        this.transfers[index] = undefined;
        this.sending.set(from, this.sending.get(from)! - 1);
        block.targets.delete(to);
        const isSound = [from, to].every((node) => this.world.process(node) === 'running');
        if (isSound && block.holders.includes(from) && !block.holders.includes(to)) {
            block.holders.push(to);
            this.world.placed(block.id, block.holders);
            this.copied(block, to);
        }
    }

    /** Of too many copies the last made go first, while the others stand in as many racks. */
    private deleteExcess(namenode: NodeId): void {
        for (const block of this.blocks.all) {
            if (block.holders.length > block.wanted) {
                let known = this.blocks.countedCopies(namenode, block);
                while (known.length > block.wanted) {
                    const gone = known.findLast((node) => this.racksWithout(known, node) >= 2) ?? known.at(-1)!;
                    block.holders.splice(block.holders.indexOf(gone), 1);
                    known = this.blocks.countedCopies(namenode, block);
                }
            }
        }
    }

    private racksWithout(copies: readonly NodeId[], gone: NodeId): number {
        return new Set(copies.filter((node) => node !== gone).map((node) => this.blocks.rackOf(node))).size;
    }

    private active(): NodeId | undefined {
        return this.namenodes.leaders().find((node) => !this.namenodes.inSafeMode(node));
    }
}
