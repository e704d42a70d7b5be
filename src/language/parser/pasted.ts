/**
 * What configuration that was written for other readers holds in blocks of `settings` and this language does not: the commas
 * and brackets of JSON, which say nothing more here, and values without the quotes that they need here.
 */
import type { IToken } from 'chevrotain';
import { readItems, type Item } from './pasted-items.js';

/** A stretch of the text. */
export interface Span {
    readonly start: number;
    /** Behind the last character. */
    readonly end: number;
}

interface Pasted {
    /** Signs that say nothing here. */
    readonly marks: readonly Span[];
    /** Values that need quotes. */
    readonly values: readonly Span[];
    /** Blocks in the place of a value. */
    readonly blocks: readonly Span[];
}

/** @param tokens those of the text as it is */
export function findPasted(text: string, tokens: readonly IToken[]): Pasted {
    const found = { marks: [] as Span[], values: [] as Span[], blocks: [] as Span[] };
    tokens.forEach((token, index) => {
        const brace = tokens[index + 1];
        if (token.image !== 'settings' || brace?.image !== '{') return;
        new BlockReader(readItems(text, brace.startOffset + 1), found).read();
    });
    return found;
}

/** The same text with something of the same length in these places that the lexer reads as one word, or as nothing. */
export function masked(text: string, { marks, values, blocks }: Pasted): string {
    const word = ({ length }: string): string => 'x'.repeat(length);
    const nothing = (part: string): string => part.replace(/[^\n\r]/g, ' ');
    const masks = [
        ...marks.map((span) => ({ span, mask: nothing })),
        ...values.map((span) => ({ span, mask: word })),
        ...blocks.map((span) => ({ span, mask: (part: string) => `x${nothing(part.slice(1))}` })),
    ].sort((left, right) => left.span.start - right.span.start);
    const parts: string[] = [];
    let done = 0;
    for (const { span, mask } of masks) {
        parts.push(text.slice(done, span.start), mask(text.slice(span.start, span.end)));
        done = span.end;
    }
    return parts.join('') + text.slice(done);
}

const WORD = '[A-Za-z_](?:-*[A-Za-z0-9_])*';
const NUMBER = '-?[0-9]+(?:\\.[0-9]+)?(?:[A-Za-z][A-Za-z0-9]*(?:\\/[A-Za-z]+)?|%|\\/[A-Za-z]+)?';
const KEY = new RegExp(`^${WORD}(?:\\.(?:${WORD}|[0-9]+))*$`);
const PLAIN = new RegExp(`^(?:${NUMBER}|[0-9]+(?:\\.[0-9]+){2,}|${WORD}(?:\\.(?:${WORD}|${NUMBER}))*)$`);

/** A part of a key whose dots stand apart, as nobody but this language allows. */
const DIVIDED = /^\.$|^\.\w|\w\.$/;

/** A key with its mark in one word, and what follows it. */
const MARKED = /^([A-Za-z_][\w.-]*)[=:](.*)$/;

/** Reads one block, entry by entry. What it cannot follow it leaves to the parser. */
class BlockReader {
    private next = 0;

    constructor(
        private readonly items: readonly Item[],
        private readonly found: { readonly [kind in keyof Pasted]: Span[] },
    ) {}

    read(): void {
        if (this.items.some(({ kind, text }) => kind === 'word' && DIVIDED.test(text))) return;
        while (this.next < this.items.length) {
            const before = this.next;
            this.entry();
            while (this.items[this.next]?.text === ',') this.comma();
            if (this.next === before) this.skipLine();
        }
    }

    private entry(): void {
        const key = this.items[this.next];
        const isKey = key?.kind === 'string' || (key?.kind === 'word' && (KEY.test(key.text) || MARKED.test(key.text)));
        if (!key || !isKey) return;
        const first = this.afterKey(key);
        if (first?.text === '[') this.list();
        else if (first?.kind === 'word')
            this.run(first, key.beginsLine && (first.start < key.end || !first.beginsLine));
        else if (first?.kind === 'block') this.found.blocks.push(first);
        if (first?.kind === 'block' || first?.kind === 'string') this.next++;
    }

    /** The beginning of the value, if there is one. A word that holds key or mark as well is cut. */
    private afterKey(key: Item): Item | undefined {
        this.next++;
        const glued = key.kind === 'word' ? MARKED.exec(key.text)?.[2] : undefined;
        if (glued) return { ...key, text: glued, start: key.end - glued.length };
        const mark = this.items[this.next];
        if (glued === undefined && mark && isMark(mark)) {
            this.next++;
            if (mark.text.length > 1) return { ...mark, text: mark.text.slice(1), start: mark.start + 1 };
        }
        const value = this.items[this.next];
        const isNext = value?.beginsLine === true && value.text !== '[';
        if (!value || (isNext && (isForeign(value) || this.beginsEntry(this.next, false)))) return undefined;
        if (value.kind === 'word') this.next++;
        return value;
    }

    /** `[ "a", b ]` */
    private list(): void {
        const open = this.next;
        const close = this.items.findIndex(({ text }, index) => index > open && text === ']');
        const inside = this.items.slice(open + 1, close);
        const isSimple = inside.every(({ kind, text }) => kind !== 'sign' || text === ',');
        if (close < 0 || inside.length === 0 || !isSimple) return;
        this.found.marks.push(...this.items.slice(open, open + 1), ...this.items.slice(close, close + 1));
        this.found.values.push(...inside.filter(({ kind, text }) => kind === 'word' && !PLAIN.test(text)));
        this.next = close + 1;
    }

    /** Words of one line, the first of which is a value. */
    private run(first: Item, followsKey: boolean): void {
        const run = [first];
        for (let item = this.items[this.next]; item && !item.beginsLine; item = this.items[this.next]) {
            const hasSigns = run.some(isForeign);
            if (item.text === ',' && (!this.items[this.next + 1] || this.beginsEntry(this.next + 1, hasSigns))) break;
            if (item.kind === 'word' ? this.beginsEntry(this.next, hasSigns) : item.text !== ',') break;
            run.push(item);
            this.next++;
        }
        if (run.at(-1)?.text === ',') {
            this.next--;
            run.pop();
        }
        const behind = this.items[this.next];
        const goesOn = behind !== undefined && !behind.beginsLine;
        if ((goesOn && behind.kind !== 'word' && behind.text !== ',') || run.some(isMark)) {
            // Whether the last of several words is a key, nobody can tell.
            if (run.length > 1) this.skipLine();
            return;
        }
        const mayGoOn = behind !== undefined && !this.beginsEntry(this.next, false);
        this.found.values.push(...unquoted(run, followsKey && !goesOn, mayGoOn));
    }

    /** Between two entries a comma says nothing. */
    private comma(): void {
        const comma = this.items[this.next];
        this.next++;
        const isLast = this.next === this.items.length;
        if (comma && (isLast || this.beginsEntry(this.next, false))) this.found.marks.push(comma);
        else if (this.items[this.next]?.kind === 'string') this.next++;
        else if (this.items[this.next]?.kind === 'word') this.next++;
    }

    /** A key with a mark; behind an address, `b:9300` is another one. */
    private beginsEntry(index: number, hasSigns: boolean): boolean {
        const item = this.items[index];
        if (!item || item.kind === 'sign') return false;
        const behind = this.items[index + 1];
        if (behind && isMark(behind)) return true;
        return item.kind === 'word' && (hasSigns ? /^[A-Za-z_][\w.-]*(?:=|:$)/ : MARKED).test(item.text);
    }

    private skipLine(): void {
        do this.next++;
        while (this.next < this.items.length && !this.items[this.next]?.beginsLine);
    }
}

function isMark({ kind, text }: Item): boolean {
    return kind === 'word' && /^[=:]/.test(text);
}

/** A word that cannot be read as it is. */
function isForeign({ kind, text }: Item): boolean {
    return kind === 'word' && !PLAIN.test(text);
}

/**
 * The parts of some words that need quotes: those with signs, and, where the words are not pairs of keys and values, all of
 * them as one value.
 *
 * @param isWholeLine the words are all that follows a key in its line
 * @param mayGoOn what follows them may be the value of a key that is the last of them
 */
function unquoted(run: readonly Item[], isWholeLine: boolean, mayGoOn: boolean): readonly Span[] {
    const [first, second] = run;
    const last = run.at(-1);
    if (!first || !last) return [];
    const whole = [{ start: first.start, end: last.end }];
    const hasList = run.some(({ text }) => text === ',');
    const arePairs =
        (run.length % 2 === 1 || mayGoOn || !isWholeLine) &&
        run.every(({ text }, index) => index % 2 === 0 || KEY.test(text));
    const isOneValue = second !== undefined && !hasList && !arePairs;
    if (!run.some(isForeign)) return isOneValue ? whole : [];
    return isWholeLine || hasList || isOneValue ? whole : run.filter(isForeign);
}
