import { DocumentState, type LangiumDocument } from 'langium';
import { CancellationTokenSource, CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';
import { toDiagnostic } from '../editor/diagnostics.js';
import type { EditorServices } from '../editor/services.js';
import { verdictFindings } from '../editor/verdict-words.js';
import type { AnalysisPort } from './analysis-port.js';

/** How long a document must rest before its objectives are proved, in milliseconds. */
const REST_MS = 150;

/** Proves the objectives of open documents behind the editor's back, and tells the verdicts as they come. */
export class Proofs {
    private readonly running = new Map<string, CancellationTokenSource>();

    constructor(
        private readonly connection: Connection,
        private readonly services: EditorServices,
        private readonly analysis: AnalysisPort,
        private readonly refreshesLenses: () => boolean,
    ) {
        const builder = services.shared.workspace.DocumentBuilder;
        builder.onDocumentPhase(DocumentState.Validated, (document) => this.restart(document));
        builder.onUpdate((_changed, deleted) => deleted.forEach((uri) => this.stop(uri.toString())));
    }

    private restart(document: LangiumDocument): void {
        const uri = document.uri.toString();
        this.stop(uri);
        if (!this.services.shared.workspace.TextDocuments.get(document.uri)) return;
        const source = new CancellationTokenSource();
        this.running.set(uri, source);
        const timer = setTimeout(() => void this.prove(document, source), REST_MS);
        source.token.onCancellationRequested(() => clearTimeout(timer));
    }

    private stop(uri: string): void {
        this.running.get(uri)?.cancel();
        this.running.delete(uri);
        this.services.editor.Verdicts.clear(uri);
    }

    private async prove(document: LangiumDocument, { token }: CancellationTokenSource): Promise<void> {
        const uri = document.uri.toString();
        const topology = this.services.editor.Results.of(document)?.topology;
        if (!topology) return;
        // Asked anew after every wait: the text may have changed meanwhile.
        const isCancelled = (): boolean => token.isCancellationRequested;
        for (const [index, objective] of topology.objectives.entries()) {
            if (isCancelled()) return;
            try {
                const verdict = await this.analysis.proveObjective(topology, index, token);
                if (isCancelled()) return;
                this.services.editor.Verdicts.add(uri, verdict);
                this.publish(document);
            } catch (error) {
                if (isCancelled()) return;
                this.connection.console.error(
                    `The objective '${objective.name}' could not be proved: ${String(error)}`,
                );
            }
        }
    }

    /** Sends the document's diagnostics again, with those of the verdicts that are in. */
    private publish(document: LangiumDocument): void {
        const uri = document.uri.toString();
        const findings = this.services.editor.Verdicts.of(uri).flatMap(verdictFindings);
        const diagnostics = [...(document.diagnostics ?? []), ...findings.map(toDiagnostic)];
        void this.connection.sendDiagnostics({ uri, diagnostics });
        if (this.refreshesLenses())
            void this.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    }
}
