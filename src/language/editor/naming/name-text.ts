/** How a name is written: bare where the grammar takes it for a name, in quotes everywhere else. */
import { isClosed } from '../../parser/values.js';
import type { ClusterServices } from '../../services.js';

/** What somebody typed as a name: quotes around it are no part of it. */
export function typedName(typed: string): { readonly name: string; readonly quoted: boolean } {
    const text = typed.trim();
    if (!text.startsWith('"') || !isClosed(text)) return { name: text, quoted: false };
    return { name: text.slice(1, -1).replace(/\\(.)/g, '$1'), quoted: true };
}

/** Undefined for what no text can hold, such as a line break. */
export function writtenName(name: string, services: ClusterServices): string | undefined {
    if (tokenOf(name, 'NAME', services)) return name;
    const quoted = quotedName(name);
    return tokenOf(quoted, 'NAME', services) ? quoted : undefined;
}

export function quotedName(name: string): string {
    return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** Whether the lexer takes a text for one range of names. */
export function isRangeText(text: string, services: ClusterServices): boolean {
    return tokenOf(text, 'RANGE', services);
}

function tokenOf(text: string, type: 'NAME' | 'RANGE', { parser }: ClusterServices): boolean {
    const { tokens, errors } = parser.Lexer.tokenize(text);
    const [token, ...more] = tokens;
    if (!token || more.length > 0 || errors.length > 0 || token.image.length !== text.length) return false;
    const { name, CATEGORIES = [] } = token.tokenType;
    return name === type || CATEGORIES.some((category) => category.name === type);
}
