import { AstUtils } from 'langium';
import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import { isRange, parseRange, rangeSize } from '../../names/ranges.js';
import { occurrencesOf } from '../naming/occurrences.js';
import { TextChanges } from '../naming/text-changes.js';
import { singlePieces, splitStatement } from '../rename/split.js';
import { MOST_STATEMENTS, offered, withheld, type Place } from './place.js';

/** `nodes cache-[1..6] across zones` becomes six statements, each with the zone in which its node stands. */
export function expandNodes({ document, node, services }: Place): CodeAction[] {
    const statement = AstUtils.getContainerOfType(node, ast.isNodes);
    const range = statement && isRange(statement) ? parseRange(statement.name) : undefined;
    if (!statement || !range) return [];
    const title = `Expand ${statement.name} into single nodes`;
    const size = rangeSize(range);
    if (size > MOST_STATEMENTS) {
        const reason = `These are ${String(size)} nodes, and no more than ${String(MOST_STATEMENTS)} are written out.`;
        return withheld(title, CodeActionKind.RefactorRewrite, reason);
    }
    const named = occurrencesOf({ declarations: [statement] }, services);
    if (named.some(({ kind, name }) => kind === 'reference' && name === statement.name)) return [];
    const split = splitStatement(statement, singlePieces(range), services);
    if (!split) return [];
    const changes = new TextChanges();
    changes.replace(document, split, split.text);
    return offered(title, CodeActionKind.RefactorRewrite, changes);
}
