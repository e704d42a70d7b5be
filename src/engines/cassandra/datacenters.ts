/** Regions are datacenters, and zones are racks unless a node names its own. */
import type { NodeId, RegionId } from '../../topology/index.js';
import type { PlacementGround } from '../engine.js';

export interface Datacenter {
    /** Missing for nodes that stand in no region; Cassandra would call theirs `datacenter1`. */
    readonly region: RegionId | undefined;
    readonly racks: readonly Rack[];
    /** Nodes in order of declaration. */
    readonly nodes: readonly NodeId[];
}

interface Rack {
    readonly name: string;
    readonly nodes: readonly NodeId[];
}

type Ground = Pick<PlacementGround, 'members' | 'node' | 'zoneOf'>;

/** Datacenters and racks in the order in which the members first stand in them. */
export function datacentersOf({ members, node, zoneOf }: Ground): readonly Datacenter[] {
    const found = new Map<RegionId | undefined, Map<string, NodeId[]>>();
    for (const member of members) {
        const { region, rack } = node(member.node);
        const racks = found.get(region) ?? new Map<string, NodeId[]>();
        found.set(region, racks);
        const name = rack ?? zoneOf(member.node)?.qualifiedName ?? 'rack1';
        const nodes = racks.get(name) ?? [];
        racks.set(name, nodes);
        nodes.push(member.node);
    }
    return [...found].map(([region, racks]) => ({
        region,
        racks: [...racks].map(([name, nodes]) => ({ name, nodes })),
        nodes: [...racks.values()].flat().sort((one, other) => one - other),
    }));
}
