/** The language server in a process of its own. */
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { collectFindings } from '../../analysis/index.js';
import { inProcessAnalysis } from './in-process.js';
import { startServer } from './start.js';

startServer({
    connection: createConnection(ProposedFeatures.all),
    fileSystemProvider: NodeFileSystem.fileSystemProvider,
    analysis: inProcessAnalysis,
    design: collectFindings,
});
