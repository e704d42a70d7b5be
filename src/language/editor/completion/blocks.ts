import type { IToken } from 'chevrotain';
import { assertNever } from '../../../topology/index.js';

/** What a `{` may open. A `group` begins with a word of the engine. */
export type BlockKind =
    | 'region'
    | 'zone'
    | 'cluster'
    | 'node'
    | 'group'
    | 'settings'
    | 'failure-rates'
    | 'disruption-budget'
    | 'endpoint'
    | 'address'
    | 'failover'
    | 'replicate'
    | 'workload'
    | 'objective'
    | 'scenario';

/** A block that is open at the cursor. */
export interface OpenBlock {
    readonly kind: BlockKind;
    /** The statement in front of the `{`. */
    readonly header: readonly IToken[];
    /** Index of the first token behind the `{`. */
    readonly begin: number;
}

/** Words and signs behind which a statement goes on, even on the next line. */
const JOINS_NEXT = new Set(
    (
        ', : = | -> . in on as across to of by for with and any every within between at until expect tolerate restore lose ' +
        'from led no most least needs wants reads writes'
    ).split(' '),
);

/** Words and signs that never begin a statement. */
const JOINS_PREVIOUS = new Set(', : = | -> . in on as across to of by for with and any within between'.split(' '));

const DECLARATIONS: Readonly<Record<string, BlockKind>> = {
    region: 'region',
    cluster: 'cluster',
    'failover-policy': 'failover',
    endpoint: 'address',
    replicate: 'replicate',
    workload: 'workload',
    'failure-rates': 'failure-rates',
    objective: 'objective',
    scenario: 'scenario',
};

const IN_CLUSTER: Readonly<Record<string, BlockKind>> = {
    node: 'node',
    nodes: 'node',
    settings: 'settings',
    'failure-rates': 'failure-rates',
    endpoint: 'endpoint',
    failover: 'failover',
};

const IN_BLOCK: Readonly<Partial<Record<BlockKind, Readonly<Record<string, BlockKind>>>>> = {
    region: { zone: 'zone' },
    zone: { node: 'node', nodes: 'node' },
    cluster: IN_CLUSTER,
    node: { settings: 'settings', 'failure-rates': 'failure-rates' },
    group: { settings: 'settings', 'disruption-budget': 'disruption-budget' },
};

/** The blocks that are open behind the last token, the outermost first. */
export function openBlocks(tokens: readonly IToken[]): OpenBlock[] {
    const open: OpenBlock[] = [];
    tokens.forEach(({ image }, index) => {
        if (image === '}') open.pop();
        if (image !== '{') return;
        const around = open.at(-1);
        const from = statementStart(tokens, index, around?.begin ?? 0);
        const header = tokens.slice(from, index);
        open.push({ ...blockOf(header, around), begin: index + 1 });
    });
    return open;
}

/**
 * Index of the first token of the statement that the token at `end` would belong to: what stands on the same line, and lines
 * before it that cannot have been the end of a statement. Newlines carry no meaning in the language, but they do to authors.
 */
export function statementStart(tokens: readonly IToken[], end: number, least: number): number {
    let start = end;
    while (start > least && continues(tokens, start)) start--;
    return start;
}

/** Whether the token before `index` belongs to the same statement as the one at `index`. */
function continues(tokens: readonly IToken[], index: number): boolean {
    const [previous, current] = [tokens[index - 1], tokens[index]];
    if (!previous || previous.image === '{' || previous.image === '}') return false;
    if (JOINS_NEXT.has(previous.image)) return true;
    if (!current) return false;
    return previous.endLine === current.startLine || JOINS_PREVIOUS.has(current.image);
}

/** Reserved words that begin a statement, by the block that holds it. None of them stands inside of another statement there. */
const STARTS: Readonly<Partial<Record<BlockKind, ReadonlySet<string>>>> = {
    zone: new Set(['node', 'nodes']),
    cluster: new Set('node nodes members endpoint failover needs wants assume waive settings'.split(' ')),
    workload: new Set(['reads', 'writes', 'arrivals']),
    scenario: new Set(['expect', 'seed']),
};

/** The last of several statements on one line. */
export function lastStatement(tokens: readonly IToken[], kind: BlockKind | undefined): readonly IToken[] {
    const starts = kind && STARTS[kind];
    const last = starts ? tokens.findLastIndex(({ image }, index) => starts.has(image) && !isObject(tokens, index)) : 0;
    return tokens.slice(Math.max(0, last));
}

/** `assume failover takes` is one statement. */
function isObject(tokens: readonly IToken[], index: number): boolean {
    return tokens[index - 1]?.image === 'assume';
}

function blockOf(header: readonly IToken[], around: OpenBlock | undefined): Omit<OpenBlock, 'begin'> {
    const known = around ? (IN_BLOCK[around.kind] ?? {}) : DECLARATIONS;
    const last = header.findLastIndex((token, index) => Object.hasOwn(known, token.image) && !isName(header, index));
    const kind = known[header[last]?.image ?? ''];
    const statement = header.slice(Math.max(0, last));
    if (kind && around && isOver(statement)) return { kind: 'group', header: statement.slice(2) };
    if (kind) return { kind, header: statement };
    return { kind: around ? 'group' : 'cluster', header };
}

/** In `node x topic t {` on one line the block is no longer that of the node. */
function isOver([first, second, third]: readonly IToken[]): boolean {
    if (third === undefined) return false;
    const { image } = first ?? third;
    if (image === 'node' || image === 'nodes') return !['in', 'across', 'as'].includes(third.image);
    return image === 'failover' || (image === 'endpoint' && second?.image === 'discovery');
}

/** In `cluster region: redis` and `topic zone` the soft keyword is a name: it stands behind another word and before a `:`. */
function isName(header: readonly IToken[], index: number): boolean {
    return index > 0 && (header[index + 1]?.image === ':' || header[index - 1]?.image === 'cluster');
}

/** The start of the block for the parser, whatever its author has made of it so far. */
export function canonicalHeader({ kind, header }: OpenBlock): string {
    switch (kind) {
        case 'cluster':
            return 'cluster x: x {';
        case 'node':
            return 'node x {';
        case 'group':
            return 'x x {';
        case 'settings':
        case 'failure-rates':
        case 'disruption-budget':
            return `${kind} {`;
        case 'endpoint':
            return 'endpoint vip x {';
        case 'address':
            return 'endpoint x vip x {';
        case 'failover':
            return header[0]?.image === 'failover-policy'
                ? 'failover-policy x: active-passive {'
                : 'failover active-passive {';
        case 'replicate':
            return 'replicate x to x {';
        case 'objective':
            return 'objective x for x {';
        case 'region':
        case 'zone':
        case 'workload':
        case 'scenario':
            return `${kind} x {`;
        default:
            return assertNever(kind);
    }
}
