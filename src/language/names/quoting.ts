import { isReserved } from '../parser/tokens.js';

const BARE_NAME = /^[A-Za-z_](-*[A-Za-z0-9_])*$/;

/** A name as it has to be written. */
export function writtenName(name: string): string {
    return BARE_NAME.test(name) && !isReserved(name) ? name : quoted(name);
}

/** A text in quotes. */
export function quoted(text: string): string {
    return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A value of a setting: in quotes where it holds several words or signs that mean something here. */
export function writtenValue(value: string): string {
    return /^[A-Za-z0-9_.%-]+$/.test(value) || /^"(\\.|[^"\\])*"$/.test(value) ? value : quoted(value);
}
