import type { LangiumDocument } from 'langium';
import type { TextEdit } from 'vscode-languageserver';

/** A change of one text. Its edits share no place. */
export interface TextChange {
    readonly document: LangiumDocument;
    readonly edits: readonly TextEdit[];
}

/** Replaces what stands between two offsets. */
export function replaced(document: LangiumDocument, start: number, end: number, newText: string): TextChange {
    const { textDocument } = document;
    const range = { start: textDocument.positionAt(start), end: textDocument.positionAt(end) };
    return { document, edits: [{ range, newText }] };
}
