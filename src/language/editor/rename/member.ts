import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.js';
import { parseRange } from '../../names/ranges.js';
import type { ClusterServices } from '../../services.js';
import { occurrencesOf } from '../naming/occurrences.js';
import type { NamedSymbol } from '../naming/symbol.js';
import type { TextChanges } from '../naming/text-changes.js';
import { refuse } from './refusal.js';
import { piecesAround, splitStatement } from './split.js';
import { newName, refuseClash, refuseRange } from './whole.js';

/** Takes one name out of its range, which is written as several statements from then on. */
export function renameMember(
    symbol: NamedSymbol,
    member: string,
    typed: string,
    changes: TextChanges,
    services: ClusterServices,
): void {
    const [declaration] = symbol.declarations;
    const { name, written } = newName(typed, services);
    refuseRange(symbol, typed);
    if (name === member) return;
    refuseClash(symbol, [name], services);
    const range = parseRange(declaration.name);
    const split =
        range && (ast.isNodes(declaration) || ast.isShardGroup(declaration))
            ? splitStatement(declaration, piecesAround(range, member, written), services)
            : undefined;
    if (!split)
        refuse(`'${member}' cannot be taken out of '${declaration.name}'. Rename the range where it is declared.`);
    refuseNamedRange(declaration, services);
    const home = AstUtils.getDocument(declaration);
    changes.replace(home, split, split.text);
    for (const { document, cst } of occurrencesOf(symbol, services)) {
        const inside = document === home && split.offset <= cst.offset && cst.end <= split.end;
        if (!inside) changes.replace(document, cst, written);
    }
}

/** `sessions."s-[1..3]"` means all of a range at once. */
function refuseNamedRange(
    declaration: ast.Nodes | ast.ShardGroup | NamedSymbol['declarations'][0],
    services: ClusterServices,
): void {
    const all = occurrencesOf({ declarations: [declaration] }, services);
    const whole = all.find(({ kind, name }) => kind === 'reference' && name === declaration.name);
    if (!whole) return;
    const line = String(whole.cst.range.start.line + 1);
    refuse(
        `'${declaration.name}' is named as a whole on line ${line}, so it cannot be taken apart. Rename the range where it is declared.`,
    );
}
