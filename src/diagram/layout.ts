/** The drawing's positions: what packing, the own layout and ELK agree on. */
import type { Drawing, DrawnLink } from './drawing.js';
import { GRID, moved, onGrid, TYPE, type Box, type Size } from './geometry.js';
import { packZones, GAP, PLACE, type PackedRegion, type Packing } from './pack.js';
import { SIDE_WORDS, type RowItem, type RowLayout, type RowLink, type Route } from './row-model.js';
import { layoutRows } from './rows.js';
import { clientSize } from './roof.js';
import { roofRows, rowWidth, wrapped } from './roof-rows.js';
import { textWidth, truncateMiddle } from './text.js';

/** Positions by id: regions, places, clusters, clients and links. Cards stand relative to their place in the packing. */
export interface Layout extends Size {
    readonly boxes: ReadonlyMap<string, Box>;
    readonly routes: ReadonlyMap<string, Route>;
    readonly packing: Packing;
}

export const REGION = { padding: 16, header: 40 } as const;
export const MARGIN = 3 * GRID;
const LABEL_WIDTH = 88;
/** Below the name of a folded region: what it holds, and two lines of how it is. */
const FOLDED = 7 * GRID;

/** Words on a line, shortened to what fits between two containers. */
export function linkLabel(link: DrawnLink): string {
    return truncateMiddle(link.label, TYPE.caption, link.asynchronous ? LABEL_WIDTH : SIDE_WORDS);
}

export function labelWidth(link: DrawnLink): number {
    return link.label === '' ? 0 : Math.ceil(textWidth(linkLabel(link), TYPE.caption)) + 2 * GRID;
}

/** A region is a plain field; the only one needs none. */
export function hasField(packing: Packing): boolean {
    return packing.regions.length > 1;
}

export function layoutDrawing(drawing: Drawing, packing = packZones(drawing)): Layout {
    const regions = packing.regions.map((region) => layoutRegion(drawing, region, hasField(packing)));
    const skeleton = skeletonRows(
        drawing,
        regions.map(({ id, width, height }) => ({ id, width, height, hanging: true })),
    );
    const root = layoutRows(skeleton, rowLinks(drawing), { gap: GAP, sideways: false, loops: 'above' });
    const boxes = new Map([...root.boxes].map(([id, box]) => [id, moved(box, { x: MARGIN, y: MARGIN })]));
    const routes = new Map([...root.routes].map(([id, route]) => [id, movedRoute(route, { x: MARGIN, y: MARGIN })]));
    for (const region of regions) {
        const corner = boxes.get(region.id);
        if (corner !== undefined) {
            const inset = { x: corner.x + region.inset.x, y: corner.y + region.inset.y };
            region.inner.boxes.forEach((box, id) => boxes.set(id, moved(box, inset)));
            region.inner.routes.forEach((route, id) => routes.set(id, movedRoute(route, inset)));
        }
    }
    return { boxes, routes, packing, width: root.width + 2 * MARGIN, height: root.height + 2 * MARGIN };
}

function movedRoute(route: Route, by: { readonly x: number; readonly y: number }): Route {
    const points = route.points.map((point) => moved(point, by));
    return route.label === undefined ? { points } : { points, label: moved(route.label, by) };
}

interface LaidRegion extends RowItem {
    readonly inner: RowLayout;
    readonly inset: { readonly x: number; readonly y: number };
}

/** A region's places side by side; many of them wrap. */
function layoutRegion(drawing: Drawing, region: PackedRegion, field: boolean): LaidRegion {
    const count = region.places.length;
    const items = region.places.map((place) => (place.folded ? { ...place, hanging: true } : place));
    const rows = chunked(items, count <= 6 ? count : Math.ceil(Math.sqrt(count * 2)));
    const inner = layoutRows(rows, rowLinks(drawing), { gap: GAP, sideways: true, loops: 'below' });
    const padding = field ? REGION.padding : 0;
    const title = onGrid(textWidth(region.id, TYPE.name));
    const folded = drawing.regions.some(({ id, folded }) => id === region.id && folded !== undefined);
    return {
        id: region.id,
        width: Math.max(inner.width, title, folded ? PLACE.emptyWidth : 0) + 2 * padding,
        height:
            inner.height +
            REGION.header +
            (folded ? FOLDED : Math.max(padding, region.places.length === 0 ? 2 * GRID : 0)),
        inner,
        inset: { x: padding, y: REGION.header },
    };
}

function rowLinks(drawing: Drawing): RowLink[] {
    return drawing.links.map((link) => ({ id: link.id, from: link.from, to: link.to, labelWidth: labelWidth(link) }));
}

/** Clients above addresses above regions. */
function skeletonRows(drawing: Drawing, regions: readonly RowItem[]): (readonly RowItem[])[] {
    const perRow = regions.length <= 3 ? 3 : Math.ceil(Math.sqrt(regions.length));
    const regionRows = chunked(regions, perRow);
    const span = Math.max(...regionRows.map((row) => rowWidth(row)), 120 * GRID);
    const roofs = roofRows(drawing, regionRows, span);
    const order = new Map(roofs.flat().map((roof, at) => [roof.id, at]));
    const clients = drawing.clients
        .map((client) => {
            const targets = drawing.links
                .filter((link) => link.from === client.id)
                .map((link) => order.get(link.to) ?? 0);
            return { item: { id: client.id, ...clientSize(client) }, at: average(targets) };
        })
        .sort((left, right) => left.at - right.at)
        .map(({ item }) => item);
    return [...wrapped(clients, span), ...roofs, ...regionRows].filter((row) => row.length > 0);
}

function chunked<T>(items: readonly T[], size: number): T[][] {
    return Array.from({ length: Math.ceil(items.length / Math.max(1, size)) }, (_, at) =>
        items.slice(at * size, (at + 1) * size),
    );
}

function average(values: readonly number[]): number {
    return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
