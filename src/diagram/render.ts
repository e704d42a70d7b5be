import type { Drawing } from './drawing.js';
import { drawnNodes } from './elements.js';
import type { Layout } from './layout.js';
import { sceneOf } from './scene.js';
import { serialize, svg } from './svg.js';
import { inFont, PALETTES, stylesheet, type Palette, type ThemeName } from './theme.js';
import { counted, listed } from '../topology/index.js';
import { FACT_LIMIT } from './facts.js';

/** The picture as a document of its own: no scripts, nothing fetched, every name escaped. */
export function renderSvg(drawing: Drawing, layout: Layout, theme: ThemeName, font?: string): string {
    return pictureOf(drawing, layout, inFont(PALETTES[theme], font));
}

/** The same in any colours, such as those of the editor. */
export function pictureOf(drawing: Drawing, layout: Layout, palette: Palette): string {
    const { width, height, layers } = sceneOf(drawing, layout, { interactive: false });
    const root = svg(
        'svg',
        {
            xmlns: 'http://www.w3.org/2000/svg',
            width,
            height,
            viewBox: `0 0 ${width} ${height}`,
            role: 'img',
            'aria-labelledby': 'title description',
        },
        svg('title', { id: 'title' }, titleOf(drawing)),
        svg('desc', { id: 'description' }, summary(drawing)),
        svg('style', {}, stylesheet(palette)),
        svg('rect', { class: 'page', width, height }),
        ...layers,
    );
    return `${serialize(root)}\n`;
}

export function titleOf(drawing: Drawing): string {
    return `Topology of ${drawing.title}`;
}

/** The whole drawing in a few sentences. */
export function summary(drawing: Drawing): string {
    const zones = drawing.regions.flatMap((region) => region.zones);
    const nodes = drawnNodes(drawing);
    const clusters = drawing.clusters.map((cluster) => cluster.label);
    return [
        `${counted(clusters.length, 'cluster')}${clusters.length === 0 ? '' : `: ${listed(clusters, { limit: FACT_LIMIT })}`}.`,
        `${counted(nodes.length, 'node')} in ${counted(zones.length, 'zone')} of ${counted(drawing.regions.length, 'region')}.`,
        ...drawing.links
            .filter((link) => link.kind !== 'traffic')
            .flatMap((link) => link.facts)
            .slice(0, 24),
    ].join(' ');
}
