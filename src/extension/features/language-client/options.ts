import type { LanguageClientOptions } from 'vscode-languageclient';
import { LANGUAGE_ID } from '../../language.js';
import { linkToPages } from '../explain/index.js';
import { Deaths } from './deaths.js';

export const CLIENT_ID = 'faultline';
export const CLIENT_NAME = 'Faultline Language Server';

/** No URI scheme is named: files may lie on a disk, in a remote, in a repository on the web, or nowhere yet. */
export const clientOptions = (): LanguageClientOptions => ({
    errorHandler: new Deaths(),
    documentSelector: [{ language: LANGUAGE_ID }],
    middleware: { handleDiagnostics: (uri, diagnostics, next) => next(uri, linkToPages(diagnostics)) },
});
