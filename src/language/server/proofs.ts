import { DocumentState, type LangiumDocument } from 'langium';
import { CancellationTokenSource, CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';
import type { Verdict } from '../../analysis/index.js';
import type { Objective, Topology } from '../../topology/index.js';
import { meaningOf, sameMeaning, type Meaning } from '../editor/meaning.js';
import type { EditorServices } from '../editor/services.js';
import type { AnalysisPort } from './analysis-port.js';
import { publishAgain } from './publish.js';

/** How long a document must rest before its objectives are proved, in milliseconds. */
const REST_MS = 150;

interface Proof {
    readonly meaning: Meaning;
    readonly source: CancellationTokenSource;
}

/** Proves the objectives of open documents behind the editor's back, one at a time, and tells the verdicts as they come. */
export class Proofs {
    private readonly resting = new Map<string, ReturnType<typeof setTimeout>>();
    private readonly running = new Map<string, Proof>();

    constructor(
        private readonly connection: Connection,
        private readonly services: EditorServices,
        private readonly analysis: AnalysisPort,
        private readonly refreshesLenses: () => boolean,
    ) {
        const { DocumentBuilder, TextDocuments } = services.shared.workspace;
        DocumentBuilder.onDocumentPhase(DocumentState.Validated, (document) => this.changed(document));
        DocumentBuilder.onUpdate((_changed, deleted) => deleted.forEach((uri) => this.forget(uri.toString())));
        TextDocuments.onDidClose(({ document }) => this.forget(document.uri));
    }

    /** A proof that is still about the present text goes on; any other is given up. */
    private changed(document: LangiumDocument): void {
        const uri = document.uri.toString();
        clearTimeout(this.resting.get(uri));
        const running = this.running.get(uri);
        if (running && this.isWanted(running.meaning, document)) return;
        this.cancel(uri);
        if (!this.services.shared.workspace.TextDocuments.get(document.uri)) return;
        this.resting.set(
            uri,
            setTimeout(() => void this.proveNext(document), REST_MS),
        );
    }

    private isWanted(meaning: Meaning, document: LangiumDocument): boolean {
        const topology = this.services.editor.Results.of(document)?.topology;
        return topology?.objectives.some((each) => sameMeaning(meaningOf(topology, each), meaning)) ?? false;
    }

    private forget(uri: string): void {
        clearTimeout(this.resting.get(uri));
        this.resting.delete(uri);
        this.cancel(uri);
        this.services.editor.Verdicts.forget(uri);
        this.services.editor.Runs.forget(uri);
    }

    private cancel(uri: string): void {
        this.running.get(uri)?.source.cancel();
        this.running.delete(uri);
    }

    /** Proves the first objective that has no verdict yet, and then the others. */
    private async proveNext(document: LangiumDocument): Promise<void> {
        // A text that is being read is looked at again when it has been read.
        if (document.state !== DocumentState.Validated) return;
        const uri = document.uri.toString();
        const topology = this.services.editor.Results.of(document)?.topology;
        const { Verdicts } = this.services.editor;
        const index =
            topology?.objectives.findIndex((each) => Verdicts.standing(uri, topology, each).kind === 'proving') ?? -1;
        const objective = topology?.objectives[index];
        if (!topology || !objective) return;
        const source = new CancellationTokenSource();
        this.running.set(uri, { meaning: meaningOf(topology, objective), source });
        const verdict = await this.prove(topology, objective, index, source);
        if (source.token.isCancellationRequested) return;
        this.running.delete(uri);
        Verdicts.add(uri, topology, objective, verdict);
        this.publish(document);
        await this.proveNext(document);
    }

    private async prove(
        topology: Topology,
        objective: Objective,
        index: number,
        { token }: CancellationTokenSource,
    ): Promise<Verdict> {
        try {
            return await this.analysis.proveObjective(topology, index, token);
        } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            const { name, source } = objective;
            const notes = [`It could not be proved. ${reason}`];
            return { kind: 'objective', name, source, status: 'error', clauses: [], notes, elapsedMs: 0 };
        }
    }

    /** Sends the document's diagnostics again, with those of the verdicts that are in. */
    private publish(document: LangiumDocument): void {
        if (publishAgain(document, this.services, this.connection) && this.refreshesLenses())
            void this.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    }
}
