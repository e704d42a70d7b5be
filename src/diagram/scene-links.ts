/** All lines of a drawing: as the file declares them, or at an instant of a run. */
import { chosenDrawing } from './chosen.js';
import type { Drawing } from './drawing.js';
import type { Layout } from './layout.js';
import { linksAt, type LinkNow } from './links-now.js';
import { routeNow } from './route-now.js';
import type { SceneOptions } from './scene-element.js';
import { linkScene } from './scene-link.js';
import { svg, type SvgElement } from './svg.js';

export function linksScene(drawing: Drawing, layout: Layout, options: SceneOptions): SvgElement {
    const links = shownLinks(drawing, options);
    // Words come last, so that no other line runs through them.
    const wordless = links.filter((link) => link.label === '' && link.trouble === undefined);
    const worded = links.filter((link) => !wordless.includes(link));
    return svg(
        'g',
        { class: 'links' },
        ...[...wordless, ...worded].flatMap((link) => {
            const route = routeNow(layout, link);
            return route === undefined || route.points.length < 2 ? [] : [linkScene(link, route, options)];
        }),
    );
}

/** Where the reader has chosen clusters, lines that concern them count what belongs to these alone. */
export function shownLinks(drawing: Drawing, { moment, clusters = new Set() }: SceneOptions): readonly LinkNow[] {
    const chosen = chosenDrawing(drawing, clusters);
    const own = new Map((moment === undefined ? chosen.links : linksAt(chosen, moment)).map((link) => [link.id, link]));
    const others =
        chosen === drawing ? [] : drawing.links.filter(({ id }) => !chosen.links.some((each) => each.id === id));
    const declared = new Set(drawing.links.map(({ id }) => id));
    const rest = new Map(others.map((link) => [link.id, link]));
    return [
        ...drawing.links.flatMap(({ id }) => own.get(id) ?? rest.get(id) ?? []),
        ...[...own.values()].filter(({ id }) => !declared.has(id)),
    ];
}
