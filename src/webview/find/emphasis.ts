/** Dims what neither the search nor the filter by cluster is about. */
import { chosenDrawing, drawnElements, drawnNodes, type DrawnNode } from '../../diagram/index.js';
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
export function emphasise({ drawing, links, element }: Shown, wanted: Wanted): void {
    const { hits, clusters } = wanted;
    const node = emphasisOf(wanted);
    const mark = (id: string, holder: string, lit: boolean): void => {
        const target = element(id);
        target?.closest(holder)?.classList.toggle('dim', !lit);
        target?.parentElement?.classList.toggle('hit', hits?.has(id) === true);
    };
    const found = (id: string): boolean => hits === undefined || hits.has(id);
    const chosen = new Set(drawnElements(chosenDrawing(drawing, clusters)).map(({ id }) => id));
    const declared = new Set(drawing.links.map(({ id }) => id));
    for (const each of drawnNodes(drawing)) {
        mark(each.id, '.card', !node(each).dim);
        each.copies.forEach(({ id }) => element(id)?.parentElement?.classList.toggle('hit', hits?.has(id) === true));
    }
    for (const { id, addresses } of drawing.clusters) {
        mark(id, '.roof', chosen.has(id) && (found(id) || addresses.some((address) => found(address.id))));
    }
    for (const { id } of links) {
        mark(id, '.link', found(id) && (chosen.has(id) || !declared.has(id)));
    }
    for (const { id } of drawing.clients) {
        mark(id, '.client', found(id) && chosen.has(id));
    }
    for (const region of drawing.regions) {
        mark(region.id, '.region', true);
        region.zones.forEach(({ id }) => mark(id, '.zone', true));
    }
}
