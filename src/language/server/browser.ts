/** The language server in a web worker. */
import { EmptyFileSystem } from 'langium';
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { collectFindings } from '../../analysis/index.js';
import { inProcessAnalysis } from './in-process.js';
import { startServer } from './start.js';

/** What is used of the worker's own scope; the project is compiled without a browser's types. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

startServer({
    connection: createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)),
    fileSystemProvider: EmptyFileSystem.fileSystemProvider,
    analysis: inProcessAnalysis,
    design: collectFindings,
});
