/**
 * A block without its closing brace would swallow what stands behind it. Where the text lacks braces, the statement that
 * cannot stand inside of a block ends it, and so does a brace that is indented as that of a block around it.
 */
import type { IToken, TokenType } from 'chevrotain';
import { beginsLine, DECLARATIONS, endOf, slipError, virtual, type Mended, type SlipError } from './slips.js';

interface Block {
    readonly brace: IToken;
    /** The column of the line that it begins in. */
    readonly column: number;
    readonly isCluster: boolean;
    readonly isSettings: boolean;
}

/** Closes blocks in front of what does not belong into them; nothing where no brace is missing. */
export function closeBlocks(text: string, tokens: IToken[], closing: TokenType): Mended {
    const missing = tokens.reduce(
        (sum, { tokenType: { name } }) => sum + (name === '{' ? 1 : name === '}' ? -1 : 0),
        0,
    );
    return missing > 0 ? new BlockCloser(text, tokens, closing, missing).read() : { tokens, errors: [] };
}

class BlockCloser {
    private readonly blocks: Block[] = [];
    private readonly closed: IToken[] = [];
    private readonly errors: SlipError[] = [];
    private declaration = '';
    private column = 0;

    constructor(
        private readonly text: string,
        private readonly tokens: readonly IToken[],
        private readonly closing: TokenType,
        private missing: number,
    ) {}

    read(): Mended {
        this.tokens.forEach((token, index) => {
            const previous = this.tokens[index - 1];
            if (beginsLine(token, previous)) {
                this.column = token.startColumn ?? 0;
                if (previous) this.closeBefore(token, previous, this.depthAt(token, index));
            }
            this.follow(token, previous);
            this.closed.push(token);
        });
        return { tokens: this.closed, errors: this.errors };
    }

    private follow(token: IToken, previous: IToken | undefined): void {
        if (this.blocks.length === 0 && DECLARATIONS.has(token.image)) this.declaration = token.image;
        if (token.tokenType.name === '{') {
            const isCluster = this.blocks.length === 0 && this.declaration === 'cluster';
            const isSettings = previous?.image === 'settings';
            this.blocks.push({ brace: token, column: this.column, isCluster, isSettings });
        } else if (token.image === '}') {
            this.blocks.pop();
            if (this.blocks.length === 0) this.declaration = '';
        }
    }

    /** How many blocks may be open around what begins here. */
    private depthAt(token: IToken, index: number): number {
        const depth = this.blocks.length;
        const innermost = this.blocks.at(-1);
        if (!innermost) return 0;
        const column = token.startColumn ?? 0;
        if (token.image === '}') {
            const own = this.blocks.findLastIndex((block) => block.column === column);
            return column < innermost.column && own >= 0 ? own + 1 : depth;
        }
        // Any word may be a key of the real system.
        if (innermost.isSettings && column > innermost.column) return depth;
        const words = this.tokens.slice(index, index + 3);
        if (beginsDeclaration(words)) return 0;
        return depth > 1 && this.blocks[0]?.isCluster && beginsClusterStatement(words) ? 1 : depth;
    }

    private closeBefore(token: IToken, previous: IToken, depth: number): void {
        const open = this.blocks.slice(depth);
        const innermost = open.at(-1);
        if (!innermost || open.length > this.missing) return;
        this.missing -= open.length;
        this.blocks.length = depth;
        if (depth === 0) this.declaration = '';
        for (const _ of open) this.closed.push(virtual(previous, this.closing));
        this.errors.push(unclosedError(innermost, open, token, previous, this.text));
    }
}

/** What the word behind the name may be. */
const BEHIND_NAME: Readonly<Record<string, readonly string[]>> = {
    region: ['{'],
    cluster: [':'],
    'failover-policy': [':'],
    endpoint: ['vip', 'load-balancer', 'dns'],
    replicate: ['to', '.'],
    workload: ['{', 'in'],
    objective: ['for'],
    scenario: ['{'],
};

function beginsDeclaration([first, , third]: readonly IToken[]): boolean {
    const expected = first && Object.hasOwn(BEHIND_NAME, first.image) ? BEHIND_NAME[first.image] : undefined;
    if (!expected || !third) return false;
    const hasTitle = first?.image === 'objective' || first?.image === 'scenario';
    return expected.includes(third.image) || (hasTitle && third.tokenType.name === 'STRING');
}

/** Words of a cluster's block that are never a property. */
const STATEMENTS = new Set(['node', 'nodes', 'members', 'needs', 'wants', 'assume', 'waive', 'failover']);
const ENDPOINTS = new Set(['discovery', 'vip', 'load-balancer', 'dns']);

function beginsClusterStatement([first, second, third]: readonly IToken[]): boolean {
    if (!first || !second || beginsLine(second, first) || /^[=:.]$/.test(second.image)) return false;
    if (STATEMENTS.has(first.image)) return true;
    if (first.image === 'endpoint') return ENDPOINTS.has(second.image);
    // `topic payments {`, `shards s-[1..3]`
    if (!/^\w/.test(first.image) || !/^["\w]/.test(second.image)) return false;
    return second.tokenType.name === 'RANGE' || third?.image === '{';
}

function unclosedError(
    { brace }: Block,
    open: readonly Block[],
    token: IToken,
    previous: IToken,
    text: string,
): SlipError {
    const around = open.length - 1;
    const blocks = around === 0 ? 'This block is' : `This block and ${String(around)} around it are`;
    const line = String(token.startLine ?? 0);
    const reason =
        token.image === '}'
            ? `the } in line ${line} ends the block around it`
            : `'${token.image}' in line ${line} begins a statement that cannot stand inside of it`;
    return slipError(
        brace,
        `${blocks} not closed: ${reason}.`,
        `Write ${'}'.repeat(open.length)} in front of line ${line}.`,
        {
            title: around === 0 ? 'Close the block' : `Close the ${String(open.length)} blocks`,
            ...bracesBehind(open, previous, text),
        },
    );
}

/** On the line of the block where it is written on one, else each on a line of its own. */
function bracesBehind(
    open: readonly Block[],
    previous: IToken,
    text: string,
): { readonly start: number; readonly end: number; readonly text: string } {
    const behind = endOf(previous);
    const isOneLine = open.at(-1)?.brace.startLine === previous.endLine && previous.image !== '{';
    const lineEnd = text.indexOf('\n', behind);
    const end =
        open.length === 1 && isOneLine ? behind : (lineEnd < 0 ? text.length : lineEnd) - carriage(text, lineEnd);
    const newline = text.includes('\r\n') ? '\r\n' : '\n';
    const braces = open
        .toReversed()
        .map(({ column }, index) => (index === 0 && isOneLine ? ' }' : `${newline}${' '.repeat(column - 1)}}`));
    return { start: end, end, text: braces.join('') };
}

function carriage(text: string, lineEnd: number): number {
    return text[lineEnd - 1] === '\r' ? 1 : 0;
}
