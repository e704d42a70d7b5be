/** Texts as they are while somebody types, pastes and deletes, and as an enemy writes them. */
import type { Chance } from './chance.js';
import { DOTTED, ENGINE_WORDS, FIGURES, HOSTILE_NAMES, NAMES, RANGES, TEXTS } from './words.js';

const PARTS = [
    ...'{}[].,:|=<>/*"$@#;~'.split(/(?:)/),
    '->',
    '//',
    '/*',
    '/**',
    '\u0000',
    '\u202e',
    '\r\n',
    ...DOTTED,
    ...ENGINE_WORDS,
    ...FIGURES,
    ...HOSTILE_NAMES,
    ...NAMES,
    ...RANGES,
    ...TEXTS,
];

/** The text with a few changes of any kind, most of which break it. */
export function mutated(text: string, chance: Chance): string {
    const tokens = text.split(/(\s+|[{}.,:="])/);
    for (let count = 1 + chance.below(5); count > 0; count--) change(tokens, chance);
    const result = tokens.join('');
    return chance.oneIn(6) ? result.slice(0, chance.below(result.length + 1)) : result;
}

function change(tokens: string[], chance: Chance): void {
    const at = chance.below(tokens.length);
    switch (chance.below(6)) {
        case 0:
            tokens.splice(at, 1 + chance.below(6));
            break;
        case 1:
            tokens.splice(at, 0, ` ${chance.pick(PARTS)} `);
            break;
        case 2:
            tokens[at] = chance.pick(PARTS);
            break;
        case 3:
            tokens.splice(at, 0, ...tokens.slice(at, at + 1 + chance.below(30)));
            break;
        case 4: {
            const other = chance.below(tokens.length);
            [tokens[at], tokens[other]] = [tokens[other]!, tokens[at]!];
            break;
        }
        default:
            tokens.splice(at, 0, String.fromCodePoint(1 + chance.below(0xd7ff)));
    }
}
