import { AstUtils, type CstNode } from 'langium';
import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import type { GroupWord } from '../../../engines/index.js';
import type { ShardGroup, Topology } from '../../../topology/index.js';
import * as ast from '../../generated/ast.js';
import { ownerOf } from '../../names/owner.js';
import { nameSource } from '../../resolve/source.js';
import { occurrencesOf } from '../naming/occurrences.js';
import { TextChanges } from '../naming/text-changes.js';
import { indentAt, indentStep } from './layout.js';
import { MOST_STATEMENTS, offered, withheld, type Place } from './place.js';
import { placingLines } from './placing-lines.js';

/** Writes down where the copies of a group stand now: a line for each shard, or for each copy where the group is one shard. */
export function expandShards({ document, node, services }: Place): CodeAction[] {
    const statement = AstUtils.getContainerOfType(node, ast.isShardGroup);
    const topology = services.editor.Results.of(document)?.topology;
    const group = statement && topology && groupOf(statement, topology);
    const word = statement && wordOf(statement, services.engines.Lookup.find(ownerOf(statement).engine)?.groupWords);
    if (!statement?.$cstNode || !topology || !group || !word) return [];
    const title = `Place each ${word.placedWord} of ${statement.name} by hand`;
    const size = word.form === 'one-shard' ? group.copies : group.shards.length;
    if (size > MOST_STATEMENTS) {
        const reason = `This would take ${String(size)} lines, and no more than ${String(MOST_STATEMENTS)} are written.`;
        return withheld(title, CodeActionKind.RefactorRewrite, reason);
    }
    const lines = placingLines(statement, word, group, topology, services);
    if (lines.length === 0) return [];
    const changes = new TextChanges();
    const cst = statement.$cstNode;
    if (isPlain(statement, cst, word, services)) {
        changes.replace(document, cst, lines.join(`\n${indentAt(cst.root.fullText, cst.offset)}`));
    } else addToBlock(document, cst, lines, changes);
    return offered(title, CodeActionKind.RefactorRewrite, changes);
}

function groupOf(statement: ast.ShardGroup, { groups }: Topology): ShardGroup | undefined {
    const { uri, start } = nameSource(statement);
    return groups.find(
        ({ source }) =>
            source.uri === uri && source.start.line === start.line && source.start.character === start.character,
    );
}

/** The word of a group; a statement that places one shard already is none. */
function wordOf({ word, nodes }: ast.ShardGroup, words: readonly GroupWord[] = []): GroupWord | undefined {
    return nodes.length > 0 ? undefined : words.find((each) => each.word === word);
}

/** Whether the group says nothing that its shards, placed one by one in the cluster's block, would not say. */
function isPlain(
    statement: ast.ShardGroup,
    { text }: CstNode,
    { form }: GroupWord,
    services: Place['services'],
): boolean {
    if (form !== 'each-name-one-shard' || /\/[/*]/.test(text)) return false;
    if (!statement.items.every((item) => ast.isReplicas(item) && item.perPlace.length === 0)) return false;
    const named = occurrencesOf({ declarations: [statement] }, services);
    return !named.some(({ kind, name }) => kind === 'reference' && name === statement.name && name.includes('['));
}

function addToBlock(document: Place['document'], cst: CstNode, lines: readonly string[], changes: TextChanges): void {
    const { fullText } = cst.root;
    const indent = indentAt(fullText, cst.offset);
    const inner = lines.map((line) => `\n${indent}${indentStep(fullText)}${line}`).join('');
    if (!cst.text.endsWith('}')) {
        changes.replace(document, { offset: cst.end, end: cst.end }, ` {${inner}\n${indent}}`);
        return;
    }
    const space = /\s*$/.exec(fullText.slice(cst.offset, cst.end - 1))?.[0].length ?? 0;
    changes.replace(document, { offset: cst.end - 1 - space, end: cst.end - 1 }, `${inner}\n${indent}`);
}
