import { CARD, cardRows, rolesText, ROLE_SPACING } from './card.js';
import type { DrawnCopy, DrawnNode } from './drawing.js';
import { TYPE, type Box, type Point } from './geometry.js';
import { copyFactsAt, copyNow, labelAt, leadsControl, nodeFactsAt, nodeNow, roleAt } from './copy-state.js';
import type { Moment } from './playback/moment.js';
import { copyMark, markGroup, marksOf, troubleOf, worstDoubt } from './marks.js';
import { element, fitted, fittedName, plainWidth, spokenLabel, type SceneOptions } from './scene-element.js';
import { svg, type SvgElement } from './svg.js';

const RADIUS = 6;
const BAND = 3;
/** From the end of the words to where a mark begins. */
const MARK_ROOM = 22;

/** Labels of what stands in the same place: what is shortened can still be told from them. */
interface Siblings {
    readonly nodes: readonly string[];
    readonly copies: readonly string[];
}

const NO_SIBLINGS: Siblings = { nodes: [], copies: [] };

/** A node: bands in its clusters' tones on the left edge, its name, its roles, a row for each copy. */
export function cardScene(
    node: DrawnNode,
    box: Box,
    tones: ReadonlyMap<string, number>,
    options: SceneOptions,
    siblings: Siblings = NO_SIBLINGS,
): SvgElement {
    const bands = node.clusters.map((id, index) => band(box, tones.get(id) ?? 0, index));
    const left = box.x + CARD.padding + Math.max(0, bands.length - 1) * (BAND + 1);
    const room = box.x + box.width - CARD.padding - left;
    // Words may come closer to the edge before anything is left out of them.
    const words = room + CARD.padding / 2;
    const roles = rolesText(node);
    const name = left + (node.controls ? CARD.control : 0);
    const { moment } = options;
    const facts = moment === undefined ? node.facts : [nodeNow(node.id, moment), ...nodeFactsAt(node, moment)];
    const card = element({ ...node, facts }, 'node', 'Node', options, [
        svg('rect', { class: 'shape', ...box, rx: RADIUS }),
        ...bands,
        ...(node.controls
            ? [
                  diamond(
                      { x: left + DIAMOND, y: box.y + CARD.nameBaseline - 5 },
                      node.controls.some((part) => leadsControl(part, node.id, moment)),
                  ),
              ]
            : []),
        svg(
            'text',
            { class: 'name', x: name, y: box.y + CARD.nameBaseline },
            cardName(node.label, words - (name - left), options, siblings.nodes),
        ),
        ...(roles === ''
            ? []
            : [
                  svg(
                      'text',
                      { class: 'roles', x: left, y: box.y + CARD.nameBaseline + CARD.rolesHeight },
                      fitted(roles, TYPE.caption, words - roles.length * ROLE_SPACING, options),
                  ),
              ]),
    ]);
    const top = box.y + CARD.header + (roles === '' ? 0 : CARD.rolesHeight);
    return svg(
        'g',
        { class: 'card' },
        atInstant(card, node.id, box, options),
        ...copyRows(node, { x: left, y: top }, room, options, siblings.copies),
    );
}

/** A name that does not fit in any case leaves room for the mark that a run may set behind it. */
function cardName(name: string, room: number, options: SceneOptions, siblings: readonly string[]): string {
    const whole = fittedName(name, room, options, siblings);
    return whole === name ? name : fittedName(name, room - MARK_ROOM, options, siblings);
}

/** A card with what the shown instant adds to it. */
function atInstant(card: SvgElement, id: string, box: Box, { moment }: SceneOptions): SvgElement {
    if (moment === undefined) {
        return card;
    }
    const { state = 'serving', connection = 'whole' } = moment.nodes.get(id) ?? {};
    const marks = marksOf(moment, id);
    const doubt = worstDoubt(moment.doubts.get(id));
    return {
        ...card,
        attributes: { ...card.attributes, 'data-state': state, 'data-connection': connection, 'data-doubt': doubt },
        children: [...card.children, ...(marks.length === 0 ? [] : [markGroup(marks, box)])],
    };
}

const DIAMOND = 5;

/** It takes part in control: a voter, a controller, a candidate; filled for the one that leads. */
export function diamond({ x, y }: Point, leads: boolean): SvgElement {
    const d = `M${x - DIAMOND} ${y}L${x} ${y - DIAMOND}L${x + DIAMOND} ${y}L${x} ${y + DIAMOND}Z`;
    return svg('path', { class: leads ? 'control leads' : 'control', d });
}

function copyRows(
    node: DrawnNode,
    { x, y: top }: Point,
    room: number,
    options: SceneOptions,
    siblings: readonly string[],
): SvgElement[] {
    const { shown, hidden } = cardRows(node);
    const rows = shown.map((copy, row) =>
        pill(node.id, copy, { x, y: top + row * CARD.rowHeight }, room - CARD.mark, options, siblings),
    );
    const leaders = hidden.filter((copy) => copy.role === 'leader').length;
    const y = top + shown.length * CARD.rowHeight + CARD.rowHeight / 2 + 4;
    return hidden.length === 0
        ? rows
        : [
              ...rows,
              svg(
                  'text',
                  { class: 'caption', x, y },
                  `${hidden.length} more${leaders > 0 ? `, ${leaders} led here` : ''}`,
              ),
          ];
}

/** Filled for a leader, outlined for a replica: a form, not a colour. */
function pill(
    node: string,
    copy: DrawnCopy,
    at: Point,
    room: number,
    options: SceneOptions,
    siblings: readonly string[],
): SvgElement {
    const { moment } = options;
    const label = fitted(labelAt(copy, node, moment), TYPE.detail, room - 2 * CARD.pillPadding, options, siblings);
    // Whose turn it is may change; the pill stays as it is.
    const widest = copy.takesTurns === true ? 'standby' : label;
    const width = Math.min(room, Math.round(plainWidth(widest, TYPE.detail, options)) + 2 * CARD.pillPadding);
    const y = at.y + (CARD.rowHeight - CARD.pillHeight) / 2;
    const trouble = troubleOf(moment, copy.shard);
    const role = roleAt(copy, node, moment);
    const facts = [...(moment === undefined ? [] : [copyNow(copy, node, moment)]), ...copyFactsAt(copy, node, moment)];
    const drawn = element({ ...copy, facts }, `copy ${role}`, spokenRole({ ...copy, role }), options, [
        svg('rect', { class: 'shape', x: at.x, y, width, height: CARD.pillHeight, rx: CARD.pillHeight / 2 }),
        svg('text', { class: 'middle', x: at.x + width / 2, y: y + 12 }, label),
        ...(trouble === undefined ? [] : [copyMark(trouble, { x: at.x, y, width })]),
    ]);
    return trouble === undefined ? drawn : { ...drawn, attributes: { ...drawn.attributes, 'data-trouble': trouble } };
}

/** Follows the card's rounded corners. */
function band(box: Box, tone: number, index: number): SvgElement {
    const x = box.x + BAND / 2 + index * (BAND + 1);
    const inset = index === 0 ? RADIUS - 2 : 2;
    return svg('path', { class: toneClass(tone), d: `M${x} ${box.y + inset}V${box.y + box.height - inset}` });
}

/** The six tones of the theme, then the same with dashes; the last has dashes of its own at once, being close to the fourth. */
export function toneClass(tone: number): string {
    const lap = (Math.floor(tone / 6) % 3) + (tone % 6 === 5 ? 3 : 0);
    return `band tone-${tone % 6}${lap === 0 ? '' : ` lap-${lap}`}`;
}

/** What is read out of a copy at an instant, without what it is now. */
export function spokenCopy(copy: DrawnCopy, node: string, moment: Moment | undefined): string {
    const [role, label] = [roleAt(copy, node, moment), labelAt(copy, node, moment)];
    return spokenLabel(spokenRole({ ...copy, role }), { label, facts: copyFactsAt(copy, node, moment) });
}

function spokenRole({ role, leaderless }: DrawnCopy): string {
    if (leaderless) {
        return 'Copy of';
    }
    return role === 'leader' ? 'Leader of' : 'Replica of';
}
