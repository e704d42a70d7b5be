/**
 * Characters that steer a terminal or disguise text: C0 and C1 controls, bidirectional marks, overrides and isolates,
 * line separators, characters without width. Joiners (U+200C, U+200D) stay: ordinary words are written with them.
 */
const STEERING = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\u200b\u2060-\u2064\ufeff]/gu;

/** The text with everything that steers a terminal made visible: `\u001b` becomes `␛`, `\u009b` becomes `<U+009B>`. */
export function printable(text: string): string {
    return text.replace(STEERING, (character) => picture(character.charCodeAt(0)));
}

/** JSON in which what steers a terminal is escaped, so that it may be printed on one. */
export function printableJson(value: unknown): string {
    return JSON.stringify(value, null, 2).replace(STEERING, (character) =>
        character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

function picture(code: number): string {
    if (code < 0x20) {
        return String.fromCharCode(0x2400 + code);
    }
    return code === 0x7f ? '\u2421' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
