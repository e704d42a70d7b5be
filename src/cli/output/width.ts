/** Characters that fill two cells of a terminal: East Asian wide forms and emoji. */
const WIDE =
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const MARK = /^[\p{Mark}\u200c\u200d]$/u;

/** Cells that the text fills on a terminal. */
export function width(text: string): number {
    let cells = 0;
    for (const character of text) {
        cells += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
    }
    return cells;
}

/** The text, followed by spaces up to `cells`. */
export function padEnd(text: string, cells: number): string {
    return text + ' '.repeat(Math.max(0, cells - width(text)));
}

export function padStart(text: string, cells: number): string {
    return ' '.repeat(Math.max(0, cells - width(text))) + text;
}
