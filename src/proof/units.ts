/** The things that can fail at one level. */
import { assertNever, type FailureLevel, type NodeId, type SourceRange, type Topology } from '../topology/index.js';

/** One node, rack, zone or region that may lose power, with all the nodes that it takes along. */
export interface FailureUnit {
    readonly level: FailureLevel;
    /** Index of the node, zone or region in the topology; for a rack, of its first node. */
    readonly id: number;
    /** As a person would name it: `cache-1`, `us-east-1.a`, `r1 in us-east-1.a`. */
    readonly name: string;
    readonly nodes: readonly NodeId[];
    readonly source: SourceRange;
}

/** The units of a level that hold at least one of the nodes that matter, in order of declaration. */
export function failureUnits(
    topology: Topology,
    level: FailureLevel,
    relevant: ReadonlySet<NodeId>,
): readonly FailureUnit[] {
    return unitsOf(topology, level).filter((unit) => unit.nodes.some((node) => relevant.has(node)));
}

function unitsOf(topology: Topology, level: FailureLevel): readonly FailureUnit[] {
    switch (level) {
        case 'node':
            return topology.nodes.map(({ id, qualifiedName, source }) => ({
                level,
                id,
                name: qualifiedName,
                nodes: [id],
                source,
            }));
        case 'rack':
            return racksOf(topology);
        case 'zone':
            return topology.zones.map(({ id, qualifiedName, source }) => ({
                level,
                id,
                name: qualifiedName,
                nodes: topology.nodes.filter((node) => node.zone === id).map((node) => node.id),
                source,
            }));
        case 'region':
            return topology.regions.map(({ id, name, source }) => ({
                level,
                id,
                name,
                nodes: topology.nodes.filter((node) => node.region === id).map((node) => node.id),
                source,
            }));
        default:
            return assertNever(level);
    }
}

/** Racks are named inside their place: `r1` in two zones are two racks. */
function racksOf(topology: Topology): readonly FailureUnit[] {
    const racks = new Map<string, { name: string; nodes: NodeId[]; source: SourceRange }>();
    for (const node of topology.nodes) {
        if (node.rack === undefined) {
            continue;
        }
        const zone = node.zone === undefined ? undefined : topology.zones[node.zone]?.qualifiedName;
        const place = zone ?? (node.region === undefined ? undefined : topology.regions[node.region]?.name);
        const name = place === undefined ? node.rack : `${node.rack} in ${place}`;
        const rack = racks.get(name) ?? { name, nodes: [], source: node.source };
        rack.nodes.push(node.id);
        racks.set(name, rack);
    }
    return [...racks.values()].map((rack) => ({ level: 'rack', id: rack.nodes[0] ?? 0, ...rack }));
}
