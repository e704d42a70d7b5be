import { sceneOf, summary, type Drawing, type Layout } from '../diagram/index.js';
import { svgNode } from './dom.js';

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
    stage.replaceChildren(svgNode({ name: 'svg', attributes, children: scene.layers }));
    return { width, height };
}
