import type { LangiumDocument, TextDocument } from 'langium';
import type { Formatter } from 'langium/lsp';
import type {
    DocumentFormattingParams,
    DocumentOnTypeFormattingOptions,
    DocumentOnTypeFormattingParams,
    DocumentRangeFormattingParams,
    TextEdit,
} from 'vscode-languageserver';
import type { Edit } from '../format/edits.js';
import { formatEdits, layoutEdits } from '../format/format.js';
import type { GuardedParseResult } from '../parser/guard.js';
import type { ClusterServices } from '../services.js';

/** A stretch of whole lines, counted from 0; the last one is part of it. */
interface Lines {
    readonly first: number;
    readonly last: number;
}

/** Formats documents, selections, and what has just been finished. There is one layout, whatever the editor's own settings. */
export class ClusterFormatter implements Formatter {
    readonly formatOnTypeOptions: DocumentOnTypeFormattingOptions = {
        firstTriggerCharacter: '}',
        moreTriggerCharacter: ['\n'],
    };

    constructor(private readonly services: ClusterServices) {}

    formatDocument(document: LangiumDocument, _params: DocumentFormattingParams): TextEdit[] {
        const { textDocument } = document;
        return toTextEdits(formatEdits(textDocument.getText(), this.parsed(document), this.services), textDocument);
    }

    formatDocumentRange(document: LangiumDocument, { range }: DocumentRangeFormattingParams): TextEdit[] {
        const { start, end } = range;
        // A selection of whole lines ends at the beginning of the next one.
        const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
        return this.formatLines(document, { first: start.line, last });
    }

    /** A brace formats the block that it closes, a line break the line before it. */
    formatDocumentOnType(document: LangiumDocument, params: DocumentOnTypeFormattingParams): TextEdit[] {
        const { ch, position } = params;
        if (ch !== '}') return this.formatLines(document, { first: position.line - 1, last: position.line - 1 });
        const { textDocument } = document;
        const brace = this.openingBrace(textDocument.getText(), textDocument.offsetAt(position));
        if (brace === undefined) return [];
        return this.formatLines(document, { first: textDocument.positionAt(brace).line, last: position.line });
    }

    private formatLines(document: LangiumDocument, { first, last }: Lines): TextEdit[] {
        const { textDocument } = document;
        const edits = layoutEdits(textDocument.getText(), this.parsed(document), this.services);
        return toTextEdits(edits, textDocument).filter(
            ({ range: { start, end } }) => start.line >= first && end.line <= last,
        );
    }

    /** The syntax tree of the text as it is now. */
    private parsed({ parseResult, textDocument }: LangiumDocument): GuardedParseResult {
        const text = textDocument.getText();
        const isCurrent = parseResult.value.$cstNode?.root.fullText === text;
        return isCurrent ? parseResult : this.services.parser.Guard.parse(text);
    }

    /** Offset of the counterpart of the brace that ends at `end`. */
    private openingBrace(text: string, end: number): number | undefined {
        const open: number[] = [];
        for (const { image, startOffset } of this.services.parser.Lexer.tokenize(text).tokens) {
            if (startOffset >= end) return undefined;
            if (image === '{') open.push(startOffset);
            if (image !== '}') continue;
            const brace = open.pop();
            if (startOffset + 1 === end) return brace;
        }
        return undefined;
    }
}

function toTextEdits(edits: readonly Edit[], document: TextDocument): TextEdit[] {
    return edits.map(({ start, end, text }) => ({
        range: { start: document.positionAt(start), end: document.positionAt(end) },
        newText: text,
    }));
}
