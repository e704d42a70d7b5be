/** The language server in a process of its own. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { AnalysisService, collectFindings, nodeWorkerFactory } from '../../analysis/index.js';
import { startServer } from './start.js';

/** Lies beside the server's own bundle. */
const WORKER = fileURLToPath(new URL('analysis-worker.cjs', import.meta.url));

startServer({
    connection: createConnection(ProposedFeatures.all),
    fileSystemProvider: NodeFileSystem.fileSystemProvider,
    analysis: () => new AnalysisService({ createWorker: nodeWorkerFactory(() => new Worker(WORKER)) }),
    design: collectFindings,
});
