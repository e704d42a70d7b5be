/** What of a drawing is about the clusters that a reader has chosen. */
import { unzonedId, type Drawing, type DrawnLink, type DrawnNode, type Folded } from './drawing.js';

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
    const copied = copiedBetween(regions);
    const concerns = ({ id, from, to }: DrawnLink): boolean => clusters.has(from) || clusters.has(to) || copied.has(id);
    const links = drawing.links.filter(concerns);
    const asking = new Set(links.map(({ from }) => from));
    return {
        ...drawing,
        regions,
        placeless: members(drawing.placeless),
        clusters: drawing.clusters.filter(({ id }) => clusters.has(id)),
        clients: drawing.clients.filter(({ id }) => asking.has(id)),
        links,
    };
}

/** Ids of the links between places along which a shard on these nodes is copied. */
function copiedBetween(regions: Drawing['regions']): ReadonlySet<string> {
    const holders = new Map<string, { leader?: readonly string[]; readonly places: string[] }>();
    const look = (nodes: readonly DrawnNode[], places: readonly string[]): void => {
        for (const { shard, role } of nodes.flatMap(({ copies }) => copies)) {
            const known = holders.get(shard) ?? { places: [] };
            known.places.push(...places);
            holders.set(shard, role === 'leader' ? { ...known, leader: places } : known);
        }
    };
    for (const region of regions) {
        region.zones.forEach(({ id, nodes, folded }) => look(folded?.nodes ?? nodes, [id, region.id]));
        look(region.folded?.nodes ?? region.nodes, [region.id, unzonedId(region.id)]);
    }
    return new Set(
        [...holders.values()].flatMap(({ leader = [], places }) =>
            leader.flatMap((from) => places.map((to) => `link:replication:${from}>${to}`)),
        ),
    );
}
