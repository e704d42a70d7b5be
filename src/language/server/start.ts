import { DocumentState, type FileSystemProvider } from 'langium';
import { createRequestHandler, startLanguageServer } from 'langium/lsp';
import type { Connection, InitializeParams, SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import type { DesignCheck } from '../document.js';
import { SelectionRanges } from '../editor/selection-ranges.js';
import { createServices } from '../editor/services.js';
import type { EngineLookup } from '../services.js';
import type { AnalysisPort } from './analysis-port.js';
import { refreshInlayHints } from './inlay-refresh.js';
import { Proofs } from './proofs.js';
import { addRequests } from './requests.js';

/** What differs between the places that the server runs in. */
export interface Platform {
    readonly connection: Connection;
    readonly fileSystemProvider: () => FileSystemProvider;
    /** Called once, when the client has said hello; `options` are its initialization options. */
    analysis(options: unknown): AnalysisPort;
    /** Findings about the design. */
    readonly design: DesignCheck;
    readonly engines?: EngineLookup;
}

/** Serves the language until the client leaves. */
export function startServer(platform: Platform): void {
    const { connection, fileSystemProvider, design, engines } = platform;
    const { shared, cluster } = createServices(
        { connection, fileSystemProvider },
        { design, ...(engines ? { engines } : {}) },
    );
    shared.lsp.LanguageServer.onInitialize((params: InitializeParams) => {
        cluster.editor.Client.read(params.capabilities);
        const port = platform.analysis(params.initializationOptions);
        const refreshesLenses = params.capabilities.workspace?.codeLens?.refreshSupport === true;
        new Proofs(connection, cluster, port, () => refreshesLenses);
        addRequests(connection, cluster, port);
        if (params.capabilities.workspace?.inlayHint?.refreshSupport === true) refreshInlayHints(connection, shared);
        connection.onShutdown(() => port.dispose());
    });
    startLanguageServer(shared);
    const selections = new SelectionRanges(cluster);
    connection.onSelectionRanges(
        createRequestHandler<SelectionRangeParams, SelectionRange[]>(
            (_services, document, { positions }) => selections.of(document, positions),
            shared,
            DocumentState.Parsed,
        ),
    );
}
