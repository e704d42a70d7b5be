/** Places nodes inside their zones: a grid in order of declaration, linear in the number of nodes. */
import { CARD, cardSize, type CardSize } from './card.js';
import { PLACELESS_ID, unzonedId, type Drawing, type DrawnNode, type DrawnRegion } from './drawing.js';
import { GRID, onGrid, TYPE, type Box, type Size } from './geometry.js';
import { nameWidth, textWidth } from './text.js';

/** A container of cards: a zone, or the nodes of a region that stand in none of its zones. */
export interface PackedPlace extends Size {
    readonly id: string;
    readonly label: string;
    /** Whether the file declares it; what is not declared has a broken border. */
    readonly declared: boolean;
    /** Whether only how much it holds is shown: it is no higher than that takes. */
    readonly folded: boolean;
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

/** Cards of which one is no more than so much higher stand in one row. */
const ALIKE = 2 * CARD.rowHeight;
/** So many of a zone's cards show all of their words; the longest names of the others are shortened in their middle. */
const SHOWN_WHOLE = 0.75;

/** So many, where the zone has been seen: more nodes with long names are no reason to move what stands beside it. */
const STILL_WHOLE = 0.5;

/** A column count is taken that needs no more than so much of the room there is. */
const ROUNDED_UP = 1.35;
/** Less room than a column count that has been seen would want, or more, is no reason to change it until it is this much. */
const PATIENCE = 2;

/** `before`: how the same document was packed when it was last seen, so that an edit inside a zone stays inside it. */
export function packZones(drawing: Drawing, before?: Packing): Packing {
    const seen = new Map(before?.regions.flatMap(({ places }) => places.map((place) => [place.id, place] as const)));
    const standing = sizedPlace(PLACELESS_ID, 'no declared place', drawing.placeless, false);
    const placeless = standing.nodes.length === 0 ? [] : [{ id: PLACELESS_ID, places: packed([standing], seen) }];
    return { regions: [...drawing.regions.map((region) => packRegion(region, seen)), ...placeless] };
}

type Seen = ReadonlyMap<string, PackedPlace>;

/** A place and how large the cards of its nodes would like to be. */
type SizedPlace = Pick<PackedPlace, 'id' | 'label' | 'nodes' | 'declared' | 'folded'> & {
    readonly sizes: readonly CardSize[];
};

function sizedPlace(id: string, label: string, nodes: readonly DrawnNode[], declared: boolean): SizedPlace {
    return { id, label, nodes, declared, folded: false, sizes: nodes.map(cardSize) };
}

function packRegion(region: DrawnRegion, seen: Seen): PackedRegion {
    const zones = region.zones.map(({ id, label, nodes, folded }) => ({
        ...sizedPlace(id, label, nodes, true),
        folded: folded !== undefined,
    }));
    const loose = sizedPlace(unzonedId(region.id), 'in no zone', region.nodes, false);
    return { id: region.id, places: packed(loose.nodes.length === 0 ? zones : [...zones, loose], seen) };
}

/** The places of a region have equally many cards side by side. */
function packed(places: readonly SizedPlace[], seen: Seen): readonly PackedPlace[] {
    const wanted = {
        columns: Math.max(0, ...places.map(({ sizes }) => wantedColumns(sizes, places.length))),
        most: Math.max(0, ...places.map(longestRun)),
    };
    return places.map((place) => packPlace(place, wanted, seen.get(place.id)));
}

/** So many cards would stand side by side if there were room for them. */
function longestRun({ nodes, sizes }: SizedPlace): number {
    return rows(nodes, sizes, nodes.length).reduce((most, { start, end }) => Math.max(most, end - start), 0);
}

function packPlace(place: SizedPlace, wanted: Wanted, before: PackedPlace | undefined): PackedPlace {
    const { sizes, ...named } = place;
    const { label, nodes } = named;
    const titleWidth = onGrid(Math.min(nameWidth(label) + textWidth(' 1,000 nodes', TYPE.caption), 320));
    if (nodes.length === 0) {
        const width =
            before?.nodes.length === 0 ? before.width : Math.max(PLACE.emptyWidth, titleWidth + 2 * PLACE.padding);
        const cards = new Map<string, Box>();
        return { ...named, columns: 0, cardWidth: 0, cards, width, height: PLACE.emptyHeight };
    }
    // As many nodes as before are the same ones, perhaps under other names: what stands beside them stays where it is.
    const renamed = before?.nodes.length === nodes.length ? before : undefined;
    const cardWidth =
        renamed?.cardWidth ?? Math.max(before?.cardWidth ?? 0, usualWidth(sizes, before ? STILL_WHOLE : SHOWN_WHOLE));
    const columns = columnCount(wanted, before?.columns ?? 0);
    const { cards, bottom } = grid(nodes, sizes, cardWidth, columns);
    const used = Math.min(columns, nodes.length);
    const width = used * cardWidth + (used - 1) * PLACE.gap;
    return {
        ...named,
        columns,
        cardWidth,
        cards,
        width: renamed?.columns === columns ? renamed.width : Math.max(width, titleWidth) + 2 * PLACE.padding,
        height: bottom + PLACE.padding,
    };
}

function usualWidth(sizes: readonly CardSize[], shownWhole = SHOWN_WHOLE): number {
    const widths = sizes.map(({ width }) => width).sort((one, other) => one - other);
    const usual = widths[Math.ceil(widths.length * shownWhole) - 1] ?? 0;
    return sizes.reduce((most, { leastWidth }) => Math.max(most, leastWidth), usual);
}

/** How many cards side by side would give a zone its part of the region's shape. */
function wantedColumns(sizes: readonly CardSize[], shares: number): number {
    const width = usualWidth(sizes) + PLACE.gap;
    const area = sizes.reduce((sum, size) => sum + width * (size.height + PLACE.gap), 0);
    return Math.sqrt((area * ASPECT) / shares) / width;
}

interface Wanted {
    /** Side by side, for the shape of the region. */
    readonly columns: number;
    /** More never stand side by side. */
    readonly most: number;
}

function columnCount({ columns, most }: Wanted, before: number): number {
    if (before > 0 && columns < before * PATIENCE && columns * PATIENCE > before) {
        return before;
    }
    return COLUMN_STEPS.findLast((step) => step <= Math.max(1, Math.min(columns * ROUNDED_UP, most))) ?? 1;
}

interface Grid {
    readonly cards: ReadonlyMap<string, Box>;
    readonly bottom: number;
}

/** Rows of equally high cards; nodes of another cluster begin a new row, and those that are far higher or lower. */
function grid(nodes: readonly DrawnNode[], sizes: readonly Size[], cardWidth: number, columns: number): Grid {
    const cards = new Map<string, Box>();
    let top: number = PLACE.header;
    let bottom = top;
    for (const row of rows(nodes, sizes, columns)) {
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

function rows(nodes: readonly DrawnNode[], sizes: readonly Size[], columns: number): Row[] {
    const result: Row[] = [];
    let start = 0;
    let newGroup = false;
    for (let index = 1; index <= nodes.length; index += 1) {
        const other = nodes[index]?.clusters[0] !== nodes[start]?.clusters[0];
        const unlike = Math.abs((sizes[index]?.height ?? 0) - (sizes[start]?.height ?? 0)) > ALIKE;
        if (index === nodes.length || other || unlike || index - start === columns) {
            result.push({ start, end: index, newGroup });
            newGroup = other;
            start = index;
        }
    }
    return result;
}

/** The smallest gap between two containers. */
export const GAP = 3 * GRID;
