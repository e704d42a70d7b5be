/** The language server in a web worker. */
import { EmptyFileSystem } from 'langium';
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { AnalysisService, collectFindings, webWorkerFactory, type WebWorker } from '../../analysis/index.js';
import { ANALYSIS, type RoleHolder } from './role.js';
import { startServer } from './start.js';

/** What is used of a browser's own classes; the project is compiled without their types. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];
declare const Worker: new (script: string) => WebWorker;

const ROLE: keyof RoleHolder = 'faultlineRole';

startServer({
    connection: createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)),
    fileSystemProvider: EmptyFileSystem.fileSystemProvider,
    analysis: (options) => {
        const script = ownScript(options);
        if (script === undefined) return new AnalysisService();
        return new AnalysisService({ createWorker: webWorkerFactory(() => startAnalysis(script)) });
    },
    design: collectFindings,
});

/** The script may come from another origin than this one; of those a browser starts workers only in this roundabout way. */
function startAnalysis(script: string): WebWorker {
    const loader = `self.${ROLE} = ${JSON.stringify(ANALYSIS)}; importScripts(${JSON.stringify(script)});`;
    return new Worker(URL.createObjectURL(new Blob([loader])));
}

/** A worker cannot tell where its own script lies, so the client says it. */
function ownScript(options: unknown): string | undefined {
    if (typeof options !== 'object' || options === null || !('script' in options)) return undefined;
    return typeof options.script === 'string' ? options.script : undefined;
}
