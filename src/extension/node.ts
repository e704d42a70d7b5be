/** Entry point in the desktop's and a remote's extension host. */
import type { ExtensionContext } from 'vscode';
import { activateExtension } from './extension.js';
import { createNodeClient } from './features/language-client/node.js';

export const activate = (context: ExtensionContext): Promise<void> =>
    activateExtension(context, createNodeClient(context));
