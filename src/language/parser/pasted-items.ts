import { isReserved } from './tokens.js';

/** A piece of a block of settings, as other formats divide it: at blanks, commas, quotes and brackets. */
export interface Item {
    readonly kind: 'word' | 'string' | 'block' | 'sign';
    readonly text: string;
    readonly start: number;
    /** Behind the last character. */
    readonly end: number;
    readonly beginsLine: boolean;
}

/** Blanks and comments, a text in quotes, a sign, or a word. In a word, `//` belongs to an address if `:` stands before it. */
const ITEM =
    /(\s+|\/\/[^\n\r]*|#[^\n\r]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?)|("(?:\\.|[^"\\\n\r])*"?)|([{}[\],])|(?:(?!(?<!:)\/\/|\/\*)[^\s{}[\],"])+/y;

/**
 * The pieces of a block. None if its brace is still to be written: the text ends before it, or goes on with another
 * statement. A block inside of it is one piece.
 *
 * @param start behind the opening brace
 */
export function readItems(text: string, start: number): readonly Item[] {
    const items: Item[] = [];
    const open: Omit<Item, 'end' | 'text'>[] = [];
    let beginsLine = false;
    ITEM.lastIndex = start;
    for (let match = ITEM.exec(text); match; match = ITEM.exec(text)) {
        const [image, blank, string, sign] = match;
        if (blank !== undefined) {
            beginsLine ||= /[\n\r]/.test(blank);
            continue;
        }
        const end = match.index + image.length;
        if (image === '}') {
            const block = open.pop();
            if (!block) return items;
            if (open.length === 0) items.push({ ...block, end, text: '{}' });
        } else if (image === '{') open.push({ kind: 'block', start: match.index, beginsLine });
        else if (open.length === 0) {
            const kind = sign !== undefined ? 'sign' : string !== undefined ? 'string' : 'word';
            const item: Item = { kind, text: image, start: match.index, end, beginsLine };
            if (beginsStatement(items.at(-1), item)) return [];
            items.push(item);
        }
        beginsLine = false;
    }
    return [];
}

/** A word of the language at the beginning of a line, without a mark. */
function beginsStatement(item: Item | undefined, behind: Item): boolean {
    return item?.kind === 'word' && item.beginsLine && isReserved(item.text) && !/^[=:]/.test(behind.text);
}
