import type { Io, Sink } from '../io.js';
import { render, type Line, type Rendering } from './page.js';
import { printable, printableJson } from './printable.js';

/** Where commands print: data on stdout, words about them on stderr. */
export interface Console {
    /** The report that was asked for, for people. */
    report(lines: readonly Line[]): void;
    /** The report that was asked for, for machines. */
    json(value: unknown): void;
    /** Any other data, such as an SVG. Control characters other than line ends and tabs are made visible. */
    data(text: string): void;
    /** A text of the user's own: as it is, unless a terminal shows it. */
    verbatim(text: string): void;
    /** Words beside the data. */
    say(lines: readonly Line[]): void;
    /** Overwrites the line that tells how far the work is; null removes it. Silent where stderr is no terminal. */
    progress(text: string | null): void;
}

const ERASE_LINE = '\r\u001b[2K';

export function createConsole(io: Io): Console {
    let progressShown = false;
    const progress = (text: string | null): void => {
        if (!io.stderr.terminal || (text === null && !progressShown)) {
            return;
        }
        io.stderr.write(text === null ? ERASE_LINE : ERASE_LINE + printable(text));
        progressShown = text !== null;
    };
    const write = (sink: Sink, text: string): void => {
        progress(null);
        sink.write(text);
    };
    return {
        report: (lines) => write(io.stdout, render(lines, renderingFor(io, io.stdout))),
        json: (value) => write(io.stdout, `${printableJson(value)}\n`),
        data: (text) => write(io.stdout, printableText(text)),
        verbatim: (text) => write(io.stdout, io.stdout.terminal ? printableText(text.replaceAll('\r\n', '\n')) : text),
        say: (lines) => write(io.stderr, render(lines, renderingFor(io, io.stderr))),
        progress,
    };
}

/** Lines longer than this are hard to read, however wide the terminal is. */
const WIDEST = 110;
const NARROWEST = 40;

function renderingFor(io: Io, sink: Sink): Rendering {
    return {
        colours: coloured(io, sink),
        columns: sink.terminal ? Math.min(WIDEST, Math.max(NARROWEST, sink.columns ?? WIDEST)) : undefined,
    };
}

/** @see https://no-color.org: set and not empty means no colours, whatever its value. */
function coloured(io: Io, sink: Sink): boolean {
    return sink.terminal && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb';
}

function printableText(text: string): string {
    return text
        .split(/(?<=[\n\t])/)
        .map(printablePiece)
        .join('');
}

function printablePiece(piece: string): string {
    const end = piece.at(-1);
    return end === '\n' || end === '\t' ? printable(piece.slice(0, -1)) + end : printable(piece);
}
