import { isComment, isToken, type Piece } from './pieces.js';
import type { Role } from './roles.js';
import type { Structure } from './structure.js';

/** What the formatter wants in front of a piece. */
export interface Gap {
    /** Written directly behind the piece before: the mark that a setting lacks. */
    readonly mark: '' | ' =';
    readonly newlines: number;
    /** Blanks behind the last line break, or between two pieces of a line. */
    readonly blanks: number;
    /** Blanks that the author put there to align columns, if more than `blanks`. */
    readonly aligned?: number;
}

const INDENT = 2;
/** A statement that goes on in a new line is set apart from the statements in its block. */
const CONTINUED = 4;

/** Words in front of which a long statement may go on in a new line. */
const JOINTS = new Set('in on as across to by for with from because until and or |'.split(' '));

const ONE_BLANK = new Set(['->', '|', ',', ':', '=']);

/** Decides the layout of a text piece by piece. The author chooses lines and columns, everything else is canonical. */
export class Layout {
    constructor(
        private readonly pieces: readonly Piece[],
        private readonly roles: readonly Role[],
        private readonly structure: Structure,
    ) {}

    /** What stands in front of the piece with this index. */
    gap(index: number): Gap {
        const mark = this.structure.bareKeys.has(this.pieces[index - 1]?.end ?? -1) ? ' =' : '';
        const newlines = index === 0 ? 0 : this.newlines(index);
        if (newlines > 0 || index === 0) return { mark, newlines, blanks: this.indentation(index) };
        const blanks = mark ? 1 : this.blanks(index);
        const written = this.pieces[index]?.blanks ?? 0;
        return written > blanks && !mark && this.mayAlign(index)
            ? { mark, newlines, blanks, aligned: written }
            : { mark, newlines, blanks };
    }

    private newlines(index: number): number {
        const { piece, before, role } = this.at(index);
        const isRemark = isComment(piece) && !role.leads;
        if (isToken(before, '{')) {
            const staysBeside = isRemark && piece.newlines === 0;
            return this.roles[index - 1]?.own?.lines && !staysBeside ? 1 : 0;
        }
        if (isToken(piece, '}')) return role.own?.lines ? 1 : 0;
        if (role.starts) return this.newlinesOfStatement(index);
        if (isRemark) return Math.min(piece.newlines, this.continues(index) ? 1 : 2);
        return piece.newlines > 0 && this.mayBreak(index) ? 1 : 0;
    }

    private newlinesOfStatement(index: number): number {
        const { piece, before, role } = this.at(index);
        if (!role.block.lines) return 0;
        if (piece.newlines > 0) return Math.min(piece.newlines, 2);
        const follows = isToken(before, '}') && this.roles[index - 1]?.own?.lines;
        return role.block.depth === 0 || follows || role.startsLines ? 1 : 0;
    }

    /** Whether a statement may go on in a new line here. An opening brace stays where its statement is. */
    private mayBreak(index: number): boolean {
        const { before, role } = this.at(index);
        if (isComment(before) && !this.roles[index - 1]?.leads) return true;
        const target = this.pieces[role.target]?.image ?? '';
        return isToken(before, ',') || isToken(before, '|') || JOINTS.has(target);
    }

    private indentation(index: number): number {
        const { piece, role } = this.at(index);
        const indent = role.block.depth * INDENT;
        return this.continues(index) && !isToken(piece, '{') ? indent + CONTINUED : indent;
    }

    /** Whether a piece stands inside of a statement that began before it. */
    private continues(index: number): boolean {
        const { piece, role } = this.at(index);
        if (role.starts) return false;
        const target = this.pieces[role.target];
        if (piece.kind === 'token') return !isToken(piece, '}');
        if (target === undefined || isToken(target, '}')) return false;
        let first = role.target;
        while (this.roles[first - 1]?.leads) first--;
        return !this.roles[first]?.starts;
    }

    private blanks(index: number): number {
        const { piece, before, role } = this.at(index);
        if (isToken(before, '{')) return isToken(piece, '}') ? 0 : 1;
        if (isToken(piece, '}')) return 1;
        if (isComment(piece) && !role.leads) return piece.blanks > 1 ? 2 : 1;
        if (role.starts) return 2;
        if (isComment(before)) return isToken(piece, ',') ? 0 : 1;
        if (isToken(piece, '.') || isToken(before, '.')) return this.blanksAtDot(index);
        if (isComment(piece)) return 1;
        if (this.structure.separators.has(piece.offset)) return 1;
        if (isToken(piece, ',') || isToken(piece, ':')) return 0;
        return this.structure.faults.has(piece.offset) ? 2 : 1;
    }

    /** Two numbers that a dot joined would be read as one. */
    private blanksAtDot(index: number): number {
        const { piece, before } = this.at(index);
        const left = isToken(before, '.') ? this.pieces[index - 2] : before;
        return isNumber(left) ? Math.min(piece.blanks, 1) : 0;
    }

    private mayAlign(index: number): boolean {
        const { piece, before, role } = this.at(index);
        const isFixed = (each: Piece): boolean => each.kind === 'token' && ONE_BLANK.has(each.image);
        if (isToken(piece, '.') || isToken(before, '.') || isFixed(piece) || isFixed(before)) return false;
        return !isToken(before, '{') && !(isToken(piece, '}') && role.own?.lines === false);
    }

    private at(index: number): { readonly piece: Piece; readonly before: Piece; readonly role: Role } {
        const [piece, role] = [this.pieces[index], this.roles[index]];
        if (!piece || !role) throw new Error(`There is no piece ${String(index)}.`);
        return { piece, before: this.pieces[index - 1] ?? piece, role };
    }
}

function isNumber(piece: Piece | undefined): boolean {
    return piece?.type === 'NUMBER' || piece?.type === 'DOTTED_NUMBER';
}
