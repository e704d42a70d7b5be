import { Uri, type ExtensionContext } from 'vscode';
import type { BaseLanguageClient, MessageTransports } from 'vscode-languageclient';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { CLIENT_ID, CLIENT_NAME, clientOptions } from './options.js';

/** What is used of the browser's own class; this room is compiled without a browser's types. */
declare class Worker {
    constructor(script: string);
    terminate(): void;
}

/** The server runs in a web worker of its own, a new one after each restart. */
export function createClient(context: ExtensionContext): BaseLanguageClient {
    const script = Uri.joinPath(context.extensionUri, 'dist', 'server.js').toString(true);
    let running: Worker | undefined;
    const start = (): Promise<MessageTransports> => {
        running?.terminate();
        const worker = new Worker(script);
        running = worker;
        return Promise.resolve({
            reader: new BrowserMessageReader(worker),
            writer: new BrowserMessageWriter(worker),
        });
    };
    context.subscriptions.push({ dispose: () => running?.terminate() });
    return new LanguageClient(CLIENT_ID, CLIENT_NAME, start, {
        ...clientOptions(),
        // A worker cannot tell where its own script lies, and it starts the analysis worker from the same.
        initializationOptions: { script },
    });
}
