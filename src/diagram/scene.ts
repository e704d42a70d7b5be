/** Drawing and positions → picture. */
import { clusterScene, clientScene } from './scene-roof.js';
import { cardScene } from './scene-card.js';
import { legendScene } from './legend.js';
import { linkScene } from './scene-link.js';
import { element, fittedName, type SceneOptions } from './scene-element.js';
import { PLACELESS_ID, type Drawing, type DrawnRegion, type DrawnZone } from './drawing.js';
import { moved, TYPE, type Box } from './geometry.js';
import { hasField, MARGIN, REGION, type Layout } from './layout.js';
import { PLACE, type PackedPlace, type PackedRegion } from './pack.js';
import { svg, type SvgElement } from './svg.js';
import { textWidth } from './text.js';
import { counted } from '../topology/index.js';

export interface Scene {
    readonly width: number;
    readonly height: number;
    /** Back to front. */
    readonly layers: readonly SvgElement[];
}

export function sceneOf(drawing: Drawing, layout: Layout, options: SceneOptions): Scene {
    const tones = new Map(drawing.clusters.map((cluster) => [cluster.id, cluster.tone]));
    const boxOf = (id: string): Box[] => {
        const box = layout.boxes.get(id);
        return box === undefined ? [] : [box];
    };
    const regions = layout.packing.regions.flatMap((region) =>
        boxOf(region.id).map((box) => regionScene(drawing, region, box, hasField(layout.packing), options)),
    );
    const zones = new Map(drawing.regions.flatMap((region) => region.zones.map((zone) => [zone.id, zone])));
    const places = layout.packing.regions.flatMap((region) =>
        region.places.flatMap((place) =>
            boxOf(place.id).map((box) => placeScene(zones.get(place.id), place, box, tones, options)),
        ),
    );
    // Words come last, so that no other line runs through them.
    const wordless = drawing.links.filter((link) => link.label === '');
    const worded = drawing.links.filter((link) => link.label !== '');
    const links = [...wordless, ...worded].flatMap((link) => {
        const route = layout.routes.get(link.id);
        return route === undefined || route.points.length < 2 ? [] : [linkScene(link, route, options)];
    });
    const roofs = drawing.clusters.flatMap((cluster) =>
        boxOf(cluster.id).map((box) => clusterScene(cluster, box, options)),
    );
    const clients = drawing.clients.flatMap((client) =>
        boxOf(client.id).map((box) => clientScene(client, box, options)),
    );
    // The page has its legend beside the drawing, where it can be read from any distance.
    const legend = options.interactive
        ? { height: 0, layers: [] }
        : legendScene(drawing, { x: MARGIN, y: layout.height, width: layout.width - 2 * MARGIN });
    return {
        width: layout.width,
        height: layout.height + (legend.height === 0 ? 0 : legend.height + MARGIN),
        layers: [
            svg('g', { class: 'regions' }, ...regions),
            svg('g', { class: 'places' }, ...places),
            svg('g', { class: 'roofs' }, ...clients, ...roofs),
            svg('g', { class: 'links' }, ...links),
            ...legend.layers,
        ],
    };
}

function regionScene(
    drawing: Drawing,
    region: PackedRegion,
    box: Box,
    field: boolean,
    options: SceneOptions,
): SvgElement {
    const drawn: DrawnRegion | undefined = drawing.regions.find(({ id }) => id === region.id);
    const name = drawn?.label ?? 'no declared place';
    const inset = field ? PLACE.padding : 0;
    // Without a field only the title stands for the region: what lies below belongs to its zones.
    const area = field || drawn?.folded !== undefined ? box : { ...box, height: REGION.header };
    const shapes = [
        svg('rect', { class: 'shape', ...area, rx: 8 }),
        svg(
            'text',
            { class: 'name', x: box.x + inset, y: box.y + 25 },
            fittedName(name, box.width - 2 * inset, options),
        ),
    ];
    if (drawn?.folded !== undefined) {
        const x = box.x + inset;
        shapes.push(svg('text', { class: 'caption', x, y: box.y + 44 }, `▸ ${drawn.folded}`));
    }
    const kind = field || drawn?.folded !== undefined ? 'region' : 'region plain';
    return drawn === undefined || region.id === PLACELESS_ID
        ? svg('g', { class: `${kind} undeclared` }, ...shapes)
        : element(drawn, kind, 'Region', options, shapes);
}

function placeScene(
    zone: DrawnZone | undefined,
    place: PackedPlace,
    box: Box,
    tones: ReadonlyMap<string, number>,
    options: SceneOptions,
): SvgElement {
    const count = zone?.folded === undefined ? counted(place.nodes.length, 'node') : `▸ ${zone.folded}`;
    const room = box.width - 2 * PLACE.padding - textWidth(count, TYPE.caption) - PLACE.padding / 2;
    const shapes = [
        svg('rect', { class: 'shape', ...box, rx: 8 }),
        svg('text', { class: 'name', x: box.x + PLACE.padding, y: box.y + 25 }, fittedName(place.label, room, options)),
    ];
    const own =
        zone === undefined
            ? svg('g', { class: 'zone undeclared' }, ...shapes)
            : element(zone, 'zone', 'Zone', options, shapes);
    const cards = place.nodes.flatMap((node) => {
        const card = place.cards.get(node.id);
        return card === undefined ? [] : [cardScene(node, moved(card, box), tones, options)];
    });
    const total = svg('text', { class: 'caption end', x: box.x + box.width - PLACE.padding, y: box.y + 25 }, count);
    return svg('g', { class: 'place' }, own, total, svg('g', { class: 'cards' }, ...cards));
}
