/** What stands on a node's card at an instant: form first, none of them is told by its colour alone. */
import type { DrawnNode } from './drawing.js';
import type { Doubt } from './playback/doubts.js';
import type { Moment } from './playback/moment.js';
import type { NodeConnection, NodeState, Trouble } from './playback/playback.js';
import { svg, type SvgElement } from './svg.js';

/** What fills the card of a node that is down: a form, whatever the colours. */
export const HATCH: SvgElement = svg(
    'defs',
    {},
    svg(
        'pattern',
        { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        svg('rect', { class: 'page', width: 6, height: 6 }),
        svg('path', { class: 'hatching', d: 'M0 0V6' }),
    ),
);

/** What a mark on a card says of its node. */
export type MarkKind =
    'degraded' | 'down' | 'stopped' | 'frozen' | 'slow' | 'cut' | 'isolated' | 'recovering' | 'fenced' | 'doubted';

const STATES: Readonly<Record<NodeState, MarkKind | undefined>> = {
    serving: undefined,
    frozen: 'frozen',
    crashed: 'down',
    stopped: 'stopped',
    off: 'down',
};
const CONNECTIONS: Readonly<Record<NodeConnection, MarkKind | undefined>> = {
    whole: undefined,
    slow: 'slow',
    cut: 'cut',
    isolated: 'isolated',
};

/** Each is drawn with its right middle at the origin. */
export interface Mark {
    readonly element: SvgElement;
    readonly width: number;
}

const RING = 5;
const GAP = 4;

/** The worst that anybody holds the node for; fenced is what was done to it, whoever doubts it beside that. */
export function worstDoubt(doubts: readonly Doubt[] | undefined): Doubt['holds'] | '' {
    return (
        (['fenced', 'failed', 'suspected'] as const).find((holds) => doubts?.some((each) => each.holds === holds)) ?? ''
    );
}

/** In the order in which they stand, from the right. */
export function markKindsOf(moment: Moment | undefined, id: string): readonly MarkKind[] {
    const { state = 'serving', connection = 'whole' } = moment?.nodes.get(id) ?? {};
    const doubt = worstDoubt(moment?.doubts.get(id));
    const own = STATES[state] ?? CONNECTIONS[connection];
    return [
        ...(own === undefined ? [] : [own]),
        ...(moment?.recovering.has(id) === true ? (['recovering'] as const) : []),
        ...(doubt === 'fenced'
            ? (['fenced'] as const)
            : doubt !== '' && own === undefined
              ? (['doubted'] as const)
              : []),
    ];
}

export function marksOf(moment: Moment | undefined, id: string): readonly Mark[] {
    return markKindsOf(moment, id).map((kind) => markOf(kind, moment?.recovering.get(id)));
}

/** Whether anything is to be seen on its card from near. */
export function isTroubled(moment: Moment | undefined, { id, copies }: Pick<DrawnNode, 'id' | 'copies'>): boolean {
    return markKindsOf(moment, id).length > 0 || copies.some(({ shard }) => moment?.troubles.has(shard) === true);
}

/** `share`: how far a ring is filled, from 0 to 1. */
export function markOf(kind: MarkKind, share = 0): Mark {
    return MARKS[kind](share);
}

const MARKS: Readonly<Record<MarkKind, (share: number) => Mark>> = {
    down: () => glyph('✕'),
    stopped: () => glyph('■'),
    frozen: bars,
    slow: () => glyph('◷'),
    cut: () => glyph('✂'),
    isolated: () => glyph('⊘'),
    recovering: ring,
    fenced: lock,
    doubted: () => glyph('?'),
    degraded: () => glyph('◐'),
};

/** The marks side by side on the upper right of a card. */
export function markGroup(marks: readonly Mark[], card: { x: number; y: number; width: number }): SvgElement {
    const y = card.y + 17;
    let right = card.x + card.width - 12;
    const placed = marks.map(({ element, width }) => {
        const each = svg('g', { transform: `translate(${right} ${y})` }, element);
        right -= width + GAP;
        return each;
    });
    return svg('g', { class: 'mark', 'aria-hidden': 'true' }, ...placed);
}

function glyph(text: string): Mark {
    return { element: svg('text', { class: 'end', y: 5 }, text), width: 12 };
}

function bars(): Mark {
    return { element: svg('path', { class: 'bars', d: 'M-10 -5h3v10h-3zM-4 -5h3v10h-3z' }), width: 10 };
}

/** Fills, clockwise from the top, as the node comes back. */
function ring(share: number): Mark {
    const length = 2 * Math.PI * RING;
    const filled = Math.max(0.04, Math.min(1, share)) * length;
    const circle = { cx: -RING, cy: 0, r: RING, transform: `rotate(-90 ${-RING} 0)` };
    return {
        element: svg(
            'g',
            {},
            svg('circle', { class: 'ring', ...circle }),
            svg('circle', {
                class: 'ring filled',
                ...circle,
                'stroke-dasharray': `${filled.toFixed(1)} ${length.toFixed(1)}`,
            }),
        ),
        width: 2 * RING,
    };
}

function lock(): Mark {
    return {
        element: svg(
            'g',
            { class: 'lock' },
            svg('path', { class: 'shackle', d: 'M-8 -1V-3a3 3 0 0 1 6 0V-1' }),
            svg('rect', { x: -10, y: -1, width: 10, height: 7, rx: 1.5 }),
        ),
        width: 10,
    };
}

/** What clients meet at a shard: nothing works, no reads, no writes, or some of them fail. */
export type CopyTrouble = 'dark' | 'unread' | 'unwritten' | 'degraded';

/** What stands beside a copy; a letter is struck through. */
const COPY_MARKS: Readonly<Record<CopyTrouble, string>> = { dark: '✕', unread: 'R', unwritten: 'W', degraded: '◐' };

export function copyMark(form: CopyTrouble, pill: { x: number; y: number; width: number }): SvgElement {
    const attributes = { class: `mark ${form}`, x: pill.x + pill.width + 4, y: pill.y + 12, 'aria-hidden': 'true' };
    return svg('text', attributes, copyMarkText(form));
}

export function copyMarkText(form: CopyTrouble): string {
    return COPY_MARKS[form];
}

/** The worst that clients meet at the shard; undefined: all is well. */
export function troubleOf(moment: Moment | undefined, shard: string): CopyTrouble | undefined {
    const troubles = moment?.troubles.get(shard);
    if (troubles === undefined) {
        return undefined;
    }
    const fail = (asked: Trouble['operation']): boolean =>
        troubles.some(({ operation, form }) => operation === asked && form === 'dark');
    const [unread, unwritten] = [fail('read'), fail('write')];
    return unread ? (unwritten ? 'dark' : 'unread') : unwritten ? 'unwritten' : 'degraded';
}
