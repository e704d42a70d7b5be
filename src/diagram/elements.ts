import type { Drawing, Drawn, DrawnNode, DrawnRegion, DrawnZone } from './drawing.js';

/** Those that have a card. */
export function drawnNodes(drawing: Drawing): DrawnNode[] {
    const inRegions = drawing.regions.flatMap((region) => [
        ...region.zones.flatMap((zone) => zone.nodes),
        ...region.nodes,
    ]);
    return [...inRegions, ...drawing.placeless];
}

/** Those that are folded away, too. */
export function everyNode(drawing: Drawing): DrawnNode[] {
    const folded = drawnPlaces(drawing).flatMap((place) => place.folded?.nodes ?? []);
    return [...drawnNodes(drawing), ...folded];
}

export function drawnPlaces({ regions }: Drawing): (DrawnRegion | DrawnZone)[] {
    return regions.flatMap((region) => [region, ...region.zones]);
}

/** The nodes that a place stands for, whether they are folded away or not; of a node itself. */
export function nodesWithin(drawing: Drawing, id: string): readonly DrawnNode[] {
    const inZone = ({ nodes, folded }: DrawnZone): readonly DrawnNode[] => folded?.nodes ?? nodes;
    const region = drawing.regions.find((each) => each.id === id);
    if (region !== undefined) {
        return region.folded?.nodes ?? [...region.zones.flatMap(inZone), ...region.nodes];
    }
    const zone = drawing.regions.flatMap(({ zones }) => zones).find((each) => each.id === id);
    return zone === undefined ? drawnNodes(drawing).filter((node) => node.id === id) : inZone(zone);
}

/** Everything that can be pointed at. */
export function drawnElements(drawing: Drawing): Drawn[] {
    const nodes = drawnNodes(drawing);
    return [
        ...drawing.clients,
        ...drawing.clusters,
        ...drawing.clusters.flatMap((cluster) => cluster.addresses),
        ...drawing.regions,
        ...drawing.regions.flatMap((region) => region.zones),
        ...nodes,
        ...nodes.flatMap((node) => node.copies),
        ...drawing.links,
    ];
}
