import type { IToken } from 'chevrotain';
import { beginsLine, endOf, read, slipError, virtual } from './slips.js';
import type { Slip, SlipPlace } from './slip-words.js';

/** `p-1..3`, `q-{1..3}`, `q-(1..3)` */
const RANGE =
    /([A-Za-z_][A-Za-z0-9_-]*?)(?:(\d+)\.\.\.?(\d+)|\{(\d+)(?:\.\.\.?|-)(\d+)\}|\((\d+)(?:\.\.\.?|-)(\d+)\))(?![\w.-])/y;

/** A range of nodes in the way of another language. */
export function rangeSlip({ text, tokens, index, declaration, type }: SlipPlace): Slip | undefined {
    const word = tokens[index];
    const first = tokens[index + 1];
    if (!word || !first || !declaresNodes(declaration)) return undefined;
    RANGE.lastIndex = first.startOffset;
    const [image, prefix = '', ...numbers] = RANGE.exec(text) ?? [];
    if (image === undefined) return undefined;
    const [from = '', to = ''] = numbers.filter((each: string | undefined) => each !== undefined);
    if (Number(from) > Number(to)) return undefined;
    const end = first.startOffset + image.length;
    let count = 1;
    while ((tokens[index + count]?.startOffset ?? Infinity) < end) count++;
    const range = `${prefix}[${from}..${to}]`;
    const last = { endOffset: end - 1, endColumn: (first.startColumn ?? 1) + image.length - 1 };
    const name = read({ ...first, ...last }, type('RANGE'), range);
    const title = `Write ${range}`;
    const isPlural = word.image === 'nodes';
    return {
        count,
        read: [read(word, type('nodes')), name],
        error: slipError({ ...name, image }, 'A range of names is written with square brackets.', `${title}.`, {
            title,
            start: isPlural ? first.startOffset : word.startOffset,
            end,
            text: isPlural ? range : `nodes ${range}`,
        }),
    };
}

/** `nodes n-1, n-2` */
export function listSlip({ tokens, index, declaration, type }: SlipPlace): Slip | undefined {
    const word = tokens[index];
    const names = namesBehind(tokens, index, true);
    const [first, last] = [names[0], names.at(-1)];
    if (!word || !first || !last || names.length < 2 || !declaresNodes(declaration)) return undefined;
    const count = 2 * names.length;
    const range = consecutive(names.map(({ image }) => image));
    const goesOn = /^(in|across|as|\{)$/.test(tokens[index + count]?.image ?? '');
    const text = range === undefined ? names.map(({ image }) => `node ${image}`).join('  ') : `nodes ${range}`;
    const fix = { title: `Write ${text}`, start: word.startOffset, end: endOf(last), text };
    const written = tokens.slice(index, index + count);
    const between = { ...first, endOffset: last.endOffset, endLine: last.endLine, endColumn: last.endColumn };
    return {
        count,
        read:
            range === undefined
                ? written.map((token, at) => (at % 2 === 0 ? read(token, type('node')) : token))
                : [read(word, type('nodes')), read(between, type('RANGE'), range)],
        error: slipError(
            word,
            'Several nodes are a range of names, or each has a statement of its own.',
            range === undefined ? 'Write node in front of each, with what is said about it.' : `Write ${text}.`,
            range === undefined && goesOn ? undefined : fix,
        ),
    };
}

/** `zones a, b, c` in a region. */
export function zonesSlip({ tokens, index, declaration, type }: SlipPlace): Slip | undefined {
    const word = tokens[index];
    const names = namesBehind(tokens, index, false);
    const last = names.at(-1);
    if (!word || !last || declaration !== 'region') return undefined;
    if (word.image === 'zone' && names.length < 2) return undefined;
    if (word.image === 'zone' && tokens[index + 2]?.image !== ',') return undefined;
    if (!/^[{}]$/.test(tokens[index - 1]?.image ?? '') && !beginsLine(word, tokens[index - 1])) return undefined;
    const text = names.map(({ image }) => `zone ${image}`).join('  ');
    const zone = type('zone');
    const count = tokens.indexOf(last) - index + 1;
    return {
        count,
        read: names.flatMap((name, at) => [at === 0 ? read(word, zone) : virtual(names[at - 1] ?? word, zone), name]),
        error: slipError(word, 'Each zone of a region has a statement of its own.', `Write ${text}.`, {
            title: `Write ${text}`,
            start: word.startOffset,
            end: endOf(last),
            text,
        }),
    };
}

function declaresNodes(declaration: string): boolean {
    return declaration === 'cluster' || declaration === 'region';
}

/** The names behind a word in its line, with commas between them. */
function namesBehind(tokens: readonly IToken[], index: number, needsCommas: boolean): readonly IToken[] {
    const names: IToken[] = [];
    for (let at = index + 1; at < tokens.length; at++) {
        const token = tokens[at];
        if (!token || beginsLine(token, tokens[at - 1]) || !/^(ID|STRING)$/.test(token.tokenType.name)) break;
        names.push(token);
        const hasComma = tokens[at + 1]?.image === ',';
        if (hasComma) at++;
        else if (needsCommas) break;
    }
    return names;
}

/** `n-1`, `n-2`, `n-3` as a range; undefined where they are none. */
function consecutive(names: readonly string[]): string | undefined {
    const parts = names.map((name) => /^([A-Za-z_][\w-]*?)(\d+)$/.exec(name));
    const [, prefix = '', from = ''] = parts[0] ?? [];
    const follows = parts.every((part, at) => part?.[1] === prefix && part[2] === String(Number(from) + at));
    return follows && from !== '' ? `${prefix}[${from}..${String(Number(from) + names.length - 1)}]` : undefined;
}
