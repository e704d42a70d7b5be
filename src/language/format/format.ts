import type { Lexer } from 'langium';
import type { ClusterServices } from '../services.js';
import { quoted } from '../names/quoting.js';
import type { GuardedParseResult } from '../parser/guard.js';
import { isUnquotedError } from '../parser/lexer.js';
import { alignColumns } from './alignment.js';
import { commentText } from './comments.js';
import { applyEdits, smallestEdit, type Edit } from './edits.js';
import { isFaithful } from './faithful.js';
import { Layout, type Gap } from './layout.js';
import { lineEnd, readPieces, type Piece } from './pieces.js';
import { readRoles } from './roles.js';
import { readSections, type Section } from './soundness.js';
import { readStructure, type Structure } from './structure.js';

/**
 * What brings a text into canonical form, in order. Values of settings that cannot be read without quotes get them, where that
 * makes their declaration whole; other declarations with syntax errors stay as they are. Throws, rather than change what the
 * text says.
 *
 * @param parsed the same text
 */
export function formatEdits(text: string, parsed: GuardedParseResult, services: ClusterServices): Edit[] {
    const quotes = usefulQuotes(text, parsed, services);
    if (quotes.length === 0) return layoutEdits(text, parsed, services);
    const readable = applyEdits(text, quotes);
    const layout = layoutEdits(readable, services.parser.Guard.parse(readable), services);
    return smallestEdit(text, 0, text.length, applyEdits(readable, layout));
}

/** Quotes around values that make a declaration whole. */
function usefulQuotes(text: string, parsed: GuardedParseResult, services: ClusterServices): Edit[] {
    if (parsed.limit) return [];
    const quotes = parsed.lexerErrors
        .filter(isUnquotedError)
        .map(({ offset, length, value }) => ({ start: offset, end: offset + length, text: quoted(value) }))
        .sort((left, right) => left.start - right.start);
    if (quotes.length === 0) return quotes;
    const readable = applyEdits(text, quotes);
    const after = sectionsOf(readable, services.parser.Guard.parse(readable), services);
    let shift = 0;
    return quotes.filter(({ start, end, text: { length } }) => {
        const place = start + shift;
        shift += length - (end - start);
        return isSound(after, place);
    });
}

function sectionsOf(text: string, parsed: GuardedParseResult, { parser }: ClusterServices): Section[] {
    return readSections(readPieces(text, parser.Lexer.tokenize(text)), parsed, readStructure(parsed));
}

function isSound(sections: readonly Section[], offset: number): boolean {
    return sections.findLast(({ start }) => start <= offset)?.sound ?? false;
}

/**
 * What brings a text into canonical layout, in order; quotes are left out. Any part of the edits may be applied without the
 * others.
 *
 * @param parsed the same text
 */
export function layoutEdits(text: string, parsed: GuardedParseResult, { parser }: ClusterServices): Edit[] {
    if (parsed.limit) return [];
    const pieces = readPieces(text, parser.Lexer.tokenize(text));
    const structure = readStructure(parsed);
    const sections = readSections(pieces, parsed, structure);
    const written = rewrite(pieces, readGaps(pieces, structure, sections), structure, lineEnd(text));
    const edits = [...pieceEdits(text, pieces, written), ...endEdits(text, pieces, sections)];
    const words = written.flatMap((each) => [...(each.mark ? [MARK] : []), ...wordsOf(each, parser.Lexer)]);
    if (edits.length > 0 && !isFaithful(words, applyEdits(text, edits), parser.Lexer)) {
        throw new Error('The layout was left as it is: a change to it would have changed what the file says.');
    }
    return edits;
}

/** The mark that a setting may lack between its key and its value. */
const MARK = { kind: 'token', image: '=' } as const;

/** A piece as it will be written. */
interface Rewritten extends Pick<Piece, 'kind' | 'image'> {
    readonly mark: Gap['mark'];
    /** What stands in front of it; undefined where the text stays as it is. */
    readonly white?: string;
    /** A key that loses its quotes, so that its dots are words of their own. */
    readonly isKey?: boolean;
}

function wordsOf({ kind, image, isKey }: Rewritten, lexer: Lexer): readonly Pick<Piece, 'kind' | 'image'>[] {
    return isKey ? readPieces(image, lexer.tokenize(image)) : [{ kind, image }];
}

function rewrite(
    pieces: readonly Piece[],
    gaps: readonly (Gap | undefined)[],
    { separators, quotedKeys }: Structure,
    eol: string,
): Rewritten[] {
    const blanks = alignColumns(pieces, gaps);
    return pieces.map((piece, index): Rewritten => {
        const gap = gaps[index];
        const { kind, image } = piece;
        const key = quotedKeys.get(piece.offset);
        if (!gap) return { kind, image, mark: '' };
        const { mark, newlines } = gap;
        const width = blanks[index] ?? 0;
        const beginsLine = newlines > 0 || index === 0;
        const white = eol.repeat(newlines) + ' '.repeat(width);
        if (kind !== 'token')
            return { kind, mark, white, image: commentText(piece, beginsLine ? width : undefined, eol) };
        return {
            kind,
            mark,
            white,
            image: separators.has(piece.offset) ? '=' : (key ?? image),
            isKey: key !== undefined,
        };
    });
}

function pieceEdits(text: string, pieces: readonly Piece[], written: readonly Rewritten[]): Edit[] {
    return pieces.flatMap(({ offset, end }, index) => {
        const { mark = '', white, image = '' } = written[index] ?? {};
        if (white === undefined) return [];
        return [
            ...smallestEdit(text, pieces[index - 1]?.end ?? 0, offset, mark + white),
            ...smallestEdit(text, offset, end, image),
        ];
    });
}

/** A text ends with one line break. */
function endEdits(text: string, pieces: readonly Piece[], sections: readonly Section[]): Edit[] {
    const end = pieces.at(-1)?.end ?? 0;
    return sections.at(-1)?.sound ? smallestEdit(text, end, text.length, end > 0 ? lineEnd(text) : '') : [];
}

/** What stands in front of each piece; undefined where the text is left as it is. */
function readGaps(pieces: readonly Piece[], structure: Structure, sections: readonly Section[]): (Gap | undefined)[] {
    const layout = new Layout(pieces, readRoles(pieces, structure), structure);
    let current = 0;
    return pieces.map((piece, index) => {
        let isSound = sections[current]?.sound;
        for (; piece.offset >= (sections[current + 1]?.start ?? Infinity); current++) {
            isSound &&= sections[current + 1]?.sound;
        }
        return isSound ? layout.gap(index) : undefined;
    });
}
