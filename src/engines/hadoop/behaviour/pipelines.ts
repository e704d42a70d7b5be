import type { Point, World } from '../../../simulator/index.js';
import type { NodeId, Setting, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { HadoopConfig } from '../config.js';
import type { Block, Blocks } from './blocks.js';
import type { DataNodes } from './datanodes.js';
import type { Ledger } from './ledger.js';

const POLICY = 'dfs.client.block.write.replace-datanode-on-failure';

/** A pipeline lost DataNodes while files were open. */
interface Break {
    readonly round: number;
    /** DataNodes that were left. */
    readonly left: number;
    readonly lost: ReadonlySet<NodeId>;
    readonly former: readonly NodeId[];
}

/** The DataNodes that a new block is written to, and what becomes of writers when one of them fails. */
export class Pipelines {
    private readonly current = new Map<ShardId, readonly NodeId[]>();
    private readonly breaks = new Map<ShardId, Break>();
    /** The last break that each writer has gone through. */
    private readonly survived = new Map<string, number>();
    private good: ReadonlySet<NodeId>;
    /** How many were to go when it was looked last. */
    private leaving = 0;

    constructor(
        private readonly context: EngineContext,
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly blocks: Blocks,
        private readonly datanodes: DataNodes,
    ) {
        this.good = new Set(config.datanodes);
        blocks.all.forEach((block) =>
            this.current.set(
                block.id,
                this.choose(block, () => true),
            ),
        );
    }

    of({ id }: Block): readonly NodeId[] {
        return this.current.get(id)!;
    }

    /** Those that hold the block first, then others in turn: as many as it is to have copies. */
    choose(block: Block, mayBe: (datanode: NodeId) => boolean): readonly NodeId[] {
        const { datanodes } = this.config;
        const { holders, wanted } = block;
        const chosen = holders.filter(mayBe).slice(0, wanted);
        for (let turn = 0; turn < datanodes.length && chosen.length < wanted; turn++) {
            const node = datanodes[(block.id + turn) % datanodes.length]!;
            if (!holders.includes(node) && mayBe(node)) {
                chosen.push(node);
            }
        }
        return chosen;
    }

    review(ledger: Ledger): void {
        const good = new Set(
            this.config.datanodes.filter(
                (node) => this.world.process(node) === 'running' && this.datanodes.isHeard(node),
            ),
        );
        const { leaving } = this.blocks;
        const isSame = good.size === this.good.size && [...good].every((node) => this.good.has(node));
        if (isSame && leaving.size === this.leaving) {
            return;
        }
        this.good = good;
        this.leaving = leaving.size;
        for (const block of this.blocks.all) {
            const former = this.current.get(block.id)!;
            const next = this.choose(block, (node) => good.has(node) && !leaving.has(node));
            const lost = former.filter((node) => !good.has(node));
            if (lost.length > 0) {
                const round = (this.breaks.get(block.id)?.round ?? 0) + 1;
                this.breaks.set(block.id, { round, left: former.length - lost.length, lost: new Set(lost), former });
            }
            if (next.length !== former.length || next.some((node, index) => node !== former[index])) {
                this.current.set(block.id, next);
                ledger.pipelineChanged(block);
            }
        }
    }

    /**
     * Why a writer whose file is open cannot go on after its pipeline broke: its policy demands another DataNode and there is
     * none. Undefined if it can. Its next write begins a new block.
     */
    stops(
        block: Block,
        client: Point,
        settings: readonly Setting[],
        mayBe: (node: NodeId) => boolean,
    ): string | undefined {
        const broken = this.breaks.get(block.id);
        if (broken === undefined || this.survived.get(`${client}/${block.id}`) === broken.round) {
            return undefined;
        }
        const spare = this.config.datanodes.some((node) => !broken.former.includes(node) && mayBe(node));
        const demanded = this.demandsReplacement(block, broken.left, settings);
        return demanded && !spare
            ? 'a DataNode of the pipeline failed, the policy demands another, and there is none'
            : undefined;
    }

    wentThrough(block: Block, client: Point): void {
        const round = this.breaks.get(block.id)?.round;
        if (round !== undefined) {
            this.survived.set(`${client}/${block.id}`, round);
        }
    }

    /** Acknowledged data has been flushed, so `DEFAULT` demands it with three copies or more as soon as one is gone. */
    private demandsReplacement(block: Block, left: number, settings: readonly Setting[]): boolean {
        const said = (key: string): string | undefined =>
            settings.findLast((setting) => setting.key === `${POLICY}.${key}`)?.values[0]?.text;
        const isOn = (key: string): boolean =>
            (said(key) ?? String(this.context.boolean(`${POLICY}.${key}`))) === 'true';
        const policy = said('policy') ?? this.context.text(`${POLICY}.policy`);
        if (!isOn('enable') || isOn('best-effort') || policy === 'NEVER') {
            return false;
        }
        return policy === 'ALWAYS' || (block.wanted >= 3 && block.wanted > left);
    }
}
