/** Zones and regions: containers with a name and how many nodes they hold. */
import { counted, distinct } from '../topology/index.js';
import { PLACELESS_ID, type Drawing, type Drawn, type DrawnNode, type DrawnRegion, type DrawnZone } from './drawing.js';
import { nodesWithin } from './elements.js';
import { foldedScene } from './folded-scene.js';
import { moved, TYPE, type Box } from './geometry.js';
import { REGION } from './layout.js';
import { PLACE, type PackedPlace, type PackedRegion } from './pack.js';
import { placeState } from './place-state.js';
import { cardScene } from './scene-card.js';
import { element, fittedName, plainWidth, type SceneOptions } from './scene-element.js';
import { svg, type SvgElement } from './svg.js';

export function regionScene(
    drawing: Drawing,
    region: PackedRegion,
    box: Box,
    field: boolean,
    options: SceneOptions,
): SvgElement {
    const drawn: DrawnRegion | undefined = drawing.regions.find(({ id }) => id === region.id);
    const folded = drawn?.folded;
    const inset = field ? PLACE.padding : 0;
    // Without a field only the title stands for the region: what lies below belongs to its zones.
    const area = field || folded !== undefined ? box : { ...box, height: REGION.header };
    const words = folded && `▸ ${counted(folded.zones, 'zone')}, ${countOf(folded.nodes, options)}`;
    const name = drawn?.label ?? 'no declared place';
    const x = box.x + (folded === undefined ? inset : PLACE.padding);
    const shapes = [
        svg('rect', { class: 'shape', ...area, rx: 8 }),
        svg(
            'text',
            { class: 'name', x, y: box.y + 25 },
            fittedName(name, box.width - 2 * (x - box.x), options, labelsOf(drawing.regions)),
        ),
        ...(field && options.interactive
            ? [svg('text', { class: 'name from-afar', x: box.x, y: box.y + box.height }, name)]
            : []),
        ...(words === undefined ? [] : [svg('text', { class: 'caption', x, y: box.y + 44 }, words)]),
    ];
    const kind = field || folded !== undefined ? 'region' : 'region plain';
    return drawn === undefined || region.id === PLACELESS_ID
        ? svg('g', { class: `${kind} undeclared` }, ...shapes)
        : withState(
              element(narrowed(drawn, nodesWithin(drawing, drawn.id), options), kind, 'Region', options, shapes),
              drawn,
              box,
              options,
          );
}

export function placeScene(
    zone: DrawnZone | undefined,
    place: PackedPlace,
    box: Box,
    tones: ReadonlyMap<string, number>,
    options: SceneOptions,
    /** Of the places beside it. */
    names: readonly string[],
): SvgElement {
    const nodes = zone?.folded?.nodes ?? place.nodes;
    const count = `${zone?.folded === undefined ? '' : '▸ '}${countOf(nodes, options)}`;
    const room = box.width - 2 * PLACE.padding - plainWidth(count, TYPE.caption, options) - PLACE.padding / 2;
    const shapes = [
        svg('rect', { class: 'shape', ...box, rx: 8 }),
        svg(
            'text',
            { class: 'name', x: box.x + PLACE.padding, y: box.y + 25 },
            fittedName(place.label, room, options, names),
        ),
    ];
    const own =
        zone === undefined
            ? svg('g', { class: 'zone undeclared' }, ...shapes)
            : withState(element(narrowed(zone, nodes, options), 'zone', 'Zone', options, shapes), zone, box, options);
    const siblings = {
        nodes: labelsOf(place.nodes),
        copies: distinct(place.nodes.flatMap(({ copies }) => labelsOf(copies))),
    };
    const cards = place.nodes.flatMap((node) => {
        const card = place.cards.get(node.id);
        return card === undefined ? [] : [cardScene(node, moved(card, box), tones, options, siblings)];
    });
    const total = svg('text', { class: 'caption end', x: box.x + box.width - PLACE.padding, y: box.y + 25 }, count);
    return svg('g', { class: 'place' }, own, total, svg('g', { class: 'cards' }, ...cards));
}

/** A folded place with how what it holds is at the shown instant. */
function withState(
    scene: SvgElement,
    { folded }: DrawnZone | DrawnRegion,
    box: Box,
    { moment, lettering }: SceneOptions,
): SvgElement {
    if (folded === undefined || moment === undefined) {
        return scene;
    }
    const state = placeState(folded.nodes, moment);
    return {
        ...scene,
        attributes: { ...scene.attributes, 'data-state': state.form },
        children: [...scene.children, foldedScene(state, moment, box, lettering)],
    };
}

function labelsOf(all: readonly Drawn[]): readonly string[] {
    return all.map(({ label }) => label);
}

/** `9 nodes`; `2 of 9 nodes` where the reader has chosen clusters. */
function countOf(nodes: readonly DrawnNode[], { clusters }: SceneOptions): string {
    const all = counted(nodes.length, 'node');
    return clusters === undefined ? all : `${membersOf(nodes, clusters)} of ${all}`;
}

/** Says how many of the nodes belong to the chosen clusters. */
function narrowed<T extends Drawn>(place: T, nodes: readonly DrawnNode[], { clusters }: SceneOptions): T {
    return clusters === undefined
        ? place
        : {
              ...place,
              facts: [...place.facts, `${counted(membersOf(nodes, clusters), 'node')} of the chosen clusters.`],
          };
}

function membersOf(nodes: readonly DrawnNode[], chosen: ReadonlySet<string>): number {
    return nodes.filter(({ clusters }) => clusters.some((id) => chosen.has(id))).length;
}
