import { interruptAndCheck, type DocumentValidator, type LangiumDocument } from 'langium';
import { CancellationToken, type Diagnostic } from 'vscode-languageserver';
import { diagnosticsOf } from './document-diagnostics.js';
import type { EditorServices } from './services.js';

/** What is told on every change. New proofs are not waited for: they follow when they are done. */
export class ClusterValidator implements DocumentValidator {
    constructor(private readonly services: EditorServices) {}

    async validateDocument(
        document: LangiumDocument,
        _options?: unknown,
        token: CancellationToken = CancellationToken.None,
    ): Promise<Diagnostic[]> {
        await interruptAndCheck(token);
        return diagnosticsOf(document, this.services);
    }
}
