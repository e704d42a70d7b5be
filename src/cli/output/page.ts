/** Styled text before it is printed: whoever writes a line cannot forget to make it harmless, rendering does that. */
import pc from 'picocolors';
import { printable } from './printable.js';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

export interface Span {
    readonly text: string;
    readonly style: Style;
}

/** One line, without its end. */
export type Line = readonly (string | Span)[];

export function styled(style: Style, text: string): Span {
    return { text, style };
}

/** A line for each line of the text, indented by `indent` spaces. */
export function linesOf(text: string, indent = 0): Line[] {
    return text.split(/\r?\n/).map((line) => (line === '' ? [] : [' '.repeat(indent) + line]));
}

/** Text for a sink: every line ended, control characters made visible, colours only if wanted. */
export function render(lines: readonly Line[], colours: boolean): string {
    const paint = pc.createColors(colours);
    const renderSpan = (span: string | Span): string =>
        typeof span === 'string' ? printable(span) : paint[span.style](printable(span.text));
    return lines.map((line) => `${line.map(renderSpan).join('').trimEnd()}\n`).join('');
}
