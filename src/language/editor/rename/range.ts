import { parseRange, rangeNames, rangeSize, type NameRange } from '../../names/ranges.js';
import type { ClusterServices } from '../../services.js';
import { memberAt, memberIndex } from '../naming/members.js';
import { isRangeText, quotedName, typedName, writtenName } from '../naming/name-text.js';
import { occurrencesOf } from '../naming/occurrences.js';
import type { NamedSymbol } from '../naming/symbol.js';
import type { TextChanges } from '../naming/text-changes.js';
import { refuse } from './refusal.js';
import { newName, refuseClash } from './whole.js';

/** More names than these are no range that anybody works with. */
const MOST_NAMES = 100_000;

/** Renames a range and, one by one, its members: `store-[1..6]`, or `store` for the part in front of the number. */
export function renameRange(symbol: NamedSymbol, typed: string, changes: TextChanges, services: ClusterServices): void {
    const { name: old } = symbol.declarations[0];
    const before = parseRange(old);
    if (!before)
        refuse(`'${old}' is no complete range, so it is not known which names belong to it. Complete it first.`);
    const { name } = newName(typed, services);
    const range = name.includes('[') ? name : withStem(name, before, old);
    if (range === old) return;
    const after = isRangeText(range, services) ? parseRange(range) : undefined;
    if (!after || typedName(typed).quoted) {
        refuse(
            `'${range}' is no range. It begins with a letter or _, and holds letters, digits, - and _ beside its numbers: cache-[1..6].`,
        );
    }
    if (rangeSize(after) !== rangeSize(before)) {
        const [had, has] = [rangeSize(before), rangeSize(after)].map(String);
        refuse(
            `'${range}' stands for ${has} names and '${old}' for ${had}. A new name keeps their number; change the range in the text.`,
        );
    }
    if (rangeSize(before) > MOST_NAMES) {
        refuse(
            `'${old}' stands for more than ${MOST_NAMES.toLocaleString('en')} names, which are not renamed at once.`,
        );
    }
    refuseClash(symbol, rangeNames(after), services);
    for (const { document, cst, name: written } of occurrencesOf(symbol, services)) {
        const index = memberIndex(before, written);
        if (written === old) changes.replace(document, cst, cst.text.startsWith('"') ? quotedName(range) : range);
        else if (index !== undefined) {
            const next = memberAt(after, index);
            changes.replace(document, cst, writtenName(next, services) ?? next);
        }
    }
}

/** `store` and `store-` both make `store-[1..6]` of `cache-[1..6]`. */
function withStem(stem: string, { prefix }: NameRange, old: string): string {
    const separator = /[-_]*$/.exec(prefix)?.[0] ?? '';
    const joined = separator !== '' && !/[-_]$/.test(stem) ? stem + separator : stem;
    return joined + old.slice(prefix.length);
}
