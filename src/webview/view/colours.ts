/** Colours of the theme for what is drawn on a canvas, which knows no variables. */
import { html } from '../dom.js';
import { TONES } from '../theme.js';

export interface Colours {
    readonly background: string;
    readonly foreground: string;
    readonly description: string;
    readonly border: string;
    readonly region: string;
    readonly zone: string;
    readonly focus: string;
    readonly error: string;
    readonly warning: string;
    readonly tones: readonly string[];
    readonly font: string;
    /** Whether tones are to be told apart by dashes too. */
    readonly dashed: boolean;
}

const BORDER = 'var(--vscode-editorWidget-border, var(--vscode-contrastBorder, var(--vscode-descriptionForeground)))';

/** As the theme, or the system where it forces colours, has them now. */
export function readColours(): Colours {
    const probe = html('span', 'unseen');
    document.body.append(probe);
    const forced = matchMedia('(forced-colors: active)').matches;
    const read = (value: string, system = 'CanvasText'): string => {
        probe.style.color = forced ? system : value;
        return getComputedStyle(probe).color;
    };
    const mix = (share: number): string =>
        `color-mix(in srgb, var(--vscode-editor-foreground) ${share}%, var(--vscode-editor-background))`;
    const dashed = forced || document.body.className.includes('vscode-high-contrast');
    const field = (share: number): string => (dashed ? 'var(--vscode-editor-background)' : mix(share));
    const colours: Colours = {
        background: read('var(--vscode-editor-background)', 'Canvas'),
        foreground: read('var(--vscode-editor-foreground)'),
        description: read('var(--vscode-descriptionForeground)'),
        border: read(BORDER),
        region: read(field(5), 'Canvas'),
        zone: read(field(3), 'Canvas'),
        focus: read('var(--vscode-focusBorder)', 'Highlight'),
        error: read('var(--vscode-editorError-foreground, var(--vscode-charts-red))'),
        warning: read('var(--vscode-editorWarning-foreground)'),
        tones: TONES.map((tone) => read(tone)),
        font: getComputedStyle(document.body).fontFamily,
        dashed,
    };
    probe.remove();
    return colours;
}
