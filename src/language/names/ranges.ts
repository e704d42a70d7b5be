/** Ranges of names: `cache-[1..6]` stands for `cache-1` … `cache-6`, `web-[01..12]` keeps the zeros. */
import type { AstNode } from 'langium';
import { writtenProperty } from './written.js';

export interface NameRange {
    readonly prefix: string;
    readonly suffix: string;
    readonly first: number;
    readonly last: number;
    /** Digits of every number when the range is written with leading zeros, otherwise 0. */
    readonly width: number;
}

const RANGE = /^([^[\]]*)\[(\d{1,15})\.\.(\d{1,15})\]([^[\]]*)$/;

/** Whether a declaration's name is written as a range. A name in quotes is one name, whatever it holds. */
export function isRange(declaration: AstNode & { readonly name: string | undefined }): boolean {
    if (!declaration.name?.includes('[')) return false;
    const written = writtenProperty(declaration, 'name')?.text;
    return written?.startsWith('"') !== true;
}

/** Undefined for what is no range, or one that counts downwards. */
export function parseRange(name: string): NameRange | undefined {
    const match = RANGE.exec(name);
    if (!match) return undefined;
    const [, prefix = '', from = '', to = '', suffix = ''] = match;
    const [first, last] = [Number(from), Number(to)];
    if (first > last) return undefined;
    return { prefix, suffix, first, last, width: from.startsWith('0') && from.length > 1 ? from.length : 0 };
}

export function rangeSize(range: NameRange): number {
    return range.last - range.first + 1;
}

export function* rangeNames({ prefix, suffix, first, last, width }: NameRange): Generator<string> {
    for (let number = first; number <= last; number++) {
        yield prefix + String(number).padStart(width, '0') + suffix;
    }
}
