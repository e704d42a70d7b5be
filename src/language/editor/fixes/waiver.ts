import { AstUtils, CstUtils, type LangiumDocument } from 'langium';
import type { SnippetTextEdit } from 'vscode-languageserver';
import { CodeActionKind, type CodeAction, type Diagnostic, type TextEdit } from 'vscode-languageserver';
import type { Finding } from '../../../topology/index.js';
import { isCluster } from '../../generated/ast.js';
import type { EditorServices } from '../services.js';
import { addStatement } from './block.js';
import type { TextChange } from './change.js';

const REASON = 'say why';

/** The statement that accepts a finding; undefined where no cluster stands around it. */
export function waiverChange({ code, source }: Finding, document: LangiumDocument): TextChange | undefined {
    const root = document.parseResult.value.$cstNode;
    if (!root) return undefined;
    const leaf = CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(source.start));
    const cluster = AstUtils.getContainerOfType(leaf?.astNode, isCluster);
    if (!cluster?.$cstNode) return undefined;
    const text = `waive "${code}" because "${REASON}"`;
    return addStatement({ document, node: cluster, cst: cluster.$cstNode }, { text });
}

export function waiverAction(
    { code }: Finding,
    { document, edits }: TextChange,
    diagnostic: Diagnostic,
    services: EditorServices,
): CodeAction {
    return {
        title: `Waive ${code} here`,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        edit: services.editor.Client.takesSnippets
            ? { documentChanges: [{ textDocument: versioned(document), edits: edits.map(snippet) }] }
            : { changes: { [document.uri.toString()]: [...edits] } },
    };
}

function versioned({ uri, textDocument }: LangiumDocument): { uri: string; version: number } {
    return { uri: uri.toString(), version: textDocument.version };
}

/** The reason is selected, so that the first letter that is typed replaces it. */
function snippet({ range, newText }: TextEdit): SnippetTextEdit {
    const escaped = newText.replace(/[\\$}]/g, '\\$&');
    return { range, snippet: { kind: 'snippet', value: escaped.replace(REASON, `\${1:${REASON}}`) } };
}
