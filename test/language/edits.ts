/** What an editor does with the changes that the server sends. */
import type { CodeAction, Diagnostic, Position, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'langium';
import type { Client } from './client.js';
import { MAIN } from './support.js';

/** The text with all changes that concern the file. */
export function applied(text: string, edit: WorkspaceEdit | null, uri = MAIN): string {
    const edits: TextEdit[] = edit?.changes?.[uri] ?? [];
    return TextDocument.applyEdits(TextDocument.create(uri, 'cluster', 1, text), edits);
}

/** The position of a word's second letter, or of its only one. */
export function positionOf(text: string, word: string, from = 0): Position {
    const index = text.indexOf(word, from);
    if (index < 0) throw new Error(`'${word}' is not in the text.`);
    return TextDocument.create(MAIN, 'cluster', 1, text).positionAt(index + Math.min(1, word.length - 1));
}

/** Opens a file beside the main one. */
export async function openBeside(client: Client, name: string, text: string): Promise<string> {
    const uri = `file:///project/${name}`;
    const textDocument = { uri, languageId: 'cluster', version: 1, text };
    await client.connection.sendNotification('textDocument/didOpen', { textDocument });
    return uri;
}

/** What the light bulb offers for the whole main file; `only` as an editor asks for it. */
export function actionsIn(client: Client, diagnostics: readonly Diagnostic[], only?: string[]): Promise<CodeAction[]> {
    return client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: MAIN },
        range: { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } },
        context: { diagnostics, ...(only ? { only } : {}) },
    });
}
