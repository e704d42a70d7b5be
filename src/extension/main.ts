/**
 * Entry point in every extension host: the desktop's, a remote's and a browser's, which is a web worker. They are one file
 * because nearly all of it is the same; the other kind's client is never evaluated.
 */
import type { ExtensionContext } from 'vscode';
import { activateExtension } from './extension.js';

/** What workers of a browser have, and nothing else. */
declare const importScripts: unknown;

export async function activate(context: ExtensionContext): Promise<void> {
    const { createClient } = await (typeof importScripts === 'function'
        ? import('./features/language-client/browser.js')
        : import('./features/language-client/node.js'));
    await activateExtension(context, createClient(context));
}
