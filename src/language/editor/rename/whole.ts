import { parseRange } from '../../names/ranges.js';
import type { ClusterServices } from '../../services.js';
import { typedName, writtenName } from '../naming/name-text.js';
import { occurrencesOf } from '../naming/occurrences.js';
import type { NamedSymbol } from '../naming/symbol.js';
import type { TextChanges } from '../naming/text-changes.js';
import { clashOf, kindOf } from './clash.js';
import { refuse, whereIs } from './refusal.js';

/** Renames what has one name, wherever it is written. */
export function renameWhole(symbol: NamedSymbol, typed: string, changes: TextChanges, services: ClusterServices): void {
    const { name, written } = newName(typed, services);
    refuseRange(symbol, typed);
    if (name === symbol.declarations[0].name) return;
    refuseClash(symbol, [name], services);
    for (const { document, cst } of occurrencesOf(symbol, services)) changes.replace(document, cst, written);
}

/** A name that can be written; everything else is refused. */
export function newName(typed: string, services: ClusterServices): { readonly name: string; readonly written: string } {
    const { name, quoted } = typedName(typed);
    if (name === '') refuse('A name has at least one character.');
    const written = writtenName(name, services);
    if (written === undefined) refuse('A name stands on one line, without line breaks.');
    return { name, written: quoted && written === name && name.includes('[') ? `"${name}"` : written };
}

/** Brackets would make several things of one. */
export function refuseRange({ declarations: [declaration] }: NamedSymbol, typed: string): void {
    const { name, quoted } = typedName(typed);
    if (quoted || !parseRange(name)) return;
    refuse(
        `'${name}' stands for several names, and this ${kindOf(declaration)} is one. Put it in quotes if it is its name.`,
    );
}

export function refuseClash(symbol: NamedSymbol, names: Iterable<string>, services: ClusterServices): void {
    const clash = clashOf(symbol, names, services);
    if (!clash) return;
    const { name, kind, other } = clash;
    refuse(
        `There is a ${kind} '${name}' already (${whereIs(other)}), so the name could mean either. Choose another name.`,
    );
}
