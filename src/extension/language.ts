import { window, type TextDocument, type TextEditor } from 'vscode';

export const LANGUAGE_ID = 'cluster';

export const isClusterFile = (document: TextDocument): boolean => document.languageId === LANGUAGE_ID;

/** The editor with the `.cluster` file that the user works in: the active one, or one beside the active preview or report. */
export function currentClusterEditor(): TextEditor | undefined {
    const candidates = [window.activeTextEditor, ...window.visibleTextEditors];
    return candidates.find((editor) => editor !== undefined && isClusterFile(editor.document));
}
