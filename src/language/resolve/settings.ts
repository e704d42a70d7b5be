import { parseQuantity, type Setting, type SettingValue } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import type { HalfTyped } from './half-typed.js';
import { isNumberValue, isStringValue } from '../generated/ast.js';
import { sourceOf, sourceOfProperty } from './source.js';

/** The entries of all `settings` blocks of one declaration, in order. */
export function resolveSettings(blocks: readonly ast.Settings[]): Setting[] {
    return blocks.flatMap((block) => resolveEntries(block.entries));
}

/** Entries without those that have no key yet. */
export function resolveEntries(entries: readonly ast.Setting[]): Setting[] {
    return entries.filter((entry) => (entry as HalfTyped<ast.Setting>).key !== undefined).map(resolveSetting);
}

function resolveSetting(entry: ast.Setting): Setting {
    return {
        key: entry.key,
        values: entry.values.map(settingValue),
        source: sourceOf(entry),
        keySource: sourceOfProperty(entry, 'key'),
    };
}

function settingValue(value: ast.SettingValue): SettingValue {
    if (isStringValue(value)) return { kind: 'string', text: value.value };
    const quantity = isNumberValue(value) ? parseQuantity(value.value) : undefined;
    if (!quantity) return { kind: 'word', text: value.value };
    return { kind: 'number', value: quantity.value, unit: quantity.unit, text: value.value };
}
