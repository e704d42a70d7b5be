import type { LexerResult } from 'langium';
import type { ClusterServices } from '../services.js';
import type { Edit } from './edits.js';

/** A line of pasted configuration: its key, and what follows the mark, with a comment that stands apart from it. */
const ENTRY = /^\s*((?:[A-Za-z_][\w.-]*|"[^"\\]*")(?:\s*[=:]\s*|\s+))(\S.*?)(\s+\/\/.*)?\s*$/;

/**
 * Puts values of settings in quotes that mean nothing without them, such as paths, addresses and several words. Only lines are
 * touched that cannot be read as they are and can be read with quotes.
 */
export function quoteValues(text: string, services: ClusterServices): Edit[] {
    const lexed = services.parser.Lexer.tokenize(text);
    const isReadable = (entry: string): boolean => {
        const { lexerErrors, parserErrors } = services.parser.Guard.parse(`cluster c: e { settings {\n${entry}\n} }`);
        return lexerErrors.length === 0 && parserErrors.length === 0;
    };
    return settingLines(text, lexed).flatMap(({ start, line }) => {
        const [, key, value] = ENTRY.exec(line) ?? [];
        if (key === undefined || value === undefined || /["{}]/.test(value) || isReadable(line)) return [];
        const quoted = `"${value.replaceAll('\\', '\\\\')}"`;
        if (!isReadable(key + quoted)) return [];
        const at = start + line.indexOf(key) + key.length;
        return [{ start: at, end: at + value.length, text: quoted }];
    });
}

interface SettingLine {
    readonly start: number;
    readonly line: string;
}

/** The lines of all blocks of settings that begin a new line behind their brace. */
function settingLines(text: string, { tokens, hidden }: LexerResult): SettingLine[] {
    const comments = hidden.filter(({ tokenType }) => tokenType.name === 'ML_COMMENT');
    const isInComment = (offset: number): boolean =>
        comments.some(({ startOffset, image }) => startOffset < offset && offset < startOffset + image.length);
    let start = 0;
    return tokens.flatMap((token, index) => {
        const brace = tokens[index + 1];
        if (token.image !== 'settings' || brace?.image !== '{' || brace.startOffset < start) return [];
        const lines: SettingLine[] = [];
        start = nextLine(text, brace.startOffset);
        if (!/^\{\s*(\/\/.*)?$/.test(text.slice(brace.startOffset, start))) return [];
        while (start < text.length) {
            const end = nextLine(text, start);
            const line = text.slice(start, end).replace(/[\r\n]+$/, '');
            if (/^\s*\}/.test(line)) break;
            if (!isInComment(start)) lines.push({ start, line });
            start = end;
        }
        return lines;
    });
}

function nextLine(text: string, offset: number): number {
    const end = text.indexOf('\n', offset);
    return end < 0 ? text.length : end + 1;
}
