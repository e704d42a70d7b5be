import { parseRange, rangeNames, rangeSize, type NameRange } from '../../names/ranges.js';
import type { ClusterServices } from '../../services.js';
import { isRangeText, quotedName, typedName, writtenName } from '../naming/name-text.js';
import { occurrencesOf } from '../naming/occurrences.js';
import type { NamedSymbol } from '../naming/symbol.js';
import type { TextChanges } from '../naming/text-changes.js';
import { refuse } from './refusal.js';
import { newName, refuseClash } from './whole.js';

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
    const names = new Map(pairs(before, after));
    refuseClash(symbol, names.values(), services);
    for (const { document, cst, name: written } of occurrencesOf(symbol, services)) {
        const next = written === old ? range : names.get(written);
        if (next === undefined) continue;
        const quoted = written === old && cst.text.startsWith('"');
        changes.replace(
            document,
            cst,
            quoted ? quotedName(next) : written === old ? next : (writtenName(next, services) ?? next),
        );
    }
}

/** `store` and `store-` both make `store-[1..6]` of `cache-[1..6]`. */
function withStem(stem: string, { prefix }: NameRange, old: string): string {
    const separator = /[-_]*$/.exec(prefix)?.[0] ?? '';
    const joined = separator !== '' && !/[-_]$/.test(stem) ? stem + separator : stem;
    return joined + old.slice(prefix.length);
}

function* pairs(before: NameRange, after: NameRange): Generator<[string, string]> {
    const next = rangeNames(after);
    for (const name of rangeNames(before)) yield [name, next.next().value as string];
}
