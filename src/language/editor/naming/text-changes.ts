import { TextDocument, type CstNode, type LangiumDocument } from 'langium';
import type { TextEdit } from 'vscode-languageserver';

/** Changes of several documents, which are made together. */
export class TextChanges {
    private readonly edits = new Map<LangiumDocument, TextEdit[]>();

    get documents(): readonly LangiumDocument[] {
        return [...this.edits.keys()];
    }

    /** Puts a text in the place of a part of the document. */
    replace(document: LangiumDocument, { offset, end }: Pick<CstNode, 'offset' | 'end'>, newText: string): void {
        const { textDocument } = document;
        const range = { start: textDocument.positionAt(offset), end: textDocument.positionAt(end) };
        const edits = this.edits.get(document);
        if (edits) edits.push({ range, newText });
        else this.edits.set(document, [{ range, newText }]);
    }

    /** The text of a document as it will be. */
    textOf(document: LangiumDocument): string {
        return TextDocument.applyEdits(document.textDocument, this.edits.get(document) ?? []);
    }

    /** By document, as the protocol wants it. */
    get changes(): Record<string, TextEdit[]> {
        return Object.fromEntries([...this.edits].map(([{ uri }, edits]) => [uri.toString(), edits]));
    }
}
