import type { LangiumDocument } from 'langium';
import type { RenameProvider } from 'langium/lsp';
import type { Range, RenameParams, TextDocumentPositionParams, WorkspaceEdit } from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import { isRange } from '../../names/ranges.js';
import { leafAt, nameAt, type NameAt } from '../naming/symbol.js';
import { TextChanges } from '../naming/text-changes.js';
import { renameMember } from './member.js';
import { refuse } from './refusal.js';
import { rehearse } from './rehearsal.js';
import { renameRange } from './range.js';
import { renameWhole } from './whole.js';
import type { EditorServices } from '../services.js';

/**
 * Gives whatever has a name another one, in all files. At its declaration a range is renamed with all its members; a member
 * that is named somewhere else is taken out of its range. Every rename is tried on copies first: one that would change what
 * the files mean is refused with the reason.
 */
export class ClusterRename implements RenameProvider {
    constructor(private readonly services: EditorServices) {}

    prepareRename(document: LangiumDocument, { position }: TextDocumentPositionParams): Range | undefined {
        const offset = document.textDocument.offsetAt(position);
        const found = nameAt(document, offset, this.services);
        if (!found) {
            if (isNumber(document, offset)) refuse('These shards have numbers, not names. Rename what they belong to.');
            return undefined;
        }
        const { text, range } = found.cst;
        if (!text.startsWith('"')) return range;
        const { start, end } = range;
        return {
            start: { line: start.line, character: start.character + 1 },
            end: { line: end.line, character: end.character - (text.length > 1 && text.endsWith('"') ? 1 : 0) },
        };
    }

    async rename(document: LangiumDocument, { position, newName }: RenameParams): Promise<WorkspaceEdit | undefined> {
        const found = nameAt(document, document.textDocument.offsetAt(position), this.services);
        if (!found) return undefined;
        const changes = new TextChanges();
        change(found, newName, changes, this.services);
        if (changes.documents.length === 0) return { changes: {} };
        const problem = await rehearse(changes, this.services);
        if (problem !== undefined) refuse(`'${newName.trim()}' cannot be the name here. ${problem}`);
        return { changes: changes.changes };
    }
}

function change({ symbol }: NameAt, newName: string, changes: TextChanges, services: EditorServices): void {
    const [declaration] = symbol.declarations;
    if (symbol.member !== undefined) renameMember(symbol, symbol.member, newName, changes, services);
    else if (isRange(declaration)) renameRange(symbol, newName, changes, services);
    else renameWhole(symbol, newName, changes, services);
}

function isNumber(document: LangiumDocument, offset: number): boolean {
    return [offset, offset - 1].some((at) => {
        const leaf = leafAt(document, at);
        return leaf !== undefined && ast.isTargetRef(leaf.astNode) && leaf.text === leaf.astNode.index;
    });
}
