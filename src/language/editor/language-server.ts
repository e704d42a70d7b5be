import { DefaultLanguageServer } from 'langium/lsp';
import { CodeActionKind, type InitializeParams, type InitializeResult } from 'vscode-languageserver';
import { FIX_ALL } from './fixes/index.js';

/** Advertises what the server answers beyond the services that Langium knows of. */
export class ClusterLanguageServer extends DefaultLanguageServer {
    protected override buildInitializeResult(params: InitializeParams): InitializeResult {
        const codeActionKinds = [CodeActionKind.QuickFix, CodeActionKind.Refactor, FIX_ALL];
        const result = super.buildInitializeResult(params);
        return {
            ...result,
            capabilities: {
                ...result.capabilities,
                selectionRangeProvider: true,
                codeActionProvider: { codeActionKinds },
            },
        };
    }
}
