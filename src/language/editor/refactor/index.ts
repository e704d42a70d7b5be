import type { LangiumDocument } from 'langium';
import type { CodeAction, Range } from 'vscode-languageserver';
import { leafAt } from '../naming/symbol.js';
import type { EditorServices } from '../services.js';
import { expandNodes } from './expand-nodes.js';
import { expandShards } from './expand-shards.js';
import { extractPolicy } from './extract-policy.js';
import { inlinePolicy } from './inline-policy.js';
import type { Refactoring } from './place.js';

const ALL: readonly Refactoring[] = [extractPolicy, inlinePolicy, expandShards, expandNodes];

/** Other ways to write what stands at the beginning of a range; all of them keep its meaning. */
export function refactorings(document: LangiumDocument, range: Range, services: EditorServices): CodeAction[] {
    const { parserErrors, lexerErrors } = document.parseResult;
    // While something is half written it is not known where a statement ends.
    if (parserErrors.length > 0 || lexerErrors.length > 0) return [];
    const offset = document.textDocument.offsetAt(range.start);
    const leaf = leafAt(document, offset) ?? leafAt(document, offset - 1);
    if (!leaf) return [];
    return ALL.flatMap((refactoring) => refactoring({ document, node: leaf.astNode, services }));
}
