import type { Topology } from '../topology/index.js';
import { layoutInProcess } from './elk-in-process.js';
import { renderSvg } from './render.js';
import type { ThemeName } from './theme.js';
import { toDrawing } from './to-drawing.js';

export interface DrawOptions {
    readonly theme: ThemeName;
}

/** A topology's picture as an SVG document. */
export async function drawSvg(topology: Topology, { theme }: DrawOptions): Promise<string> {
    const drawing = toDrawing(topology);
    return renderSvg(drawing, await layoutInProcess(drawing), theme);
}
