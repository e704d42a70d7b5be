/** Entry point in a browser's extension host, which is a web worker. */
import type { ExtensionContext } from 'vscode';
import { activateExtension } from './extension.js';
import { createBrowserClient } from './features/language-client/browser.js';

export const activate = (context: ExtensionContext): Promise<void> =>
    activateExtension(context, createBrowserClient(context));
