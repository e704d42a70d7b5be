/** Widths of text without a DOM, so that the command line and the webview agree on every position. */
import { TYPE } from './geometry.js';

/**
 * Advance widths in thousandths of the type size, printable ASCII from the space on: those of Arial and Helvetica, with
 * which other interface fonts agree within a few per cent. {@link SAFETY} covers the wider ones.
 */
const ASCII = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
] as const;
const SAFETY = 1.06;
const LATIN = 620;
/** From here on (Hangul Jamo, CJK, emoji) a character fills about a square. */
const WIDE_FROM = 0x1100;
const WIDE = 1_060;

/** Width in pixels at a type size in pixels. */
export function textWidth(text: string, size: number): number {
    let thousandths = 0;
    for (const character of text) {
        const code = character.codePointAt(0) ?? 0;
        thousandths += ASCII[code - 32] ?? (code < WIDE_FROM || (code >= 0x2000 && code < 0x2e80) ? LATIN : WIDE);
    }
    return (thousandths * SAFETY * size) / 1_000;
}

/** How wide words are beside the table's width, so that what is shortened fits in the font at hand; positions know no font. */
export interface Lettering {
    /** As a name, which is bold. */
    readonly name: (text: string) => number;
    readonly plain: (text: string) => number;
}

/** Bold letters of Arial and Helvetica are so much wider. */
const BOLD = 1.08;
export const USUAL_LETTERING: Lettering = { name: () => BOLD, plain: () => 1 };

/** Width in pixels of a name, which is bold, in its own size. */
export function nameWidth(name: string): number {
    return textWidth(name, TYPE.name) * BOLD;
}

const ELLIPSIS = '…';
/** What a reader takes for one character, joined emoji and accents included. */
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text, or as much of its two ends as fits into `width` pixels. Names tend to differ at their ends. */
export function truncateMiddle(text: string, size: number, width: number): string {
    if (textWidth(text, size) <= width) {
        return text;
    }
    const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
    let keep = Math.min(characters.length - 1, Math.floor(width / (size * 0.2)));
    while (keep > 0) {
        const head = Math.ceil(keep / 2);
        const shortened = [
            ...characters.slice(0, head),
            ELLIPSIS,
            ...characters.slice(characters.length - keep + head),
        ];
        const candidate = shortened.join('');
        if (textWidth(candidate, size) <= width) {
            return candidate;
        }
        keep -= 1;
    }
    return ELLIPSIS;
}

/**
 * The same, so that it can be told from its siblings: where the two ends that fit are those of another one too, what differs
 * between them is kept, with as much of both ends as fits beside it.
 */
export function truncateAmong(text: string, siblings: readonly string[], size: number, width: number): string {
    const usual = truncateMiddle(text, size, width);
    const cut = usual.indexOf(ELLIPSIS);
    if (usual === text || cut < 0) {
        return usual;
    }
    const [head, tail] = [usual.slice(0, cut), usual.slice(cut + ELLIPSIS.length)];
    const alike = siblings.filter((other) => other !== text && other.startsWith(head) && other.endsWith(tail));
    if (alike.length === 0) {
        return usual;
    }
    const shortest = Math.min(text.length, ...alike.map(({ length }) => length));
    const before = lengthShared(shortest, (at) => alike.every((other) => other[at] === text[at]));
    const after = lengthShared(shortest - before, (at) =>
        alike.every((other) => other.at(-1 - at) === text.at(-1 - at)),
    );
    const own = text.slice(before, text.length - after);
    for (
        let [left, right] = [before, after];
        own !== '' && left + right >= 0;
        left > right ? (left -= 1) : (right -= 1)
    ) {
        const start = `${text.slice(0, left)}${left < before ? ELLIPSIS : ''}`;
        const end = `${right < after ? ELLIPSIS : ''}${text.slice(text.length - right)}`;
        const candidate = `${start}${own}${end}`;
        if (textWidth(candidate, size) <= width) {
            return candidate;
        }
        if (left === 0 && right === 0) {
            return truncateMiddle(own, size, width);
        }
    }
    return usual;
}

/** How many places from the first on hold the same. */
function lengthShared(most: number, isShared: (at: number) => boolean): number {
    let length = 0;
    while (length < most && isShared(length)) {
        length += 1;
    }
    return length;
}

/**
 * The text with everything that a reader could not see made visible: control characters (escape codes of terminals
 * among them) as their pictures, lone surrogates and characters that turn the direction of writing as a question mark
 * in a box. What is left is valid in XML.
 */
export function visible(text: string): string {
    return text
        .replace(/\p{Surrogate}/gu, '\ufffd')
        .replace(/[\u0000-\u0008\u000b-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
        .replace(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, '\ufffd');
}
