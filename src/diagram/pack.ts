/** Places nodes inside their zones: a grid in order of declaration, linear in the number of nodes. */
import { cardSize } from './card.js';
import { PLACELESS_ID, unzonedId, type Drawing, type DrawnNode, type DrawnRegion } from './drawing.js';
import { GRID, onGrid, TYPE, type Box, type Size } from './geometry.js';
import { textWidth } from './text.js';

/** A container of cards: a zone, or the nodes of a region that stand in none of its zones. */
export interface PackedPlace extends Size {
    readonly id: string;
    readonly label: string;
    /** Whether the file declares it; what is not declared has a broken border. */
    readonly declared: boolean;
    readonly nodes: readonly DrawnNode[];
    /** Cards in a full row, and how wide each is. */
    readonly columns: number;
    readonly cardWidth: number;
    /** By node id, relative to the place's own corner. */
    readonly cards: ReadonlyMap<string, Box>;
}

export interface PackedRegion {
    readonly id: string;
    readonly places: readonly PackedPlace[];
}

export interface Packing {
    readonly regions: readonly PackedRegion[];
}

export const PLACE = { padding: 16, header: 40, gap: 16, groupGap: 24, emptyWidth: 168, emptyHeight: 88 } as const;

/** Width over height that a region's zones aim at together. */
const ASPECT = 1.6;
/** Column counts a zone may have: few, so that one more node seldom moves the others. */
const COLUMN_STEPS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256] as const;

/** Less room than a column count that has been seen would want, or more, is no reason to change it until it is this much. */
const PATIENCE = 2;

/** `before`: how the same document was packed when it was last seen, so that an edit inside a zone stays inside it. */
export function packZones(drawing: Drawing, before?: Packing): Packing {
    const seen = new Map(before?.regions.flatMap(({ places }) => places.map((place) => [place.id, place] as const)));
    const placeless: PackedRegion[] =
        drawing.placeless.length === 0
            ? []
            : [
                  {
                      id: PLACELESS_ID,
                      places: [packPlace(PLACELESS_ID, 'no declared place', drawing.placeless, 1, false, seen)],
                  },
              ];
    return { regions: [...drawing.regions.map((region) => packRegion(region, seen)), ...placeless] };
}

type Seen = ReadonlyMap<string, PackedPlace>;

function packRegion(region: DrawnRegion, seen: Seen): PackedRegion {
    const shares = region.zones.length + (region.nodes.length === 0 ? 0 : 1);
    const zones = region.zones.map((zone) => packPlace(zone.id, zone.label, zone.nodes, shares, true, seen));
    const loose =
        region.nodes.length === 0
            ? []
            : [packPlace(unzonedId(region.id), 'in no zone', region.nodes, shares, false, seen)];
    return { id: region.id, places: [...zones, ...loose] };
}

function packPlace(
    id: string,
    label: string,
    nodes: readonly DrawnNode[],
    shares: number,
    declared: boolean,
    seen: Seen,
): PackedPlace {
    const sizes = nodes.map(cardSize);
    const titleWidth = onGrid(Math.min(textWidth(label, TYPE.name) + textWidth(' 1,000 nodes', TYPE.caption), 320));
    if (nodes.length === 0) {
        const width = Math.max(PLACE.emptyWidth, titleWidth + 2 * PLACE.padding);
        return {
            id,
            label,
            declared,
            nodes,
            columns: 0,
            cardWidth: 0,
            cards: new Map(),
            width,
            height: PLACE.emptyHeight,
        };
    }
    const before = seen.get(id);
    const cardWidth = Math.max(before?.cardWidth ?? 0, ...sizes.map((size) => size.width));
    const columns = columnCount(sizes, cardWidth, shares, before?.columns ?? 0);
    const { cards, bottom } = grid(nodes, sizes, cardWidth, columns);
    const used = Math.min(columns, nodes.length);
    const width = used * cardWidth + (used - 1) * PLACE.gap;
    return {
        id,
        label,
        declared,
        nodes,
        columns,
        cardWidth,
        cards,
        width: Math.max(width, titleWidth) + 2 * PLACE.padding,
        height: bottom + PLACE.padding,
    };
}

function columnCount(sizes: readonly Size[], cardWidth: number, shares: number, before: number): number {
    const area = sizes.reduce((sum, size) => sum + (cardWidth + PLACE.gap) * (size.height + PLACE.gap), 0);
    const wanted = Math.sqrt((area * ASPECT) / shares) / (cardWidth + PLACE.gap);
    if (before > 0 && wanted < before * PATIENCE && wanted * PATIENCE > before) {
        return before;
    }
    return COLUMN_STEPS.findLast((step) => step <= Math.max(1, wanted * 1.35)) ?? 1;
}

interface Grid {
    readonly cards: ReadonlyMap<string, Box>;
    readonly bottom: number;
}

/** Rows of equally high cards; the nodes of another cluster begin a new row. */
function grid(nodes: readonly DrawnNode[], sizes: readonly Size[], cardWidth: number, columns: number): Grid {
    const cards = new Map<string, Box>();
    let top: number = PLACE.header;
    let bottom = top;
    for (const row of rows(nodes, columns)) {
        top = row.start === 0 ? top : bottom + (row.newGroup ? PLACE.groupGap : PLACE.gap);
        const height = Math.max(...sizes.slice(row.start, row.end).map((size) => size.height));
        nodes.slice(row.start, row.end).forEach((node, column) => {
            const x = PLACE.padding + column * (cardWidth + PLACE.gap);
            cards.set(node.id, { x, y: top, width: cardWidth, height });
        });
        bottom = top + height;
    }
    return { cards, bottom };
}

interface Row {
    readonly start: number;
    readonly end: number;
    readonly newGroup: boolean;
}

function rows(nodes: readonly DrawnNode[], columns: number): Row[] {
    const result: Row[] = [];
    let start = 0;
    let newGroup = false;
    for (let index = 1; index <= nodes.length; index += 1) {
        const other = nodes[index]?.clusters[0] !== nodes[start]?.clusters[0];
        if (index === nodes.length || other || index - start === columns) {
            result.push({ start, end: index, newGroup });
            newGroup = other;
            start = index;
        }
    }
    return result;
}

/** The smallest gap between two containers. */
export const GAP = 3 * GRID;
