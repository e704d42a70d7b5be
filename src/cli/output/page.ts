/** Styled text before it is printed: whoever writes a line cannot forget to make it harmless, rendering does that. */
import pc from 'picocolors';
import { printable } from './printable.js';
import { width } from './width.js';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

export interface Span {
    readonly text: string;
    readonly style: Style;
}

/** One line, without its end, or a sentence that may be broken into several where the terminal ends. */
export type Line = Spans | Prose;

export type Spans = readonly (string | Span)[];

export interface Prose {
    readonly prose: string;
    /** Stands in front of its first line, in place of the spaces, and is as wide as they are. */
    readonly lead?: string;
    /** Spaces in front of every line of it. */
    readonly indent: number;
}

export interface Rendering {
    readonly colours: boolean;
    /** Cells that a line may fill; undefined: as many as it takes. */
    readonly columns: number | undefined;
}

export function styled(style: Style, text: string): Span {
    return { text, style };
}

/** A line for each line of the text, indented by `indent` spaces and never broken. */
export function linesOf(text: string, indent = 0): Spans[] {
    return splitLines(text).map((line) => (line === '' ? [] : [' '.repeat(indent) + line]));
}

/** Sentences, a line for each line of the text. */
export function proseOf(text: string, indent: number): Prose[] {
    return splitLines(text).map((prose) => ({ prose, indent }));
}

/** Text for a sink: every line ended, control characters made visible, colours only if wanted. */
export function render(lines: readonly Line[], { colours, columns }: Rendering): string {
    const paint = pc.createColors(colours);
    const renderSpan = (span: string | Span): string =>
        typeof span === 'string' ? printable(span) : paint[span.style](printable(span.text));
    const renderLine = (line: Line): string =>
        'prose' in line ? wrapped(line, columns ?? Infinity) : line.map(renderSpan).join('');
    return lines.map((line) => `${renderLine(line).trimEnd()}\n`).join('');
}

/** Spaces, but for those between a figure and its unit, and between an arrow and what it points at. */
const GAPS = /(?<![\d←]) |(?<!←) (?!(?:ms|s|min|h)\b)/;

function wrapped({ prose, indent, lead }: Prose, columns: number): string {
    const margin = ' '.repeat(indent);
    const lines: string[] = [];
    for (const word of printable(prose).split(GAPS)) {
        const last = lines.at(-1);
        const longer = `${last ?? lead ?? margin}${last === undefined ? '' : ' '}${word}`;
        if (last === undefined || width(longer) <= columns) {
            lines.splice(-1, 1, longer);
        } else if (word !== '') {
            lines.push(margin + word);
        }
    }
    return lines.map((line) => line.trimEnd()).join('\n');
}

function splitLines(text: string): string[] {
    return text.split(/\r?\n/);
}
