import type { DrawnLink } from './drawing.js';
import { GRID, type Point } from './geometry.js';
import { labelWidth, linkLabel } from './layout.js';
import type { Route } from './row-model.js';
import type { LinkNow, LinkTrouble } from './links-now.js';
import { element, type SceneOptions } from './scene-element.js';
import { svg, type SvgElement } from './svg.js';

const RADIUS = 6;
const ARROW = { length: 7, half: 3.5 } as const;
const CHIP_HEIGHT = 16;

const KINDS = {
    replication: 'Replication',
    dependency: 'Dependency',
    traffic: 'Traffic',
} as const satisfies Record<DrawnLink['kind'], string>;

export function linkScene(link: LinkNow, route: Route, options: SceneOptions): SvgElement {
    const { line, arrow } = lineTo(route.points);
    const back = link.bothWays === true ? lineTo([...route.points].reverse()).arrow : '';
    const drawn = element(link, `link ${linkClasses(link)}`, KINDS[link.kind], options, [
        ...(options.interactive ? [svg('path', { class: 'hit', d: line })] : []),
        svg('path', { class: 'line', d: line }),
        svg('path', { class: 'arrow', d: `${arrow}${back}` }),
        ...(route.label === undefined ? [] : chip(link, route.label)),
    ]);
    return link.trouble === undefined
        ? drawn
        : { ...drawn, attributes: { ...drawn.attributes, 'data-trouble': link.trouble } };
}

/** How it is drawn. */
export function linkClasses({ kind, asynchronous, standby }: DrawnLink): string {
    return [kind, ...(asynchronous ? ['asynchronous'] : []), ...(standby ? ['standby'] : [])].join(' ');
}

/** An orthogonal line with its arrow: what lines and arrows of all kinds are drawn from. */
export function lineTo(points: readonly Point[]): { readonly line: string; readonly arrow: string } {
    const moving = withoutStandstill(points);
    return { line: rounded(shortened(moving)), arrow: arrowhead(moving) };
}

/** What stands in front of the words on a line of which not all gets through: a form, whatever the colours. */
const TROUBLES = { cut: '✂', still: '✕', partly: '◐' } as const satisfies Record<LinkTrouble, string>;
const TROUBLE_WIDTH = 12;

export function troubleGlyph(trouble: LinkTrouble): string {
    return TROUBLES[trouble];
}

function chip(link: LinkNow, at: Point): SvgElement[] {
    const mark = link.trouble === undefined ? 0 : TROUBLE_WIDTH;
    const width = Math.max(labelWidth(link) - 2 + mark, mark + GRID);
    const left = at.x - width / 2;
    const words = { class: 'caption middle', x: at.x + mark / 2, y: at.y + 3.5 };
    return [
        svg('rect', {
            class: 'chip',
            x: left,
            y: at.y - CHIP_HEIGHT / 2,
            width,
            height: CHIP_HEIGHT,
            rx: CHIP_HEIGHT / 2,
        }),
        ...(link.trouble === undefined
            ? []
            : [
                  svg(
                      'text',
                      { class: 'middle mark', x: left + GRID / 2 + mark / 2, y: at.y + 4 },
                      TROUBLES[link.trouble],
                  ),
              ]),
        ...(link.label === '' ? [] : [svg('text', words, linkLabel(link))]),
    ];
}

function withoutStandstill(points: readonly Point[]): Point[] {
    return points.filter((point, at) => {
        const before = points[at - 1];
        return before === undefined || before.x !== point.x || before.y !== point.y;
    });
}

/** The line stops inside its arrow, so that the tip stays sharp. */
function shortened(points: readonly Point[]): Point[] {
    const [end, before] = [points.at(-1), points.at(-2)];
    if (end === undefined || before === undefined) {
        return [...points];
    }
    const by = ARROW.length - 1;
    return [
        ...points.slice(0, -1),
        { x: end.x - Math.sign(end.x - before.x) * by, y: end.y - Math.sign(end.y - before.y) * by },
    ];
}

function arrowhead(points: readonly Point[]): string {
    const [end, before] = [points.at(-1), points.at(-2)];
    if (end === undefined || before === undefined) {
        return '';
    }
    const [dx, dy] = [Math.sign(end.x - before.x), Math.sign(end.y - before.y)];
    const corner = (side: 1 | -1): string =>
        `${end.x - dx * ARROW.length - dy * side * ARROW.half} ${end.y - dy * ARROW.length + dx * side * ARROW.half}`;
    return `M${end.x} ${end.y}L${corner(1)}L${corner(-1)}Z`;
}

/** Corners of an orthogonal line, rounded as far as their legs allow. */
function rounded(points: readonly Point[]): string {
    const [start, ...rest] = points;
    if (start === undefined) {
        return '';
    }
    const parts = rest.map((corner, at) => {
        const next = rest[at + 1];
        const before = points[at] ?? start;
        if (next === undefined) {
            return `L${corner.x} ${corner.y}`;
        }
        const radius = Math.min(RADIUS, length(before, corner) / 2, length(corner, next) / 2);
        const into = towards(corner, before, radius);
        const out = towards(corner, next, radius);
        return `L${into.x} ${into.y}Q${corner.x} ${corner.y} ${out.x} ${out.y}`;
    });
    return `M${start.x} ${start.y}${parts.join('')}`;
}

function length(from: Point, to: Point): number {
    return Math.abs(from.x - to.x) + Math.abs(from.y - to.y);
}

function towards(from: Point, to: Point, by: number): Point {
    return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}
