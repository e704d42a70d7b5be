/** The code of a diagnostic leads to its page, which opens as a read-only document. */
import { Uri, workspace, type Diagnostic, type Disposable } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { EXPLAIN_REQUEST, type ExplainParams } from '../../../protocol/index.js';

const PAGE_SCHEME = 'faultline-explain';

export function activateExplain(client: BaseLanguageClient): Disposable {
    return workspace.registerTextDocumentContentProvider(PAGE_SCHEME, {
        provideTextDocumentContent: async ({ path }, token) => {
            const params: ExplainParams = { code: path.replace(/^\//, '').replace(/\.md$/, '') };
            const page = await client.sendRequest<string | null>(EXPLAIN_REQUEST, params, token);
            return page ?? `There is no page about ${params.code}.\n`;
        },
    });
}

/** Gives the code of each diagnostic the address of its page. */
export function linkToPages(diagnostics: readonly Diagnostic[]): Diagnostic[] {
    return diagnostics.map((diagnostic) => {
        const { code } = diagnostic;
        if (typeof code === 'string') {
            diagnostic.code = { value: code, target: Uri.from({ scheme: PAGE_SCHEME, path: `/${code}.md` }) };
        }
        return diagnostic;
    });
}
