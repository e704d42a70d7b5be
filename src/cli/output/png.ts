import type * as ResvgModule from '@resvg/resvg-js';
import { MisuseError } from '../exit.js';

/** Pixels for each of the drawing's: sharp on the screens and in the documents of today. */
const SCALE = 2;

/**
 * An SVG as a PNG, without a browser. The program that does it is native and large, and nothing else needs it: it is loaded
 * here alone, and an installation may lack it.
 *
 * @param font as in the SVG; the other families are those that an installation is likely to have
 */
export async function rasterized(svg: string, font: string | undefined): Promise<Uint8Array> {
    const { Resvg } = await load();
    const picture = new Resvg(svg, {
        fitTo: { mode: 'zoom', value: SCALE },
        font: { loadSystemFonts: true, defaultFontFamily: font ?? 'Arial', sansSerifFamily: font ?? 'Arial' },
    });
    return picture.render().asPng();
}

async function load(): Promise<Pick<typeof ResvgModule, 'Resvg'>> {
    try {
        return await import('@resvg/resvg-js');
    } catch {
        throw new MisuseError(
            'A PNG needs the package @resvg/resvg-js, which is not installed here. Install it, or draw an SVG instead.',
        );
    }
}
