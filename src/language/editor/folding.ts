import type { LangiumDocument } from 'langium';
import type { FoldingRangeProvider } from 'langium/lsp';
import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver';
import { isToken, readPieces, type Piece } from '../format/pieces.js';
import { isDocument } from '../generated/ast.js';
import type { ClusterServices } from '../services.js';

type LineOf = (offset: number) => number;

/** Blocks, comments, runs of imports and stretches between `// #region` and `// #endregion`, also in half-typed text. */
export class ClusterFolding implements FoldingRangeProvider {
    constructor(private readonly services: ClusterServices) {}

    getFoldingRanges(document: LangiumDocument): FoldingRange[] {
        const { textDocument } = document;
        const text = textDocument.getText();
        const pieces = readPieces(text, this.services.parser.Lexer.tokenize(text));
        const lineOf: LineOf = (offset) => textDocument.positionAt(offset).line;
        return [
            ...blocks(pieces, lineOf),
            ...blockComments(pieces, lineOf),
            ...lineComments(pieces, lineOf),
            ...regions(pieces, lineOf),
            ...imports(document, lineOf),
        ];
    }
}

/** The line of the closing brace stays in sight. */
function blocks(pieces: readonly Piece[], lineOf: LineOf): FoldingRange[] {
    const open: number[] = [];
    return pieces.flatMap((piece) => {
        if (isToken(piece, '{')) open.push(piece.offset);
        const brace = isToken(piece, '}') ? open.pop() : undefined;
        return brace === undefined ? [] : folded(lineOf(brace), lineOf(piece.offset) - 1);
    });
}

function blockComments(pieces: readonly Piece[], lineOf: LineOf): FoldingRange[] {
    return pieces.flatMap(({ kind, offset, end }) =>
        kind === 'block-comment' ? folded(lineOf(offset), lineOf(end), FoldingRangeKind.Comment) : [],
    );
}

/** Comments in lines of their own, one below the other. */
function lineComments(pieces: readonly Piece[], lineOf: LineOf): FoldingRange[] {
    const runs: Piece[][] = [];
    pieces.forEach((piece, index) => {
        const ownLine = piece.newlines > 0 || index === 0;
        if (piece.kind !== 'line-comment' || !ownLine || MARKER.test(piece.image)) return;
        const run = runs.at(-1);
        if (run && run.at(-1) === pieces[index - 1] && piece.newlines === 1) run.push(piece);
        else runs.push([piece]);
    });
    return runs.flatMap((run) =>
        folded(lineOf(run[0]?.offset ?? 0), lineOf(run.at(-1)?.offset ?? 0), FoldingRangeKind.Comment),
    );
}

const MARKER = /^\/\/\s*#(region|endregion)\b/;

function regions(pieces: readonly Piece[], lineOf: LineOf): FoldingRange[] {
    const open: number[] = [];
    return pieces.flatMap(({ kind, image, offset }) => {
        const [, word] = (kind === 'line-comment' && MARKER.exec(image)) || [];
        if (word === 'region') open.push(offset);
        const start = word === 'endregion' ? open.pop() : undefined;
        return start === undefined ? [] : folded(lineOf(start), lineOf(offset), FoldingRangeKind.Region);
    });
}

/** Imports in neighbouring lines. */
function imports({ parseResult: { value } }: LangiumDocument, lineOf: LineOf): FoldingRange[] {
    if (!isDocument(value)) return [];
    const runs: { first: number; last: number }[] = [];
    for (const { $cstNode } of value.imports) {
        if (!$cstNode) continue;
        const [first, last] = [lineOf($cstNode.offset), lineOf($cstNode.end)];
        const run = runs.at(-1);
        if (run && first <= run.last + 1) run.last = last;
        else runs.push({ first, last });
    }
    return runs.flatMap(({ first, last }) => folded(first, last, FoldingRangeKind.Imports));
}

function folded(startLine: number, endLine: number, kind?: FoldingRangeKind): FoldingRange[] {
    return endLine > startLine ? [{ startLine, endLine, ...(kind ? { kind } : {}) }] : [];
}
