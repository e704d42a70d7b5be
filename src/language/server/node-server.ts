/** The language server in a process of its own. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { AnalysisService, collectFindings, nodeWorkerFactory } from '../../analysis/index.js';
import { ANALYSIS } from './role.js';
import { startServer } from './start.js';

const OWN_FILE = fileURLToPath(import.meta.url);

const createWorker = nodeWorkerFactory(() => new Worker(OWN_FILE, { workerData: ANALYSIS }));

startServer({
    connection: createConnection(ProposedFeatures.all),
    fileSystemProvider: NodeFileSystem.fileSystemProvider,
    analysis: () => new AnalysisService({ createWorker }),
    design: collectFindings,
});
