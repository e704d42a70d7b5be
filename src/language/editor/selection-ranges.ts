import { CstUtils, type AstNode, type LangiumDocument } from 'langium';
import type { Position, SelectionRange } from 'vscode-languageserver';
import { isComment, isToken, readPieces, type Piece } from '../format/pieces.js';
import type { ClusterServices } from '../services.js';

interface Extent {
    readonly start: number;
    readonly end: number;
}

/** What is selected step by step: word, statement, body of a block, block, declaration with its comment, file. */
export class SelectionRanges {
    constructor(private readonly services: ClusterServices) {}

    /** One chain for each position, from the smallest range to the file. */
    of({ parseResult, textDocument }: LangiumDocument, positions: readonly Position[]): SelectionRange[] {
        const text = textDocument.getText();
        const pieces = readPieces(text, this.services.parser.Lexer.tokenize(text));
        return positions.map((position) => {
            const offset = textDocument.offsetAt(position);
            const word = wordAt(pieces, offset);
            const extents = [
                ...insideOf(word),
                ...blocksAround(pieces, offset),
                ...nodesAround(parseResult.value, word?.offset ?? offset, pieces),
                { start: 0, end: text.length },
            ].filter(({ start, end }) => start <= offset && offset <= end);
            return (
                nested(extents).reduceRight<SelectionRange | undefined>((parent, { start, end }) => {
                    const range = { start: textDocument.positionAt(start), end: textDocument.positionAt(end) };
                    return parent ? { range, parent } : { range };
                }, undefined) ?? { range: { start: position, end: position } }
            );
        });
    }
}

/** The piece under the cursor; behind a word the cursor still belongs to it. */
function wordAt(pieces: readonly Piece[], offset: number): Piece | undefined {
    const touching = pieces.filter(({ offset: start, end }) => start <= offset && offset <= end);
    return touching.find((piece) => /^["\w]/.test(piece.image)) ?? touching.at(-1);
}

/** A word, and a text without its quotes. */
function insideOf(word: Piece | undefined): Extent[] {
    if (!word) return [];
    const { offset: start, end } = word;
    const whole = { start, end };
    const isText = word.kind === 'token' && word.image.length > 2 && /^".*"$/.test(word.image);
    return isText ? [{ start: start + 1, end: end - 1 }, whole] : [whole];
}

/** Each block around an offset: what it holds, and that with the braces. */
function blocksAround(pieces: readonly Piece[], offset: number): Extent[] {
    const open: number[] = [];
    return pieces.flatMap((piece, index) => {
        if (isToken(piece, '{')) open.push(index);
        const brace = isToken(piece, '}') ? open.pop() : undefined;
        const [opening, first, last] = [pieces[brace ?? -1], pieces[(brace ?? index) + 1], pieces[index - 1]];
        if (!opening || !first || !last || opening.end > offset || offset > piece.offset) return [];
        const block = { start: opening.offset, end: piece.end };
        return first === piece ? [block] : [{ start: first.offset, end: last.end }, block];
    });
}

/** Each node of the syntax tree around an offset, and a declaration with the comments right in front of it. */
function nodesAround(root: AstNode, offset: number, pieces: readonly Piece[]): Extent[] {
    const leaf = root.$cstNode && CstUtils.findLeafNodeAtOffset(root.$cstNode, offset);
    const extents: Extent[] = [];
    for (let node = leaf?.astNode; node && node !== root; node = node.$container) {
        const { $cstNode: cst } = node;
        if (!cst) continue;
        extents.push({ start: cst.offset, end: cst.end });
        let first = pieces.findIndex((piece) => piece.offset === cst.offset);
        const isAttached = (): boolean => isComment(pieces[first - 1]) && (pieces[first]?.newlines ?? 2) < 2;
        const isOwn = (): boolean => first === 1 || (pieces[first - 1]?.newlines ?? 0) > 0;
        while (isAttached() && isOwn()) first--;
        extents.push({ start: pieces[first]?.offset ?? cst.offset, end: cst.end });
    }
    return extents;
}

/** The extents that contain each other, smallest first and each once. */
function nested(extents: readonly Extent[]): Extent[] {
    const result: Extent[] = [];
    for (const extent of extents.toSorted((left, right) => left.end - left.start - (right.end - right.start))) {
        const inner = result.at(-1);
        if (!inner) result.push(extent);
        else if (extent.start <= inner.start && inner.end <= extent.end) {
            if (extent.start !== inner.start || extent.end !== inner.end) result.push(extent);
        }
    }
    return result;
}
