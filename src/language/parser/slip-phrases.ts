import type { IToken } from 'chevrotain';
import { beginsLine, endOf, read, slipError, virtual } from './slips.js';
import type { Slip, SlipPlace } from './slip-words.js';

/** What stands in a text as one word, whatever its signs. */
const WORD = /(?:(?!\/\/|\/\*)[^\s{}",])+/y;

interface Word {
    readonly text: string;
    readonly start: number;
    /** Its first token, and how many it has. */
    readonly first: IToken;
    readonly count: number;
}

/** The word behind a token, if it follows in the same line. */
function wordBehind({ text, tokens, index }: SlipPlace): Word | undefined {
    const token = tokens[index];
    const first = tokens[index + 1];
    if (!token || !first || beginsLine(first, token)) return undefined;
    const start = endOf(token) + (/^[ \t]*/.exec(text.slice(endOf(token), first.startOffset))?.[0].length ?? 0);
    WORD.lastIndex = start;
    const word = WORD.exec(text)?.[0];
    if (word === undefined || first.startOffset >= start + word.length) return undefined;
    let count = 0;
    while ((tokens[index + 1 + count]?.startOffset ?? Infinity) < start + word.length) count++;
    return { text: word, start, first, count };
}

/** A word that is read as a text in quotes. */
function asText({ text, start, first }: Word, { type }: SlipPlace): IToken {
    const column = (first.startColumn ?? 1) - (first.startOffset - start);
    const end = { endOffset: start + text.length - 1, endColumn: column + text.length - 1 };
    return read({ ...first, ...end, startOffset: start, startColumn: column }, type('STRING'), text);
}

/** `waive kafka/combined-roles "…"` */
export function codeSlip(place: SlipPlace): Slip | undefined {
    const waive = place.tokens[place.index];
    const code = wordBehind(place);
    if (!waive || !code || !/^[a-z][\w-]*\/[\w-]+$/.test(code.text) || code.count === 1) return undefined;
    const written = asText(code, place);
    const lacksWord = place.tokens[place.index + 1 + code.count]?.tokenType.name === 'STRING';
    const text = `"${code.text}"${lacksWord ? ' because' : ''}`;
    const message = lacksWord
        ? "The code of a waiver stands in quotes, and 'because' in front of its reason."
        : 'The code of a waiver stands in quotes.';
    return {
        count: 1 + code.count,
        read: [waive, written, ...(lacksWord ? [virtual(written, place.type('because'))] : [])],
        error: slipError(written, message, `Write ${text}.`, {
            title: `Write ${text}`,
            start: code.start,
            end: endOf(written),
            text,
        }),
    };
}

/** `endpoint vip 10.0.0.1/24`, `endpoint web load-balancer fe80::1` */
export function addressSlip(place: SlipPlace): Slip | undefined {
    const { tokens, index } = place;
    const kind = tokens[index];
    if (!kind || (tokens[index - 1]?.image !== 'endpoint' && tokens[index - 2]?.image !== 'endpoint')) return undefined;
    const address = wordBehind(place);
    if (!address || address.text.endsWith(':') || !/[:/]/.test(address.text)) return undefined;
    const written = asText(address, place);
    const plain = address.text.replace(/\/\d+$/, '');
    const text = /^[\w.-]+$/.test(plain) ? plain : `"${plain}"`;
    const message =
        plain === address.text
            ? `An address with '${plain.includes(':') ? ':' : '/'}' in it stands in quotes.`
            : 'An address is written without the length of its prefix, since it is that of one host.';
    return {
        count: 1 + address.count,
        read: [kind, written],
        error: slipError(written, message, `Write ${text}.`, {
            title: `Write ${text}`,
            start: address.start,
            end: endOf(written),
            text,
        }),
    };
}

const ENDPOINTS = /^(discovery|vip|load-balancer|dns)$/;

/** `endpoint web vip 10.0.0.1` in a cluster */
export function namedEndpointSlip({ tokens, index, declaration }: SlipPlace): Slip | undefined {
    const [word, name, kind] = tokens.slice(index, index + 3);
    if (!word || !name || !kind || declaration !== 'cluster' || !/^[\w"]/.test(name.image)) return undefined;
    if (ENDPOINTS.test(name.image) || !ENDPOINTS.test(kind.image) || beginsLine(kind, word)) return undefined;
    const fix = { title: `Remove ${name.image}`, start: name.startOffset, end: kind.startOffset, text: '' };
    const message = 'An endpoint in a cluster has no name of its own: it is the address of the cluster.';
    return { count: 2, read: [word], error: slipError(name, message, `Write: endpoint ${kind.image} ….`, fix) };
}

/** `nodes p-[1..3] across zones role controller` */
export function roleSlip({ tokens, index, type, declaration }: SlipPlace): Slip | undefined {
    const word = tokens[index];
    const name = tokens[index + 1];
    if (!word || declaration !== 'cluster' || !/^\w/.test(name?.image ?? '') || tokens[index + 2]?.image === '{') {
        return undefined;
    }
    if (!followsNodes(tokens, index)) return undefined;
    const fix = { title: "Write 'as'", start: word.startOffset, end: endOf(word), text: 'as' };
    const help = `Write: as ${name?.image ?? ''}.`;
    return {
        count: 1,
        read: [read(word, type('as'))],
        error: slipError(word, "The role of nodes is said with 'as'.", help, fix),
    };
}

/** `nodes p-[1..3] across zones { role controller }` */
export function roleBlockSlip({ tokens, index, type, declaration }: SlipPlace): Slip | undefined {
    const [open, word, ...rest] = tokens.slice(index, index + 5);
    const [name, close] = /^[=:]$/.test(rest[0]?.image ?? '') ? rest.slice(1) : rest;
    if (!open || !name || !close || declaration !== 'cluster' || !/^roles?$/.test(word?.image ?? '')) return undefined;
    if (!/^\w/.test(name.image) || close.image !== '}' || !followsNodes(tokens, index)) return undefined;
    const text = `as ${name.image}`;
    const fix = { title: `Write '${text}'`, start: open.startOffset, end: endOf(close), text };
    const message = "The role of nodes is said with 'as', behind their place.";
    return {
        count: tokens.indexOf(close, index) - index + 1,
        read: [read(open, type('as'), 'as'), name],
        error: slipError(open, message, `Write: ${text}.`, fix),
    };
}

const SPREADS: Readonly<Record<string, string>> = { zone: 'zone', az: 'zone', node: 'node', host: 'node' };

/** `spread across zones` */
export function spreadSlip({ tokens, index, type }: SlipPlace): Slip | undefined {
    const [word, places] = [tokens[index], tokens[index + 1]];
    const level = places?.image.toLowerCase().replace(/s$/, '') ?? '';
    if (!word || !places || tokens[index - 1]?.image !== 'spread' || !Object.hasOwn(SPREADS, level)) return undefined;
    const text = SPREADS[level] ?? '';
    const fix = { title: `Write ${text}`, start: word.startOffset, end: endOf(places), text };
    const message = `Copies are spread by their ${text}: spread ${text}.`;
    return {
        count: 2,
        read: [read(places, type(text), text)],
        error: slipError(word, message, `Write: spread ${text}.`, fix),
    };
}

/** `end 3m`, `for 3m`, at the start of a line of a scenario. */
export function untilSlip({ tokens, index, type, declaration }: SlipPlace): Slip | undefined {
    const [word, time] = [tokens[index], tokens[index + 1]];
    if (!word || declaration !== 'scenario' || !beginsLine(word, tokens[index - 1])) return undefined;
    if (time?.tokenType.name !== 'NUMBER' || beginsLine(time, word)) return undefined;
    const fix = { title: "Write 'until'", start: word.startOffset, end: endOf(word), text: 'until' };
    return {
        count: 1,
        read: [read(word, type('until'), 'until')],
        error: slipError(word, "When a scenario ends is said with 'until'.", `Write: until ${time.image}.`, fix),
    };
}

/** Whether the line, up to a token, is a statement about nodes that has no block and no roles yet. */
function followsNodes(tokens: readonly IToken[], index: number): boolean {
    for (let at = index; at > 0; at--) {
        const [token, previous] = [tokens[at], tokens[at - 1]];
        if (!token || !previous || beginsLine(token, previous)) return false;
        if (/^(as|settings|[{}=:])$/.test(previous.image)) return false;
        if (/^(node|nodes|members)$/.test(previous.image)) return at < index;
    }
    return false;
}
