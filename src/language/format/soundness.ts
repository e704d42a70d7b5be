import type { ILexingError, IRecognitionException, IToken } from 'chevrotain';
import type { GuardedParseResult } from '../parser/guard.js';
import { isToken, type Piece } from './pieces.js';
import type { Structure } from './structure.js';

/** A stretch of a text from the beginning of a declaration to that of the next one. */
export interface Section {
    readonly start: number;
    /** Whether it was understood to the last word, so that its layout can be changed without any risk. */
    readonly sound: boolean;
}

/** Divides a text at its declarations. What stands in front of the first one is a section, too. */
export function readSections(pieces: readonly Piece[], result: GuardedParseResult, structure: Structure): Section[] {
    const { declarations } = structure;
    const starts = [0, ...declarations.map(({ start }) => start)];
    const broken = new Set<number>();
    for (const offset of errorOffsets(result)) broken.add(lastAtOrBefore(starts, offset));
    let section = 0;
    let depth = 0;
    for (const piece of pieces) {
        while (piece.offset >= (starts[section + 1] ?? Infinity)) {
            if (depth !== 0) broken.add(section);
            depth = 0;
            section++;
        }
        if (isToken(piece, '{')) depth++;
        if (isToken(piece, '}')) depth--;
        const isSpare = piece.kind === 'token' && piece.end > (declarations[section - 1]?.end ?? 0);
        if (isSpare || depth < 0) broken.add(section);
    }
    if (depth !== 0) broken.add(section);
    return starts.map((start, index) => ({ start, sound: !result.limit && !broken.has(index) }));
}

/** Every place that an error touches. An offset that is not known stands for the end of the text. */
function errorOffsets({ lexerErrors, parserErrors }: GuardedParseResult): number[] {
    const lexing = lexerErrors.map(({ offset }: ILexingError) => offset);
    const parsing = parserErrors.flatMap((error: IRecognitionException & { previousToken?: IToken }) =>
        [error.token, ...(error.previousToken ? [error.previousToken] : []), ...error.resyncedTokens].map(
            ({ startOffset }) => (Number.isFinite(startOffset) ? startOffset : Infinity),
        ),
    );
    return [...lexing, ...parsing];
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? Infinity) <= offset) low = middle;
        else high = middle - 1;
    }
    return low;
}
