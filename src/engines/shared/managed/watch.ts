/** Whom the provider's own monitor takes for healthy. */
import type { Point, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { connected } from '../simulation/index.js';

/**
 * A monitor that looks from every zone of the node's Region and from outside, and believes the majority: a node that one zone
 * alone still reaches counts as failed. Zones without power have no say. How AWS watches is not documented: an assumption.
 */
export class Watch {
    constructor(private readonly world: World) {}

    sees(node: NodeId): boolean {
        const { world } = this;
        if (world.process(node) !== 'running') {
            return false;
        }
        const views = this.viewpoints(node);
        return 2 * views.filter((view) => connected(world, view, node)).length > views.length;
    }

    private viewpoints(node: NodeId): readonly Point[] {
        const { topology, outside } = this.world;
        const region = topology.nodes[node]!.region;
        const zones = region === undefined ? [] : topology.regions[region]!.zones;
        const inside = zones.map((zone) => this.world.providerIn(zone)).filter((point) => this.world.hasPower(point));
        return [...inside, outside];
    }
}
