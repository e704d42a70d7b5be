import type { World } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import { Followers, writePeriodsMs } from '../../shared/managed/index.js';
import { connected } from '../../shared/simulation/index.js';

/** How far each instance is behind the writer: its cache learns of changes from the writer, not from the volume. */
export class Readers {
    private readonly nodes: readonly NodeId[];
    private readonly followers: Followers;
    private readonly writeEveryMs: number;

    constructor(
        private readonly world: World,
        private readonly service: ShardId,
        private readonly lagMs: number,
        /** The instance that writes, if one does. */
        private readonly writer: () => NodeId | undefined,
    ) {
        this.nodes = world.cluster.members.map(({ node }) => node);
        this.writeEveryMs = writePeriodsMs(world.topology).get(service) ?? Infinity;
        this.followers = new Followers(world, {
            copies: this.nodes.length,
            lagMs: () => lagMs,
            count: () => this.acknowledged(),
            flows: (copy) => this.hears(this.nodes[copy]!),
        });
    }

    start(): void {
        this.followers.start();
    }

    review(): void {
        this.followers.review();
    }

    /** Whether a read there misses writes that have been acknowledged. */
    isStale(node: NodeId): boolean {
        const writer = this.writer();
        const copy = this.nodes.indexOf(node);
        if (node === writer) {
            return false;
        }
        if (this.followers.isCutOff(copy)) {
            return this.followers.has(copy) < this.acknowledged();
        }
        return writer !== undefined && this.lagMs >= this.writeEveryMs;
    }

    /** Whether the next write makes reads there stale. */
    isAboutToMiss(node: NodeId): boolean {
        return this.writer() !== undefined && this.followers.isAboutToMiss(this.nodes.indexOf(node));
    }

    private hears(node: NodeId): boolean {
        const writer = this.writer();
        return writer === undefined || connected(this.world, writer, node);
    }

    private acknowledged(): number {
        return this.nodes.reduce((sum, node) => sum + this.world.acknowledged(this.service, node), 0);
    }
}
