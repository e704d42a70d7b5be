import type { World } from '../../../simulator/index.js';
import type { NodeId, Shard, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { rackOf } from '../roles.js';
import type { DataNodes } from './datanodes.js';

/** A block: where its copies stand, and how many it is to have. */
export interface Block {
    readonly id: ShardId;
    readonly shard: Shard;
    readonly wanted: number;
    readonly copyMs: number;
    /** DataNodes that have it on disk, whether they live or not. */
    readonly holders: NodeId[];
    /** DataNodes that are being sent a copy. */
    readonly targets: Set<NodeId>;
}

/** Where the copies of all blocks are. */
export class Blocks {
    readonly all: readonly Block[];
    /** DataNodes that are to go and get no new blocks. */
    readonly leaving = new Set<NodeId>();
    /** Those among them whose copies the NameNode has begun to replace. */
    readonly uncounted = new Set<NodeId>();
    /** Those among them that may go: readers are led to them last. */
    readonly decommissioned = new Set<NodeId>();
    private readonly byShard: ReadonlyMap<ShardId, Block>;
    private readonly racks: ReadonlyMap<NodeId, string>;

    constructor(
        context: EngineContext,
        private readonly world: World,
        private readonly datanodes: DataNodes,
    ) {
        const { cluster, topology } = context;
        this.all = cluster.shards.map((id) => {
            const shard = topology.shards[id]!;
            const group = shard.group === undefined ? undefined : topology.groups[shard.group];
            return {
                id,
                shard,
                wanted: group?.copies ?? shard.copies.length,
                copyMs: context.duration('assumed.block.copy-time', { shard }),
                holders: [...shard.copies],
                targets: new Set<NodeId>(),
            };
        });
        this.byShard = new Map(this.all.map((block) => [block.id, block]));
        this.racks = new Map(cluster.members.map(({ node }) => [node, rackOf(topology.nodes[node]!)]));
    }

    at(shard: ShardId): Block {
        return this.byShard.get(shard)!;
    }

    rackOf(node: NodeId): string {
        return this.racks.get(node)!;
    }

    /** The DataNode has no copies any more. */
    forget(node: NodeId): void {
        for (const { holders } of this.all.filter((block) => block.holders.includes(node))) {
            holders.splice(holders.indexOf(node), 1);
        }
    }

    /** Copies that the NameNode takes for good. */
    knownCopies(namenode: NodeId, { holders }: Block): readonly NodeId[] {
        return holders.filter((node) => !this.datanodes.isDead(namenode, node));
    }

    /** Those of them that are to stay. */
    countedCopies(namenode: NodeId, block: Block): readonly NodeId[] {
        return this.knownCopies(namenode, block).filter((node) => !this.uncounted.has(node));
    }

    /** Copies that can be read and copied now. */
    livingCopies({ holders }: Block): readonly NodeId[] {
        return holders.filter((node) => this.world.process(node) === 'running' && this.datanodes.isHeard(node));
    }

    isWhole(shard: ShardId): boolean {
        const block = this.byShard.get(shard);
        return (
            block === undefined ||
            this.livingCopies(block).filter((node) => !this.leaving.has(node)).length >= block.wanted
        );
    }

    /** Whether a NameNode that starts has heard of enough blocks; it rounds the number that it waits for down. */
    hasReports(share: number, leastCopies: number): boolean {
        const enough = this.all.filter((block) => this.livingCopies(block).length >= leastCopies).length;
        return enough >= Math.floor(this.all.length * share);
    }

    /** Whether the NameNode can send new copies there. */
    isUsable(namenode: NodeId, node: NodeId): boolean {
        return (
            this.datanodes.isFresh(namenode, node) && this.world.process(node) === 'running' && !this.leaving.has(node)
        );
    }
}
