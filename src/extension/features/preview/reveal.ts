import { Range, Selection, TextEditorRevealType, Uri, ViewColumn, window, workspace } from 'vscode';
import type { SourceRange } from '../../../protocol/index.js';

/**
 * Puts the cursor on the source of a drawn element, in the editor that shows the text already if there is one.
 * A source in another place than the previewed document's own is refused: the webview has no say in what is opened.
 */
export async function revealSource(source: SourceRange, previewed: Uri, panelColumn?: ViewColumn): Promise<void> {
    const uri = Uri.parse(source.uri);
    if (uri.scheme !== previewed.scheme || uri.authority !== previewed.authority) return;
    const visible = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    const document = visible?.document ?? (await workspace.openTextDocument(uri));
    const editor = await window.showTextDocument(document, visible?.viewColumn ?? besides(panelColumn));
    const range = new Range(source.start.line, source.start.character, source.end.line, source.end.character);
    editor.selection = new Selection(range.start, range.start);
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The text goes where the drawing is not. */
const besides = (panelColumn: ViewColumn | undefined): ViewColumn =>
    panelColumn === undefined || panelColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One;
