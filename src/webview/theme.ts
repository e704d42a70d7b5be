/** The drawing in the colours of the editor's theme. */
import { playingStylesheet, type Palette } from '../diagram/index.js';

const variable = (name: string): string => `var(--vscode-${name})`;

const toned = (colour: string): string => `color-mix(in srgb, ${colour} 90%, ${variable('editor-foreground')})`;

/** Not the red of what is down. Some are too pale for a thin band in light themes, so each takes a little of the letters' colour. */
export const TONES: Palette['tones'] = [
    toned(variable('charts-blue')),
    toned(variable('charts-green')),
    toned(variable('charts-orange')),
    toned(variable('charts-purple')),
    toned(`var(--vscode-terminal-ansiCyan, ${variable('charts-blue')})`),
    toned(`var(--vscode-terminal-ansiMagenta, ${variable('charts-purple')})`),
];

const PALETTE: Palette = {
    background: variable('editor-background'),
    foreground: variable('editor-foreground'),
    description: variable('descriptionForeground'),
    border: `var(--vscode-editorWidget-border, color-mix(in srgb, ${variable('editor-foreground')} 24%, transparent))`,
    region: `color-mix(in srgb, ${variable('editor-foreground')} 5%, ${variable('editor-background')})`,
    zone: `color-mix(in srgb, ${variable('editor-foreground')} 3%, ${variable('editor-background')})`,
    line: `color-mix(in srgb, ${variable('editor-foreground')} 65%, ${variable('editor-background')})`,
    thickLine: `color-mix(in srgb, ${variable('editor-foreground')} 60%, ${variable('editor-background')})`,
    focus: variable('focusBorder'),
    error: `var(--vscode-editorError-foreground, ${variable('charts-red')})`,
    warning: variable('editorWarning-foreground'),
    tones: TONES,
    font: variable('font-family'),
    highContrast: false,
};

const CONTRAST: Palette = {
    ...PALETTE,
    description: variable('editor-foreground'),
    border: variable('contrastBorder'),
    region: variable('editor-background'),
    zone: variable('editor-background'),
    line: variable('editor-foreground'),
    thickLine: variable('editor-foreground'),
    highContrast: true,
};

/** The system's own colours, where it forces them on every page: nobody knows whether they are dark or light. */
const FORCED: Palette = {
    ...CONTRAST,
    background: 'Canvas',
    foreground: 'CanvasText',
    description: 'CanvasText',
    border: 'CanvasText',
    region: 'Canvas',
    zone: 'Canvas',
    line: 'CanvasText',
    thickLine: 'CanvasText',
    focus: 'Highlight',
    error: 'CanvasText',
    warning: 'CanvasText',
    tones: ['CanvasText', 'CanvasText', 'CanvasText', 'CanvasText', 'CanvasText', 'CanvasText'],
};

const FORCED_COLOURS = '(forced-colors: active)';

/** VS Code names the theme's kind in the body's classes. */
export function themePalette(): Palette {
    if (matchMedia(FORCED_COLOURS).matches) {
        return FORCED;
    }
    const classes = document.body.classList;
    const contrast = classes.contains('vscode-high-contrast') || classes.contains('vscode-high-contrast-light');
    return contrast ? CONTRAST : PALETTE;
}

/** Follows the theme as it changes. */
export function followTheme(): void {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    let shown: Palette | undefined;
    const paint = (): void => {
        const palette = themePalette();
        if (palette !== shown) {
            shown = palette;
            sheet.replaceSync(playingStylesheet(palette));
        }
    };
    paint();
    matchMedia(FORCED_COLOURS).addEventListener('change', paint);
    new MutationObserver(paint).observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
