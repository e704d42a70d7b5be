/** Whom the provider's own monitor takes for healthy. */
import type { Belief, Point, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { connected } from '../simulation/index.js';

/**
 * A monitor that looks from every zone of the node's Region and from outside, and believes the majority: a node that one zone
 * alone still reaches counts as failed. Zones without power have no say. How AWS watches is not documented: an assumption.
 */
export class Watch {
    /** Nodes that it has told to be failed while their processes go on, cut off or frozen. */
    private readonly held = new Set<NodeId>();

    constructor(
        private readonly world: World,
        /** `Aurora` */
        readonly provider: string,
    ) {}

    /** The node counts as failed from now on, as the event says that carries this. */
    failed(node: NodeId): Belief {
        if (this.goesOn(node)) {
            this.held.add(node);
        }
        return { holds: 'failed', about: [node], by: 'cluster' };
    }

    /** A process has begun anew, as the event says that carries this. */
    healthy(node: NodeId): Belief {
        this.held.delete(node);
        return { holds: 'alive', about: [node], by: 'cluster' };
    }

    /** To be called after every change: what counted as failed is seen again. A process that has ended is told of as it begins. */
    review(): void {
        for (const node of this.held) {
            if (!this.goesOn(node)) {
                this.held.delete(node);
            }
        }
        for (const node of [...this.held].filter((each) => this.sees(each))) {
            this.world.record({
                kind: 'detection',
                text: `${this.provider} finds ${this.world.topology.nodes[node]!.name} healthy again`,
                cause: this.world.lastFault(node),
                node,
                belief: this.healthy(node),
            });
        }
    }

    sees(node: NodeId): boolean {
        const { world } = this;
        if (world.process(node) !== 'running') {
            return false;
        }
        const views = this.viewpoints(node);
        return 2 * views.filter((view) => connected(world, view, node)).length > views.length;
    }

    private goesOn(node: NodeId): boolean {
        return ['running', 'frozen'].includes(this.world.process(node));
    }

    private viewpoints(node: NodeId): readonly Point[] {
        const { topology, outside } = this.world;
        const region = topology.nodes[node]!.region;
        const zones = region === undefined ? [] : topology.regions[region]!.zones;
        const inside = zones.map((zone) => this.world.providerIn(zone)).filter((point) => this.world.hasPower(point));
        return [...inside, outside];
    }
}
