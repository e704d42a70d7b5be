import { PassThrough } from 'node:stream';
import { EmptyFileSystem, type FileSystemProvider } from 'langium';
import {
    createConnection,
    createProtocolConnection,
    StreamMessageReader,
    StreamMessageWriter,
    type ProtocolConnection,
} from 'vscode-languageserver/node';
import type { CodeLens, Diagnostic, InitializeResult, ServerCapabilities } from 'vscode-languageserver';
import { collectFindings } from '../../src/analysis/index.js';
import type { AnalysisPort } from '../../src/language/server/analysis-port.js';
import { startServer } from '../../src/language/server/start.js';
import type { EngineLookup } from '../../src/language/services.js';
import { MAIN } from './support.js';

type Wanted = (diagnostics: readonly Diagnostic[]) => boolean;

interface ClientOptions {
    readonly engines?: EngineLookup;
    readonly capabilities?: object;
    /** Where the server finds what the file imports; nothing without it. */
    readonly files?: FileSystemProvider;
    /** Of the open file. */
    readonly uri?: string;
}

/** An editor with one open file, which speaks the protocol with a server in the same process. */
export class Client {
    /** All lists of diagnostics of the file, in order. */
    readonly published: Diagnostic[][] = [];
    /** What the server says that it can do. */
    offered: ServerCapabilities = {};
    private version = 0;
    private watch: (diagnostics: Diagnostic[]) => void = () => undefined;

    private constructor(
        readonly connection: ProtocolConnection,
        private readonly uri: string,
    ) {}

    static async start(
        analysis: AnalysisPort,
        { engines, capabilities = {}, files, uri: own = MAIN }: ClientOptions = {},
    ): Promise<Client> {
        const [up, down] = [new PassThrough(), new PassThrough()];
        startServer({
            connection: createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)),
            fileSystemProvider: files === undefined ? EmptyFileSystem.fileSystemProvider : () => files,
            analysis: () => analysis,
            design: (topology) => collectFindings(topology, engines ? { engines: (name) => engines.find(name) } : {}),
            ...(engines ? { engines } : {}),
        });
        const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
        const client = new Client(connection, own);
        connection.onNotification(
            'textDocument/publishDiagnostics',
            ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
                if (uri !== own) return;
                client.published.push(diagnostics);
                client.watch(diagnostics);
            },
        );
        connection.listen();
        const folder = { uri: own.slice(0, own.lastIndexOf('/')), name: 'project' };
        const workspaceFolders = files === undefined ? null : [folder];
        const params = { processId: null, rootUri: null, workspaceFolders, capabilities };
        client.offered = (await connection.sendRequest<InitializeResult>('initialize', params)).capabilities;
        await connection.sendNotification('initialized', {});
        return client;
    }

    /** Opens the file and waits for its first diagnostics, or for those that are wanted. */
    open(text: string, wanted: Wanted = () => true): Promise<Diagnostic[]> {
        const languageId = 'cluster';
        return this.after(wanted, 'textDocument/didOpen', {
            textDocument: { uri: this.uri, languageId, version: ++this.version, text },
        });
    }

    /** Replaces the text and waits for the next diagnostics, or for those that are wanted: a verdict may come in between. */
    edit(text: string, wanted: Wanted = () => true): Promise<Diagnostic[]> {
        return this.after(wanted, 'textDocument/didChange', {
            textDocument: { uri: this.uri, version: ++this.version },
            contentChanges: [{ text }],
        });
    }

    /** The next published list that is looked for. */
    diagnosticsWith(wanted: Wanted): Promise<Diagnostic[]> {
        return new Promise((resolve) => {
            this.watch = (diagnostics) => {
                if (wanted(diagnostics)) resolve(diagnostics);
            };
        });
    }

    async lenses(): Promise<(string | undefined)[]> {
        const lenses = await this.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
            textDocument: { uri: this.uri },
        });
        return lenses.map((lens) => lens.command?.title);
    }

    dispose(): void {
        this.connection.dispose();
    }

    private async after(wanted: Wanted, notification: string, params: object): Promise<Diagnostic[]> {
        const diagnostics = this.diagnosticsWith(wanted);
        await this.connection.sendNotification(notification, params);
        return diagnostics;
    }
}
