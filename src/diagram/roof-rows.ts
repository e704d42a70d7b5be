/** Clusters in rows above the regions: each above those in which it has nodes, and above the clusters that it needs. */
import { groupedBy } from '../topology/index.js';
import { PLACELESS_ID, type Drawing, type DrawnLink } from './drawing.js';
import { GRID } from './geometry.js';
import { GAP } from './pack.js';
import type { RowItem } from './row-model.js';
import { roofSize } from './roof.js';

/** `span`: as wide as a row may be. */
export function roofRows(
    drawing: Drawing,
    regionRows: readonly (readonly RowItem[])[],
    span: number,
): readonly (readonly RowItem[])[] {
    const [regions = [], ...others] = regionRows;
    const needs = drawing.links.filter((link) => link.kind === 'dependency');
    const depths = dependencyDepths(drawing, needs);
    if (regions.length === 0 || others.length > 0) {
        const sized = drawing.clusters.map((cluster) => ({ id: cluster.id, ...roofSize(cluster) }));
        return [...groupedBy(sized, ({ id }) => depths.get(id) ?? 0)]
            .sort(([left], [right]) => left - right)
            .flatMap(([, items]) => wrapped(items, span));
    }
    const roofs = drawing.clusters.map((cluster): Roof => {
        const stands = cluster.regions.length === 0 ? [PLACELESS_ID] : cluster.regions;
        const at = regions.flatMap(({ id }, index) => (stands.includes(id) ? [index] : []));
        const size = roofSize(cluster);
        const whole = { first: 0, last: regions.length - 1 };
        const range = at.length === 0 ? whole : { first: Math.min(...at), last: Math.max(...at) };
        return { item: { id: cluster.id, ...size }, depth: depths.get(cluster.id) ?? 0, ...range };
    });
    return [...groupedBy(lowered(roofs, needs), ({ depth }) => depth)]
        .sort(([left], [right]) => left - right)
        .flatMap(([, level]) => levelRows(level, regions));
}

type Need = Pick<DrawnLink, 'from' | 'to'>;

interface Range {
    /** Indices of the outermost regions in which the cluster has nodes. */
    readonly first: number;
    readonly last: number;
}

interface Roof extends Range {
    readonly item: RowItem;
    /** From the top. */
    readonly depth: number;
}

const meet = (one: Range, other: Range): boolean => one.first <= other.last && other.first <= one.last;

/** Where fewer clusters stand on each other than elsewhere, they stand close to their regions. */
function lowered(roofs: readonly Roof[], needs: readonly Need[]): readonly Roof[] {
    const deepest = Math.max(0, ...roofs.map(({ depth }) => depth));
    const depths = new Map(
        roofs.map((roof) => {
            const beside = roofs.filter(({ first, last }) => first === roof.first && last === roof.last);
            return [roof.item.id, roof.depth + deepest - Math.max(...beside.map(({ depth }) => depth))];
        }),
    );
    for (let round = 0; round < roofs.length; round += 1) {
        for (const { from, to } of needs) {
            depths.set(from, Math.min(depths.get(from) ?? 0, (depths.get(to) ?? 0) - 1));
        }
    }
    return roofs.map((roof) => ({ ...roof, depth: Math.max(roof.depth, depths.get(roof.item.id) ?? 0) }));
}

/** The widest last, close to all of its regions; what stands over other regions may share a row. */
function levelRows(level: readonly Roof[], regions: readonly RowItem[]): readonly (readonly RowItem[])[] {
    const rows: { readonly ranges: Range[]; readonly items: RowItem[] }[] = [];
    const groups = [...groupedBy(level, ({ first, last }) => `${first} ${last}`).values()];
    const width = ({ first, last }: Range): number => rowWidth(regions.slice(first, last + 1));
    const lines = groups.flatMap(([range, ...others]) =>
        range === undefined
            ? []
            : wrapped(
                  [range, ...others].map(({ item }) => item),
                  width(range),
              ).map((items) => ({ range, items: above(shared(items, width(range)), regions[range.first]?.id ?? '') })),
    );
    lines.sort((one, other) => one.range.last - one.range.first - (other.range.last - other.range.first));
    for (const { range, items } of lines) {
        const free = rows.find(({ ranges }) => ranges.every((other) => !meet(range, other)));
        const row = free ?? { ranges: [], items: [] };
        row.ranges.push(range);
        row.items.push(...items);
        if (free === undefined) rows.push(row);
    }
    const left = ({ above: at }: RowItem): number => regions.findIndex(({ id }) => id === at?.id);
    return rows.map(({ items }) => items.sort((one, other) => left(one) - left(other)));
}

function above(items: readonly RowItem[], id: string): RowItem[] {
    let offset = 0;
    return items.map((item) => {
        const placed = { ...item, above: { id, offset } };
        offset += item.width + GAP;
        return placed;
    });
}

/** Equal parts of the width, so that no name moves another's roof; where one needs more, what is left is shared. */
function shared(items: readonly RowItem[], width: number): readonly RowItem[] {
    const room = width - (items.length - 1) * GAP;
    const part = Math.floor(room / items.length / GRID) * GRID;
    const equal = items.every((item) => item.width <= part);
    const extra = Math.floor((width - rowWidth(items)) / items.length / GRID) * GRID;
    const widths = items.map((item) => (equal ? part : items.length === 1 ? room : item.width + extra));
    const rest = room - widths.reduce((sum, each) => sum + each, 0);
    return items.map((item, at) => ({
        ...item,
        width: (widths[at] ?? item.width) + (at === items.length - 1 ? rest : 0),
    }));
}

/** How many clusters stand on top of each: the longest chain of needs that leads to it. */
function dependencyDepths({ clusters }: Drawing, needs: readonly Need[]): ReadonlyMap<string, number> {
    const depths = new Map(clusters.map((cluster): [string, number] => [cluster.id, 0]));
    const limit = Math.max(0, clusters.length - 1);
    // Clusters that need each other in a circle would sink for ever: no chain is longer than there are clusters.
    for (let round = 0; round < clusters.length; round += 1) {
        for (const { from, to } of needs) {
            const below = Math.min(limit, (depths.get(from) ?? 0) + 1);
            depths.set(to, Math.max(depths.get(to) ?? 0, below));
        }
    }
    return depths;
}

export function rowWidth(row: readonly RowItem[]): number {
    return row.reduce((sum, item) => sum + item.width, 0) + Math.max(0, row.length - 1) * GAP;
}

/** In as few rows as fit into the width, each about as wide as the others. */
export function wrapped(items: readonly RowItem[], width: number): RowItem[][] {
    const fewest = filled(items, width);
    const total = rowWidth(items);
    for (let share = total / fewest.length; share < width; share += GRID * 3) {
        const rows = filled(items, share);
        if (rows.length === fewest.length) {
            return rows;
        }
    }
    return fewest;
}

/** Each row takes as much as it can. */
function filled(items: readonly RowItem[], width: number): RowItem[][] {
    const rows: RowItem[][] = [[]];
    for (const item of items) {
        const row = rows.at(-1);
        if (row !== undefined && row.length > 0 && rowWidth([...row, item]) > width) {
            rows.push([item]);
        } else {
            row?.push(item);
        }
    }
    return rows;
}
