import type { SourceRange } from '../../topology/index.js';
import type { Sources } from '../input/sources.js';
import { styled, type Line, type Style } from '../output/page.js';
import { printable } from '../output/printable.js';
import { width } from '../output/width.js';

/** Characters of a line that are shown; a longer one is cut around the underlined place. */
const SHOWN = 110;
/** Characters shown in front of the place in a line that is cut. */
const LEAD = 30;
const TAB = '    ';

/** The first line of a range with carets below it; nothing if the text is not known. */
export function excerpt(range: SourceRange, sources: Sources, style: Style): Line[] {
    const line = sources.line(range.uri, range.start.line);
    if (line === undefined || line.trim() === '') {
        return [];
    }
    const start = Math.min(range.start.character, line.length);
    const end = range.end.line === range.start.line ? Math.min(range.end.character, line.length) : line.length;
    const first = line.length <= SHOWN || start <= LEAD ? 0 : start - LEAD;
    const last = Math.min(line.length, first + SHOWN);
    const lead = `${first > 0 ? '…' : ''}${spelled(line.slice(first, start))}`;
    const rest = `${spelled(line.slice(start, last))}${last < line.length ? '…' : ''}`;
    const carets = '^'.repeat(Math.max(1, width(spelled(line.slice(start, Math.min(end, last)).trimEnd()))));
    const number = String(range.start.line + 1).padStart(5);
    return [
        [styled('dim', `${number} | `), lead, rest],
        [styled('dim', `${' '.repeat(number.length)} | `), ' '.repeat(width(lead)), styled(style, carets)],
    ];
}

/** The text as a page prints it, so that its width is the printed one. */
function spelled(text: string): string {
    return printable(text.replaceAll('\t', TAB));
}
