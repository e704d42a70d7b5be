/** Says what the forms and tones mean: only those that the drawing shows. */
import type { Drawing, DrawnCluster, DrawnCopy, DrawnLink, DrawnNode } from './drawing.js';
import { drawnNodes } from './elements.js';
import { GRID, TYPE } from './geometry.js';
import { stateItems } from './legend-states.js';
import { linksAt } from './links-now.js';
import type { Moment } from './playback/moment.js';
import { diamond, toneClass } from './scene-card.js';
import { linkClasses } from './scene-link.js';
import { svg, type SvgElement } from './svg.js';
import { textWidth, truncateMiddle } from './text.js';

export interface LegendItem {
    readonly text: string;
    /** Drawn with its middle left at the origin. */
    readonly sample: SvgElement;
    readonly sampleWidth: number;
    /** Id of the cluster that has the tone. */
    readonly cluster?: string;
    /** Seen only from near, or only where a drawing is so crowded that its cards are simplified; missing: always. */
    readonly seen?: 'near' | 'crowded';
}

export interface Legend {
    readonly height: number;
    readonly layers: readonly SvgElement[];
}

const LINE = 3 * GRID;
const LONGEST = 200;

export function legendScene(
    drawing: Drawing,
    at: { x: number; y: number; width: number },
    moment: Moment | undefined,
): Legend {
    let x = 0;
    let line = 0;
    const all = legendItems(drawing.clusters, drawing, moment).filter(({ seen }) => seen !== 'crowded');
    const items = all.map((item) => {
        const text = truncateMiddle(item.text, TYPE.detail, LONGEST);
        const width = item.sampleWidth + GRID + textWidth(text, TYPE.detail);
        if (x > 0 && x + width > at.width) {
            x = 0;
            line += 1;
        }
        const placed = svg(
            'g',
            { transform: `translate(${at.x + Math.round(x)} ${at.y + line * LINE + LINE / 2})` },
            item.sample,
            svg('text', { class: 'detail', x: item.sampleWidth + GRID, y: 4 }, text),
        );
        x += width + LINE;
        return placed;
    });
    return items.length === 0
        ? { height: 0, layers: [] }
        : { height: (line + 1) * LINE, layers: [svg('g', { class: 'legend', 'aria-hidden': 'true' }, ...items)] };
}

/** `clusters`: all of the file; `drawing`: what of it is looked at. */
export function legendItems(
    clusters: readonly DrawnCluster[],
    drawing: Drawing,
    moment: Moment | undefined,
): LegendItem[] {
    const nodes = drawnNodes(drawing);
    const copies = nodes.flatMap((node) => node.copies);
    const now = moment === undefined ? [] : linksAt(drawing, moment);
    return [
        ...clusters.map(({ id, label, tone }) => ({
            text: label,
            sample: toneSample(tone),
            sampleWidth: 3,
            cluster: id,
        })),
        ...pillItems(copies, 'leader', 'active'),
        ...pillItems(copies, 'replica', 'standby'),
        ...controlItems(nodes),
        ...lineItems([...drawing.links, ...now]),
        ...(moment === undefined ? [] : stateItems(drawing, moment, now)),
    ];
}

/** Some lead wherever some take part: at the instants at which nobody does the legend need not change. */
function controlItems(nodes: readonly DrawnNode[]): LegendItem[] {
    return nodes.some(({ controls }) => controls)
        ? [
              { text: 'leads in control', sample: diamond({ x: 5, y: 0 }, true), sampleWidth: 10, seen: 'near' },
              { text: 'takes part in control', sample: diamond({ x: 5, y: 0 }, false), sampleWidth: 10, seen: 'near' },
          ]
        : [];
}

const LINES: readonly { readonly classes: string; readonly text: string }[] = [
    { classes: 'replication', text: 'copies, leader to replica' },
    { classes: 'replication asynchronous', text: 'copy of a whole cluster, asynchronous' },
    { classes: 'dependency', text: 'needs' },
    { classes: 'traffic', text: 'requests of clients' },
    { classes: 'traffic standby', text: 'stands by: no requests' },
];

function lineItems(links: readonly DrawnLink[]): LegendItem[] {
    const drawn = new Set(links.map(linkClasses));
    return LINES.filter(({ classes }) => drawn.has(classes)).map(({ classes, text }) => ({
        text,
        sample: lineSample(classes),
        sampleWidth: 32,
    }));
}

/** Members that take turns are active or stand by; what holds data leads or follows. */
function pillItems(copies: readonly DrawnCopy[], role: DrawnCopy['role'], turn: string): LegendItem[] {
    const ofRole = copies.filter((copy) => copy.role === role);
    const words = [
        ...(ofRole.some((copy) => !copy.takesTurns && !copy.leaderless) ? [role] : []),
        ...(ofRole.some((copy) => copy.leaderless) ? ['one of equal copies'] : []),
        ...(ofRole.some((copy) => copy.takesTurns) ? [turn] : []),
    ];
    return words.length === 0
        ? []
        : [{ text: words.join(' or '), sample: pillSample(role), sampleWidth: 24, seen: 'near' }];
}

function toneSample(tone: number): SvgElement {
    return svg('path', { class: toneClass(tone), d: 'M1.5 -8V8' });
}

function pillSample(role: 'leader' | 'replica'): SvgElement {
    return svg(
        'g',
        { class: `copy ${role}` },
        svg('rect', { class: 'shape', x: 0, y: -6, width: 24, height: 12, rx: 6 }),
    );
}

function lineSample(classes: string): SvgElement {
    return svg(
        'g',
        { class: `link ${classes}` },
        svg('path', { class: 'line', d: 'M0 0H26' }),
        svg('path', { class: 'arrow', d: 'M32 0L25 3.5L25 -3.5Z' }),
    );
}
