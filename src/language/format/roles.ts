import { isComment, isToken, type Piece } from './pieces.js';
import type { Structure } from './structure.js';

/** A pair of braces, or the file as a whole. */
interface Block {
    readonly depth: number;
    /** Whether its author began a new line anywhere inside. */
    readonly lines: boolean;
}

/** What a piece is to its surroundings. */
export interface Role {
    /** The block around it; a brace stands outside of its own. */
    readonly block: Block;
    /** The block that a brace opens or closes. */
    readonly own?: Block;
    /** A comment in front of a token of the same line, to which it belongs. */
    readonly leads: boolean;
    /** Begins a statement; in front of a comment that leads one, if there is such a comment. */
    readonly starts: boolean;
    /** Begins a statement whose own block is written on several lines. */
    readonly startsLines: boolean;
    /** Index of the next token, of itself for a token; the number of pieces behind the last one. */
    readonly target: number;
}

type Draft = { -readonly [key in keyof Role]: Role[key] };
type OpenBlock = { -readonly [key in keyof Block]: Block[key] } & { statement?: Draft };

/** Roles of all pieces, in order. They mean nothing in a section where braces have no counterparts. */
export function readRoles(pieces: readonly Piece[], structure: Structure): Role[] {
    const file: OpenBlock = { depth: 0, lines: true };
    const roles = readComments(pieces, file);
    markStarts(pieces, roles, structure);
    const declarations = new Set(structure.declarations.map(({ start }) => start));
    let open: OpenBlock[] = [file];
    const inner = (): OpenBlock => open.at(-1) ?? file;
    pieces.forEach((piece, index) => {
        const role = roles[index];
        if (!role) return;
        if (declarations.has(piece.offset)) open = [file];
        if (piece.newlines > 0 || (isComment(piece) && piece.image.includes('\n'))) inner().lines = true;
        if (isToken(piece, '}') && open.length > 1) {
            role.own = inner();
            open.pop();
            if (role.own.lines) inner().lines = true;
            const { statement } = inner();
            if (role.own.lines && statement) statement.startsLines = true;
        }
        role.block = inner();
        if (role.starts) inner().statement = role;
        if (isToken(piece, '{')) {
            role.own = { depth: open.length, lines: false };
            open.push(role.own);
        }
    });
    return roles;
}

function readComments(pieces: readonly Piece[], block: Block): Draft[] {
    const roles: Draft[] = new Array<Draft>(pieces.length);
    let target = pieces.length;
    for (let index = pieces.length - 1; index >= 0; index--) {
        const piece = pieces[index];
        const next = pieces[index + 1];
        if (piece?.kind === 'token') target = index;
        const leads =
            piece?.kind === 'block-comment' &&
            next?.newlines === 0 &&
            (isComment(next) ? (roles[index + 1]?.leads ?? false) : !isToken(next, '}') && !isToken(next, ','));
        roles[index] = { block, leads, starts: false, startsLines: false, target };
    }
    return roles;
}

function markStarts(pieces: readonly Piece[], roles: readonly Draft[], { statements }: Structure): void {
    let isFirst = false;
    pieces.forEach((piece, index) => {
        if (piece.kind !== 'token') return;
        if ((isFirst && piece.image !== '}') || statements.has(piece.offset)) {
            let first = index;
            while (roles[first - 1]?.leads) first--;
            const role = roles[first];
            if (role) role.starts = true;
        }
        isFirst = piece.image === '{';
    });
}
