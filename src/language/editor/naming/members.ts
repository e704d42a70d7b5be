/** Single names of a range, without spelling it out: somebody may have typed one of a million million names. */
import { rangeSize, type NameRange } from '../../names/ranges.js';

/** The place of a name in its range, from 0; undefined for a name that is not in it. */
export function memberIndex(range: NameRange, name: string): number | undefined {
    const { prefix, suffix, first } = range;
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) return undefined;
    const digits = name.slice(prefix.length, name.length - suffix.length);
    const index = Number(digits) - first;
    if (!/^\d{1,15}$/.test(digits) || index < 0 || index >= rangeSize(range)) return undefined;
    return memberAt(range, index) === name ? index : undefined;
}

/** The name at a place of the range, counted from 0. */
export function memberAt({ prefix, suffix, first, width }: NameRange, index: number): string {
    return prefix + String(first + index).padStart(width, '0') + suffix;
}
