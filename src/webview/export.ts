/** The picture as it is shown, as a file of its own: in the editor's colours or those of a theme, with its words inside. */
import {
    descriptionOf,
    describedPng,
    inFont,
    PALETTES,
    pictureOf,
    titleOf,
    type Drawing,
    type Layout,
    type Palette,
    type ShownInstant,
} from '../diagram/index.js';
import type { FromWebview, PictureLook } from '../protocol/index.js';
import { themePalette } from './theme.js';

type Exported = FromWebview & { readonly type: 'export' };

/** Pixels for each of the drawing's, as `faultline draw` has them. */
const SCALE = 2;
/** No side of a canvas may be longer: a larger picture gets fewer pixels for each of the drawing's. */
const LONGEST_SIDE = 16_000;

/** @throws Error if the browser cannot make a picture of it */
export async function exported(
    format: Exported['format'],
    { theme, font }: PictureLook,
    drawing: Drawing,
    layout: Layout,
    instant?: ShownInstant,
): Promise<Exported> {
    const palette = theme === undefined ? plainColours(themePalette()) : PALETTES[theme];
    const picture = pictureOf(drawing, layout, inFont(palette, font), instant);
    if (format === 'svg') {
        return { type: 'export', format, data: picture };
    }
    const words = { title: titleOf(drawing), description: descriptionOf(drawing, instant) };
    return { type: 'export', format, data: base64(describedPng(await rasterized(picture), words)) };
}

/** Variables and mixtures as the colours that they are now: outside of the editor nobody knows them. */
function plainColours(palette: Palette): Palette {
    const probe = document.createElement('span');
    document.body.append(probe);
    const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const plain = (colour: string): string => {
        probe.style.color = '';
        probe.style.color = colour;
        return pixel === null ? colour : hexadecimal(getComputedStyle(probe).color, pixel);
    };
    const [one, two, three, four, five, six] = palette.tones;
    const colours: Palette = {
        background: plain(palette.background),
        foreground: plain(palette.foreground),
        description: plain(palette.description),
        border: plain(palette.border),
        region: plain(palette.region),
        zone: plain(palette.zone),
        line: plain(palette.line),
        thickLine: plain(palette.thickLine),
        focus: plain(palette.focus),
        error: plain(palette.error),
        warning: plain(palette.warning),
        tones: [plain(one), plain(two), plain(three), plain(four), plain(five), plain(six)],
        font: getComputedStyle(document.body).fontFamily,
        highContrast: palette.highContrast,
    };
    probe.remove();
    return colours;
}

/** `#rrggbbaa`, whatever form the browser gives a colour. */
function hexadecimal(colour: string, pixel: CanvasRenderingContext2D): string {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 255] = pixel.getImageData(0, 0, 1, 1).data;
    const digits = (alpha === 255 ? [red, green, blue] : [red, green, blue, alpha]).map((value) =>
        value.toString(16).padStart(2, '0'),
    );
    return `#${digits.join('')}`;
}

async function rasterized(picture: string): Promise<Uint8Array> {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}`;
    await image.decode();
    const scale = Math.min(SCALE, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (blob === null) {
        throw new Error('The picture is too large for a PNG.');
    }
    return new Uint8Array(await blob.arrayBuffer());
}

/** In pieces: a call takes only so many arguments. */
const PIECE = 0x8000;

function base64(bytes: Uint8Array): string {
    let text = '';
    for (let at = 0; at < bytes.length; at += PIECE) {
        text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
    }
    return btoa(text);
}
