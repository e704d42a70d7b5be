import type { Drawing } from './drawing.js';
import { everyNode } from './elements.js';
import { MARGIN, type Layout } from './layout.js';
import { linksAt } from './links-now.js';
import { HATCH } from './marks.js';
import { clock } from './playback/clock.js';
import { conditionWords, wholeCondition } from './playback/condition.js';
import type { Moment } from './playback/moment.js';
import { sceneOf } from './scene.js';
import { serviceAt } from './service.js';
import { serialize, svg } from './svg.js';
import { inFont, PALETTES, playingStylesheet, stylesheet, type Palette, type ThemeName } from './theme.js';
import { counted, listed } from '../topology/index.js';
import { FACT_LIMIT } from './facts.js';

/** The picture as a document of its own: no scripts, nothing fetched, every name escaped. */
export function renderSvg(
    drawing: Drawing,
    layout: Layout,
    theme: ThemeName,
    font?: string,
    instant?: ShownInstant,
): string {
    return pictureOf(drawing, layout, inFont(PALETTES[theme], font), instant);
}

/** What a picture shows of a run: one of its instants. */
export interface ShownInstant {
    readonly moment: Moment;
    /** Of the run. */
    readonly title: string;
}

/** The same in any colours, such as those of the editor, and at an instant of a run. */
export function pictureOf(drawing: Drawing, layout: Layout, palette: Palette, instant?: ShownInstant): string {
    const shown = instant === undefined ? {} : { moment: instant.moment };
    const { width, height, layers } = sceneOf(drawing, layout, { interactive: false, ...shown });
    const caption = instant === undefined ? undefined : instantText(instant);
    const full = height + (caption === undefined ? 0 : CAPTION);
    const root = svg(
        'svg',
        {
            xmlns: 'http://www.w3.org/2000/svg',
            width,
            height: full,
            viewBox: `0 0 ${width} ${full}`,
            role: 'img',
            'aria-labelledby': 'title description',
        },
        svg('title', { id: 'title' }, titleOf(drawing)),
        svg('desc', { id: 'description' }, descriptionOf(drawing, instant)),
        svg('style', {}, instant === undefined ? stylesheet(palette) : playingStylesheet(palette)),
        ...(instant === undefined ? [] : [HATCH]),
        svg('rect', { class: 'page', width, height: full }),
        ...layers,
        ...(caption === undefined
            ? []
            : [svg('text', { class: 'detail figures', x: MARGIN, y: full - CAPTION / 2 }, caption)]),
    );
    return `${serialize(root)}\n`;
}

/** Room for the line that says which instant is shown. */
const CAPTION = 24;

function instantText({ moment, title }: ShownInstant): string {
    return `${clock(moment.atMs)} in the run “${title}”`;
}

/** The whole picture in words. */
export function descriptionOf(drawing: Drawing, instant?: ShownInstant): string {
    if (instant === undefined) {
        return summary(drawing);
    }
    const { moment } = instant;
    const touched = everyNode(drawing).filter(
        ({ id }) => wholeCondition(moment, id) !== conditionWords() || moment.doubts.has(id),
    );
    const conditions = touched
        .slice(0, MOST_CONDITIONS)
        .map(({ id, label }) => `${label}: ${wholeCondition(moment, id)}.`);
    const rest = touched.length - conditions.length;
    const shared = drawing.clusters.flatMap(({ addresses }) =>
        addresses.flatMap(({ service, label }) => (service === undefined ? [] : [[service, label] as const])),
    );
    const services = [...drawing.clusters.map(({ id, label }) => [id, label] as const), ...new Map(shared)].flatMap(
        ([id, label]) => {
            const service = serviceAt(moment, id);
            return service === undefined ? [] : [`${label}: ${service.words}.`];
        },
    );
    return [
        `${instantText(instant)}.`,
        ...services,
        ...conditions,
        ...(rest === 0 ? [] : [`${counted(rest, 'more node')} not as declared.`]),
        summary({ ...drawing, links: linksAt(drawing, moment) }),
    ].join(' ');
}

const MOST_CONDITIONS = 24;

export function titleOf(drawing: Drawing): string {
    return `Topology of ${drawing.title}`;
}

/** The whole drawing in a few sentences. */
export function summary(drawing: Drawing): string {
    const zones = drawing.regions.reduce((sum, { zones, folded }) => sum + (folded?.zones ?? zones.length), 0);
    const nodes = everyNode(drawing);
    const clusters = drawing.clusters.map((cluster) => cluster.label);
    return [
        `${counted(clusters.length, 'cluster')}${clusters.length === 0 ? '' : `: ${listed(clusters, { limit: FACT_LIMIT })}`}.`,
        `${counted(nodes.length, 'node')} in ${counted(zones, 'zone')} of ${counted(drawing.regions.length, 'region')}.`,
        ...drawing.links
            .filter((link) => link.kind !== 'traffic' || link.through !== undefined)
            .flatMap((link) => link.facts)
            .slice(0, 24),
    ].join(' ');
}
