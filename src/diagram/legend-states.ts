/** What the marks of a run mean: only those that are on the picture at the shown instant. */
import type { Drawing } from './drawing.js';
import { everyNode } from './elements.js';
import type { LegendItem } from './legend.js';
import type { LinkNow, LinkTrouble } from './links-now.js';
import {
    copyMark,
    isTroubled,
    markGroup,
    markKindsOf,
    markOf,
    troubleOf,
    type CopyTrouble,
    type MarkKind,
} from './marks.js';
import { isDown } from './playback/doubts.js';
import type { Moment } from './playback/moment.js';
import { troubleGlyph } from './scene-link.js';
import { serviceAt } from './service.js';
import { svg, type SvgElement } from './svg.js';

interface Meaning {
    readonly kind: MarkKind;
    readonly text: string;
    /** The node's attributes that make its card look so. */
    readonly looks: Readonly<Record<string, string>>;
}

const MEANINGS: readonly Meaning[] = [
    { kind: 'down', text: 'down', looks: { 'data-state': 'off' } },
    { kind: 'stopped', text: 'stopped cleanly', looks: { 'data-state': 'stopped' } },
    { kind: 'frozen', text: 'frozen', looks: { 'data-state': 'frozen' } },
    { kind: 'isolated', text: 'isolated', looks: { 'data-connection': 'isolated' } },
    { kind: 'cut', text: 'cut off from some', looks: { 'data-connection': 'cut' } },
    { kind: 'slow', text: 'slow', looks: { 'data-connection': 'slow' } },
    {
        kind: 'doubted',
        text: 'held for failed by others',
        looks: { 'data-state': 'serving', 'data-doubt': 'failed', 'data-connection': 'whole' },
    },
    { kind: 'fenced', text: 'fenced', looks: { 'data-doubt': 'fenced' } },
    { kind: 'recovering', text: 'runs again, not all know yet', looks: {} },
];
const TROUBLES: Readonly<Record<CopyTrouble, string>> = {
    dark: 'not served',
    unread: 'reads fail',
    unwritten: 'writes fail',
    degraded: 'served in part',
};

const CARD = { x: 0, y: -8, width: 32, height: 16 } as const;
/** As a canvas draws the cards of a crowded drawing. */
const CORNER = svg(
    'g',
    { class: 'node troubled' },
    svg('rect', { class: 'shape', ...CARD }),
    svg('path', { class: 'corner', d: 'M24 -8H32V0Z' }),
);
/** How far a ring that means any of them is filled. */
const SAMPLE_SHARE = 0.6;

const LINK_TROUBLES: Readonly<Record<LinkTrouble, string>> = {
    cut: 'cut: nothing passes',
    still: 'an end does not run',
    partly: 'some copies do not follow',
};

/** `now`: the lines at the instant. */
export function stateItems(drawing: Drawing, moment: Moment, now: readonly LinkNow[]): readonly LegendItem[] {
    const nodes = everyNode(drawing);
    const kinds = new Set(nodes.flatMap(({ id }) => markKindsOf(moment, id)));
    const troubles = new Set([
        ...nodes.flatMap(({ copies }) => copies.map(({ shard }) => troubleOf(moment, shard))),
        ...drawing.clusters.flatMap(({ id, addresses }) =>
            [{ serves: undefined, service: id }, ...addresses].map(
                ({ serves, service = id }) => serviceAt(moment, service, serves)?.form,
            ),
        ),
    ]);
    const links = new Set(now.map(({ trouble }) => trouble));
    return [
        ...MEANINGS.filter(({ kind }) => kinds.has(kind)).map((meaning) => ({
            text: meaning.text,
            sample: cardSample(meaning),
            sampleWidth: CARD.width,
        })),
        ...(nodes.some((node) => isTroubled(moment, node) && !isDown(moment.nodes.get(node.id)?.state ?? 'serving'))
            ? [{ text: 'troubled: look closer', sample: CORNER, sampleWidth: CARD.width, seen: 'crowded' as const }]
            : []),
        ...(['dark', 'unread', 'unwritten', 'degraded'] as const)
            .filter((form) => troubles.has(form))
            .map((form) => ({ text: TROUBLES[form], sample: copySample(form), sampleWidth: 36 })),
        ...(['cut', 'still', 'partly'] as const)
            .filter((trouble) => links.has(trouble))
            .map((trouble) => ({ text: LINK_TROUBLES[trouble], sample: linkSample(trouble), sampleWidth: 40 })),
    ];
}

function cardSample({ kind, looks }: Meaning): SvgElement {
    const mark = markGroup([markOf(kind, SAMPLE_SHARE)], { ...CARD, y: -17, width: CARD.width + 2 });
    return svg('g', { class: 'node', ...looks }, svg('rect', { class: 'shape', ...CARD, rx: 3 }), mark);
}

function copySample(form: CopyTrouble): SvgElement {
    const pill = { x: 0, y: -6, width: 22 };
    return svg(
        'g',
        { class: 'copy replica', 'data-trouble': form },
        svg('rect', { class: 'shape', ...pill, height: 12, rx: 6 }),
        copyMark(form, { ...pill, y: -8 }),
    );
}

function linkSample(trouble: LinkTrouble): SvgElement {
    return svg(
        'g',
        { class: 'link replication', 'data-trouble': trouble },
        svg('path', { class: 'line', d: 'M0 0H40' }),
        svg('rect', { class: 'chip', x: 10, y: -7, width: 20, height: 14, rx: 7 }),
        svg('text', { class: 'middle mark', x: 20, y: 4 }, troubleGlyph(trouble)),
    );
}
