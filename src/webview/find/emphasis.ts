/** Dims what neither the search nor the filter by cluster is about. */
import { drawnNodes, type Drawing, type DrawnLink, type DrawnNode } from '../../diagram/index.js';
import type { Shown } from '../picture.js';

export interface Wanted {
    /** Ids of what was found; undefined: nothing is looked for. */
    readonly hits: ReadonlySet<string> | undefined;
    /** Ids of clusters; none: all of them. */
    readonly clusters: ReadonlySet<string>;
}

export interface NodeEmphasis {
    readonly dim: boolean;
    readonly emphasised: boolean;
}

export function emphasisOf({ hits, clusters }: Wanted): (node: DrawnNode) => NodeEmphasis {
    return (node) => {
        const hit = hits !== undefined && (hits.has(node.id) || node.copies.some(({ id }) => hits.has(id)));
        const filtered = clusters.size > 0 && !node.clusters.some((id) => clusters.has(id));
        return { dim: filtered || (hits !== undefined && !hit), emphasised: hit };
    };
}

/** Writes it on the painted elements. */
export function emphasise({ drawing, element }: Shown, wanted: Wanted): void {
    const { hits, clusters } = wanted;
    const node = emphasisOf(wanted);
    const mark = (id: string, holder: string, lit: boolean): void => {
        const target = element(id);
        target?.closest(holder)?.classList.toggle('dim', !lit);
        target?.parentElement?.classList.toggle('hit', hits?.has(id) === true);
    };
    const found = (id: string): boolean => hits === undefined || hits.has(id);
    const chosen = (id: string): boolean => clusters.size === 0 || clusters.has(id);
    for (const each of drawnNodes(drawing)) {
        mark(each.id, '.card', !node(each).dim);
        each.copies.forEach(({ id }) => element(id)?.parentElement?.classList.toggle('hit', hits?.has(id) === true));
    }
    for (const { id, addresses } of drawing.clusters) {
        mark(id, '.roof', chosen(id) && (found(id) || addresses.some((address) => found(address.id))));
    }
    const pairs = clusters.size === 0 ? undefined : copiedBetween(drawing, clusters);
    for (const link of drawing.links) {
        mark(link.id, '.link', found(link.id) && concerns(link, clusters, pairs));
    }
    const served = new Set(drawing.links.filter(({ to }) => clusters.has(to)).map(({ from }) => from));
    for (const { id } of drawing.clients) {
        mark(id, '.client', found(id) && (clusters.size === 0 || served.has(id)));
    }
    for (const region of drawing.regions) {
        mark(region.id, '.region', true);
        region.zones.forEach(({ id }) => mark(id, '.zone', true));
    }
}

function concerns(link: DrawnLink, clusters: ReadonlySet<string>, pairs: ReadonlySet<string> | undefined): boolean {
    return pairs === undefined || clusters.has(link.from) || clusters.has(link.to) || pairs.has(link.id);
}

/** Ids of the links between places along which a shard of the clusters is copied. */
function copiedBetween(drawing: Drawing, clusters: ReadonlySet<string>): ReadonlySet<string> {
    const names = [...clusters].map((id) => `shard:${id.slice(id.indexOf(':') + 1)}`);
    const holders = new Map<string, { leader?: readonly string[]; readonly places: string[] }>();
    const look = (nodes: readonly DrawnNode[], places: readonly string[]): void => {
        for (const { shard, role } of nodes.flatMap(({ copies }) => copies)) {
            if (names.some((name) => shard === name || shard.startsWith(`${name}.`))) {
                const known = holders.get(shard) ?? { places: [] };
                known.places.push(...places);
                holders.set(shard, role === 'leader' ? { ...known, leader: places } : known);
            }
        }
    };
    for (const region of drawing.regions) {
        region.zones.forEach(({ id, nodes }) => look(nodes, [id, region.id]));
        look(region.nodes, [region.id]);
    }
    return new Set(
        [...holders.values()].flatMap(({ leader = [], places }) =>
            leader.flatMap((from) => places.map((to) => `link:replication:${from}>${to}`)),
        ),
    );
}
