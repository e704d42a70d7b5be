/** Colours and type of a drawing. */
import { stateRules } from './state-rules.js';

export const THEME_NAMES = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;

export type ThemeName = (typeof THEME_NAMES)[number];

export interface Palette {
    readonly background: string;
    readonly foreground: string;
    readonly description: string;
    readonly border: string;
    /** What a region and a zone lie on. */
    readonly region: string;
    readonly zone: string;
    readonly line: string;
    /** Thick lines are paler, so that they weigh as much as thin ones. */
    readonly thickLine: string;
    readonly focus: string;
    readonly error: string;
    readonly warning: string;
    /** Of clusters: none is that of an error or a warning. */
    readonly tones: readonly [string, string, string, string, string, string];
    readonly font: string;
    /** Tones differ by pattern too, and borders are strong. */
    readonly highContrast: boolean;
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Ubuntu, 'Helvetica Neue', Arial, sans-serif";

export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
    light: {
        background: '#ffffff',
        foreground: '#24292f',
        description: '#59636e',
        border: '#d0d7de',
        region: '#f3f5f7',
        zone: '#f8f9fa',
        line: '#6e7781',
        thickLine: '#868e97',
        focus: '#0969da',
        error: '#cf222e',
        warning: '#9a6700',
        tones: ['#1a73e8', '#2e8540', '#b87008', '#7c4dba', '#0b7f97', '#b6278b'],
        font: FONT,
        highContrast: false,
    },
    dark: {
        background: '#1f1f1f',
        foreground: '#dddddd',
        description: '#a0a0a0',
        border: '#434343',
        region: '#252526',
        zone: '#292929',
        line: '#8b949e',
        thickLine: '#747b84',
        focus: '#4da3ff',
        error: '#f85149',
        warning: '#d29922',
        tones: ['#59a4f9', '#89d185', '#d18616', '#b180d7', '#39c5cf', '#e06cb8'],
        font: FONT,
        highContrast: false,
    },
    'high-contrast': {
        background: '#000000',
        foreground: '#ffffff',
        description: '#ffffff',
        border: '#6fc3df',
        region: '#000000',
        zone: '#000000',
        line: '#ffffff',
        thickLine: '#ffffff',
        focus: '#f38518',
        error: '#f48771',
        warning: '#ffd370',
        tones: ['#59a4f9', '#89d185', '#d18616', '#d7a6ff', '#00cdcd', '#ff80d5'],
        font: FONT,
        highContrast: true,
    },
    'high-contrast-light': {
        background: '#ffffff',
        foreground: '#292929',
        description: '#292929',
        border: '#0f4a85',
        region: '#ffffff',
        zone: '#ffffff',
        line: '#292929',
        thickLine: '#292929',
        focus: '#006bbd',
        error: '#b5200d',
        warning: '#895503',
        tones: ['#0f4a85', '#2e6b34', '#8a4b08', '#652d90', '#00677a', '#9b1b72'],
        font: FONT,
        highContrast: true,
    },
};

/** The palette with another font in front of its own, which remain for what that font lacks. */
export function inFont(palette: Palette, font: string | undefined): Palette {
    // What could end a quoted name in a style sheet is no part of a font's name.
    const name = font?.replace(/["'\\;{}<>\n]/g, '').trim();
    return name ? { ...palette, font: `'${name}', ${palette.font}` } : palette;
}

/** Dashes of the band, so that tones can be told apart without colour; also of the clusters beyond the sixth. */
export const TONE_DASHES = ['none', '8 3', '3 3', '12 3 3 3', '2 4', '16 4'] as const;

/** Style rules of a picture that may show the instants of a run. */
export function playingStylesheet(palette: Palette): string {
    return [stylesheet(palette), ...stateRules(palette)].join('\n');
}

/** Style rules with plain values only: many programs that take pictures know no CSS variables. */
export function stylesheet(palette: Palette): string {
    const tones = palette.tones.flatMap((tone, index) => [
        `.tone-${index}{stroke:${tone}}`,
        ...(palette.highContrast ? [`.tone-${index}{stroke-dasharray:${TONE_DASHES[index] ?? 'none'}}`] : []),
    ]);
    return [
        `text{font-family:${palette.font};font-size:11px;fill:${palette.foreground}}`,
        '.name{font-size:13px;font-weight:600}',
        `.detail{font-size:11px;fill:${palette.description}}`,
        `.caption{font-size:10px;fill:${palette.description}}`,
        `.roles{font-size:10px;letter-spacing:.5px;fill:${palette.description}}`,
        '.middle{text-anchor:middle}',
        '.end{text-anchor:end}',
        '.figures{font-variant-numeric:tabular-nums}',
        `.page{fill:${palette.background}}`,
        `.region .shape{fill:${palette.region};stroke:${palette.highContrast ? palette.border : 'none'}}`,
        '.region.plain .shape,.address .shape{fill:transparent;stroke:none}',
        `.zone .shape{fill:${palette.zone};stroke:${palette.border}}`,
        '.undeclared .shape{stroke-dasharray:4 4}',
        `.node .shape,.client .shape,.cluster .shape{fill:${palette.background};stroke:${palette.border}}`,
        `.control{fill:none;stroke:${palette.foreground};stroke-width:1.5}`,
        `.control.leads{fill:${palette.foreground}}`,
        '.band{fill:none;stroke-width:3}',
        ...tones,
        '.lap-1{stroke-dasharray:6 3}',
        '.lap-2{stroke-dasharray:2 3}',
        '.lap-3{stroke-dasharray:9 2 2 2}',
        '.lap-4{stroke-dasharray:3 5}',
        '.lap-5{stroke-dasharray:4 2}',
        `.copy .shape{fill:${palette.background};stroke:${palette.line}}`,
        `.copy.leader .shape{fill:${palette.foreground};stroke:${palette.foreground}}`,
        `.copy.leader text{fill:${palette.background}}`,
        `.line{fill:none;stroke:${palette.line};stroke-width:1.25;stroke-linejoin:round}`,
        `.dependency .line{stroke-width:2.5;stroke:${palette.thickLine}}`,
        '.asynchronous .line{stroke-dasharray:5 4}',
        '.standby .line{stroke-dasharray:2 3}',
        `.arrow{fill:${palette.line};stroke:none}`,
        `.dependency .arrow{fill:${palette.thickLine}}`,
        `.traffic .arrow{fill:${palette.background};stroke:${palette.line}}`,
        `.chip{fill:${palette.background};stroke:${palette.border}}`,
        '.hit{fill:none;stroke:none;pointer-events:stroke;stroke-width:12}',
    ].join('\n');
}
