import type { Topology } from '../topology/index.js';
import { layoutInProcess } from './elk-in-process.js';
import { renderSvg, type ShownInstant } from './render.js';
import type { ThemeName } from './theme.js';
import { toDrawing } from './to-drawing.js';

export interface DrawOptions {
    readonly theme: ThemeName;
    /** Name of a font that the words are set in, where it can be had. Positions do not depend on it. */
    readonly font?: string;
    /** The states at an instant of a run, in place of what the file declares. */
    readonly instant?: ShownInstant;
}

/** A topology's picture as an SVG document. */
export async function drawSvg(topology: Topology, { theme, font, instant }: DrawOptions): Promise<string> {
    const drawing = toDrawing(topology);
    return renderSvg(drawing, await layoutInProcess(drawing), theme, font, instant);
}
