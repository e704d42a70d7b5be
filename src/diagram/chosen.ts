/** What of a drawing is about the clusters that a reader has chosen. */
import { bundleLink, bundlesOf } from './copying.js';
import type { Drawing, DrawnNode, Folded } from './drawing.js';

/** `clusters`: ids; none: all of the drawing. */
export function chosenDrawing(drawing: Drawing, clusters: ReadonlySet<string>): Drawing {
    if (clusters.size === 0) {
        return drawing;
    }
    const names = [...clusters].map((id) => `shard:${id.slice(id.indexOf(':') + 1)}`);
    const ofChosen = (shard: string): boolean => names.some((name) => shard === name || shard.startsWith(`${name}.`));
    const members = (nodes: readonly DrawnNode[]): readonly DrawnNode[] =>
        nodes
            .filter((node) => node.clusters.some((id) => clusters.has(id)))
            .map((node) => ({ ...node, copies: node.copies.filter(({ shard }) => ofChosen(shard)) }));
    const within = <T extends { readonly nodes: readonly DrawnNode[]; readonly folded?: Folded }>(place: T): T => ({
        ...place,
        nodes: members(place.nodes),
        ...(place.folded && { folded: { ...place.folded, nodes: members(place.folded.nodes) } }),
    });
    const regions = drawing.regions.map((region) => within({ ...region, zones: region.zones.map(within) }));
    const placeless = members(drawing.placeless);
    const links = [
        ...bundlesOf({ regions, placeless }).map(bundleLink),
        ...drawing.links.filter(({ from, to }) => clusters.has(from) || clusters.has(to)),
    ];
    const asking = new Set(links.map(({ from }) => from));
    return {
        ...drawing,
        regions,
        placeless,
        clusters: drawing.clusters.filter(({ id }) => clusters.has(id)),
        clients: drawing.clients.filter(({ id }) => asking.has(id)),
        links,
    };
}
