import type { Drawing, Drawn, DrawnNode } from './drawing.js';

export function drawnNodes(drawing: Drawing): DrawnNode[] {
    const inRegions = drawing.regions.flatMap((region) => [
        ...region.zones.flatMap((zone) => zone.nodes),
        ...region.nodes,
    ]);
    return [...inRegions, ...drawing.placeless];
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
