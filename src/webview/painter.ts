import { sceneOf, summary, svg, type Drawing, type Layout, type SvgElement } from '../diagram/index.js';
import { svgNode } from './dom.js';

/** What fills the card of a node that is down: a form, whatever the colours. */
const HATCH: SvgElement = svg(
    'defs',
    {},
    svg(
        'pattern',
        { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        svg('rect', { class: 'page', width: 6, height: 6 }),
        svg('path', { class: 'hatching', d: 'M0 0V6' }),
    ),
);

/** Builds the picture anew and returns its size. */
export function paint(stage: HTMLElement, drawing: Drawing, layout: Layout): { width: number; height: number } {
    const scene = sceneOf(drawing, layout, { interactive: true });
    const { width, height } = scene;
    const attributes = {
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        role: 'group',
        'aria-label': `Topology of ${drawing.title}. ${summary(drawing)}`,
    };
    stage.replaceChildren(svgNode({ name: 'svg', attributes, children: [HATCH, ...scene.layers] }));
    return { width, height };
}
