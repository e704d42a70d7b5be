import { interruptAndCheck, type DocumentValidator, type LangiumDocument } from 'langium';
import { CancellationToken, type Diagnostic } from 'vscode-languageserver';
import { toDiagnostic } from './diagnostics.js';
import type { EditorServices } from './services.js';

/** What is told on every change. Proofs are not among it: they follow when they are done. */
export class ClusterValidator implements DocumentValidator {
    constructor(private readonly services: EditorServices) {}

    async validateDocument(
        document: LangiumDocument,
        _options?: unknown,
        token: CancellationToken = CancellationToken.None,
    ): Promise<Diagnostic[]> {
        await interruptAndCheck(token);
        const result = this.services.editor.Results.refresh(document);
        await interruptAndCheck(token);
        return (result?.findings ?? []).map(toDiagnostic);
    }
}
