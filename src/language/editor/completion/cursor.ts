import type { LangiumDocument, Lexer } from 'langium';
import type { IToken } from 'chevrotain';
import { isDocument, type Declaration } from '../../generated/ast.js';
import { canonicalHeader, openBlocks, statementStart, type OpenBlock } from './blocks.js';

/** What stands around the cursor, read from the tokens in front of it, so that it is right in half-typed text, too. */
export interface Cursor {
    readonly offset: number;
    /** What is replaced by a choice: from `start` to `end`. */
    readonly start: number;
    readonly end: number;
    /** The text from `start` to the cursor. With its opening mark where it is in quotes. */
    readonly typed: string;
    readonly quoted: boolean;
    /** All tokens of the declaration in front of `start`. */
    readonly tokens: readonly IToken[];
    /** Index of the first token of the statement at the cursor. */
    readonly statement: number;
    /** The outermost first. */
    readonly blocks: readonly OpenBlock[];
}

/** Undefined where nothing is completed: in comments, and in a range of names. */
export function cursorAt(document: LangiumDocument, offset: number, lexer: Lexer): Cursor | undefined {
    const text = document.textDocument.getText();
    const from = declarationStart(document, offset);
    const { tokens, hidden } = lexer.tokenize(text.slice(from, offset));
    const length = offset - from;
    const touching = [...tokens.slice(-1), ...hidden.slice(-1)].find((token) => endOf(token) === length);
    if (touching && (isOpenComment(touching) || isOpenRange(touching))) return undefined;
    const quoted = touching?.tokenType.name === 'STRING' && isOpenString(touching.image);
    const start = quoted ? from + touching.startOffset : wordStart(text, offset, from, tokens);
    const before = tokens.filter((token) => from + endOf(token) <= start);
    const blocks = openBlocks(before);
    return {
        offset,
        start,
        end: quoted ? quoteEnd(text, offset) : wordEnd(text, offset, isDotted(before, blocks)),
        typed: text.slice(start, offset),
        quoted,
        tokens: before,
        statement: currentStatement(text, from, start, before, blocks),
        blocks,
    };
}

/** The text in front of the cursor as a parser can read it: all that is open, and the statement but for its last token. */
export function skeleton(
    { tokens, blocks }: Cursor,
    statement: number,
): { readonly text: string; readonly last: IToken | undefined } {
    const block = blocks.at(-1);
    const routed =
        block?.kind === 'address' && tokens.slice(block.begin, statement).some(({ image }) => image === 'route');
    const headers = `${blocks.map(canonicalHeader).join(' ')}${routed ? ' route to x' : ''}`;
    const own = tokens.slice(statement);
    return {
        text: `${headers} ${own
            .slice(0, -1)
            .map(({ image }) => image)
            .join(' ')}`,
        last: own.at(-1),
    };
}

function endOf(token: IToken | undefined): number {
    return token ? token.startOffset + token.image.length : 0;
}

/** Reading begins at the declaration around the cursor: nothing in front of it matters, and a file may be long. */
function declarationStart(document: LangiumDocument, offset: number): number {
    const root = document.parseResult.value;
    if (!isDocument(root)) return 0;
    const starts = root.declarations;
    let [low, high] = [0, starts.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if (startOf(starts[middle]) < offset) low = middle + 1;
        else high = middle;
    }
    return low === 0 ? 0 : startOf(starts[low - 1]);
}

function startOf(declaration: Declaration | undefined): number {
    return declaration?.$cstNode?.offset ?? 0;
}

/** A cursor at the start of a line stands in a new statement unless the line before cannot be one's end. */
function currentStatement(
    text: string,
    from: number,
    start: number,
    tokens: readonly IToken[],
    blocks: readonly OpenBlock[],
): number {
    const least = blocks.at(-1)?.begin ?? 0;
    const last = tokens.at(-1);
    const here = tokens.length;
    if (!last || here <= least) return least;
    const sameLine = !text.slice(from + endOf(last), start).includes('\n');
    if (sameLine && last.image !== '}') return statementStart(tokens, here - 1, least);
    return statementStart(tokens, here, least);
}

function isOpenComment({ tokenType, image }: IToken): boolean {
    if (tokenType.name === 'SL_COMMENT') return true;
    return tokenType.name === 'ML_COMMENT' && !(image.length > 3 && image.endsWith('*/'));
}

function isOpenRange({ tokenType, image }: IToken): boolean {
    return tokenType.name === 'RANGE' && !image.includes(']');
}

function isOpenString(image: string): boolean {
    return image === '"' || !/^"(\\.|[^"\\])*"$/.test(image);
}

/** In settings a key of the real system is one word, dots and all. */
function isDotted(tokens: readonly IToken[], blocks: readonly OpenBlock[]): boolean {
    const block = blocks.at(-1);
    if (block?.kind === 'settings') return true;
    return block?.kind === 'workload' && tokens.slice(block.begin).some(({ image }) => image === 'with');
}

function wordStart(text: string, offset: number, from: number, tokens: readonly IToken[]): number {
    const plain = walk(text, offset, -1, isWordCharacter, from);
    const before = tokens.filter((token) => from + endOf(token) <= plain);
    if (!isDotted(before, openBlocks(before))) return plain;
    return walk(text, offset, -1, isKeyCharacter, from);
}

function wordEnd(text: string, offset: number, dotted: boolean): number {
    return walk(text, offset, 1, dotted ? isKeyCharacter : isWordCharacter, 0);
}

/** The closing mark that an editor has set by itself belongs to the text. */
function quoteEnd(text: string, offset: number): number {
    let end = offset;
    while (end < text.length && !/[\s"]/.test(text.charAt(end))) end++;
    return text.charAt(end) === '"' ? end + 1 : offset;
}

function walk(text: string, offset: number, step: 1 | -1, belongs: (letter: string) => boolean, least: number): number {
    let at = offset;
    const next = (): string => text.charAt(step < 0 ? at - 1 : at);
    while (at > least - (step > 0 ? 1 : 0) && next() !== '' && belongs(next())) at += step;
    return at;
}

function isWordCharacter(letter: string): boolean {
    return /[A-Za-z0-9_-]/.test(letter);
}

function isKeyCharacter(letter: string): boolean {
    return /[A-Za-z0-9_.-]/.test(letter);
}
