/** Takes a range apart into several statements that together declare the same. */
import { CstUtils, type CstNode } from 'langium';
import * as ast from '../../generated/ast.js';
import { parseRange, rangeSize, type NameRange } from '../../names/ranges.js';
import { writtenProperty } from '../../names/written.js';
import type { ClusterServices } from '../../services.js';
import { documentationIn } from '../naming/documentation.js';
import { memberIndex } from '../naming/members.js';
import { writtenName } from '../naming/name-text.js';
import { patchedText, type Patch } from '../naming/patches.js';
import { placedNames } from '../naming/placed-names.js';
import { placeWords } from './standing.js';

/** Some names of a range, in order: what one of the new statements declares. */
interface Piece {
    /** Index in the old range of the first of them. */
    readonly from: number;
    readonly size: number;
    /** As it is to be written. */
    readonly name: string;
}

export interface SplitStatement {
    /** What the text replaces. */
    readonly offset: number;
    readonly end: number;
    readonly text: string;
}

/** The pieces of a range when one of its names becomes another. */
export function piecesAround(range: NameRange, member: string, written: string): Piece[] {
    const at = memberIndex(range, member) ?? 0;
    return [
        ...stretch(range, 0, at),
        { from: at, size: 1, name: written },
        ...stretch(range, at + 1, rangeSize(range) - at - 1),
    ];
}

/** Every name of a range on its own. */
export function singlePieces(range: NameRange): Piece[] {
    return Array.from({ length: rangeSize(range) }, (_, index) => stretch(range, index, 1)).flat();
}

function stretch({ prefix, suffix, first, width }: NameRange, from: number, size: number): Piece[] {
    const written = (index: number): string => String(first + index).padStart(width, '0');
    if (size === 0) return [];
    const number = size === 1 ? written(from) : `[${written(from)}..${written(from + size - 1)}]`;
    return [{ from, size, name: `${prefix}${number}${suffix}` }];
}

/** The statements that take the place of one; undefined where the text is too broken to tell. */
export function splitStatement(
    statement: ast.Nodes | ast.ShardGroup,
    pieces: readonly Piece[],
    services: ClusterServices,
): SplitStatement | undefined {
    const cst = statement.$cstNode;
    if (!cst || !parseRange(statement.name)) return undefined;
    const documentation = documentationIn(cst);
    const lead = documentation ? cst.root.fullText.slice(documentation.offset, cst.offset) : '';
    const texts = pieces.map(({ name, ...rest }) => {
        // One name out of a range may need quotes, such as `n1-` of `n[1..3]-`.
        const piece = { ...rest, name: rest.size === 1 ? (writtenName(name, services) ?? name) : name };
        return ast.isNodes(statement)
            ? nodesText(statement, cst, piece, services)
            : groupText(statement, cst, piece, services);
    });
    return { offset: cst.offset, end: cst.end, text: texts.join(separator(cst) + lead) };
}

/** A statement on a line of its own is followed by others on theirs. */
function separator({ offset, root }: CstNode): string {
    const before = root.fullText.slice(root.fullText.lastIndexOf('\n', offset - 1) + 1, offset);
    return /^\s*$/.test(before) ? `\n${before}` : '  ';
}

function replaced(cst: CstNode | undefined, text: string): Patch[] {
    return cst ? [{ offset: cst.offset, end: cst.end, text }] : [];
}

function nodesText(statement: ast.Nodes, cst: CstNode, piece: Piece, services: ClusterServices): string {
    const name = writtenProperty(statement, 'name');
    const keyword = CstUtils.flattenCst(cst).head();
    const across = acrossClause(cst);
    const places = placeWords(statement, piece.from, piece.size, services);
    return patchedText(cst, [
        ...replaced(keyword, piece.size === 1 ? 'node' : 'nodes'),
        ...replaced(name, piece.name),
        ...(across && places !== undefined ? [{ ...across, text: places }] : []),
    ]);
}

/** From `across` to the end of its last place. */
function acrossClause(cst: CstNode): { readonly offset: number; readonly end: number } | undefined {
    const leaves = CstUtils.flattenCst(cst)
        .filter((leaf) => !leaf.hidden)
        .toArray();
    const start = leaves.findIndex((leaf) => ast.isNodes(leaf.astNode) && leaf.text === 'across');
    const first = leaves[start];
    if (!first) return undefined;
    const stop = leaves.findIndex((leaf, index) => index > start && (leaf.text === 'as' || leaf.text === '{'));
    const last = leaves[stop < 0 ? leaves.length - 1 : stop - 1] ?? first;
    return { offset: first.offset, end: last.end };
}

/** A group's block goes with every piece; the lines that place other shards go with theirs alone. */
function groupText(statement: ast.ShardGroup, cst: CstNode, piece: Piece, services: ClusterServices): string {
    const range = parseRange(statement.name);
    const isOwn = (name: string): boolean => {
        const index = range && memberIndex(range, name);
        return index !== undefined && index >= piece.from && index < piece.from + piece.size;
    };
    const placings = placedNames(statement, services).flatMap((placed) => {
        const line = placed.cst.astNode.$container?.$container?.$cstNode;
        if (!isOwn(placed.name)) return line ? [wholeLine(line)] : [];
        return piece.size === 1 ? replaced(placed.cst, piece.name) : [];
    });
    return patchedText(cst, [...replaced(writtenProperty(statement, 'name'), piece.name), ...placings]);
}

/** A statement and the space in front of it. */
function wholeLine({ offset, end, root }: CstNode): Patch {
    const space = /\s*$/.exec(root.fullText.slice(0, offset));
    return { offset: space?.index ?? offset, end, text: '' };
}
