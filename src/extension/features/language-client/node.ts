import { Uri, type ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { CLIENT_ID, CLIENT_NAME, clientOptions } from './options.js';

/** The server runs in a process of its own. */
export function createClient(context: ExtensionContext): BaseLanguageClient {
    const server = {
        module: Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath,
        transport: TransportKind.ipc,
    };
    return new LanguageClient(CLIENT_ID, CLIENT_NAME, server, clientOptions());
}
