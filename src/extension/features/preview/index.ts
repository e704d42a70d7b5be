/** `Cluster: Open Topology Preview`: the drawing beside the text, one panel for each document. */
import { commands, Disposable, Uri, ViewColumn, window, type ExtensionContext, type WebviewPanel } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { DRAWING_CHANGED, type DrawingParams } from '../../../protocol/index.js';
import { currentClusterEditor, isClusterFile } from '../../language.js';
import { readPreviewState } from './messages.js';
import { Preview, webviewOptions } from './preview.js';

const OPEN_COMMAND = 'faultline.openPreview';
const VIEW_TYPE = 'faultline.preview';

export function activatePreview(context: ExtensionContext, client: BaseLanguageClient): Disposable {
    const previews = new Map<string, Preview>();

    const adopt = (panel: WebviewPanel, document: Uri): void => {
        const key = document.toString();
        const preview = new Preview(panel, document, context.extensionUri, client);
        previews.set(key, preview);
        panel.onDidDispose(() => {
            preview.dispose();
            if (previews.get(key) === preview) previews.delete(key);
        });
    };

    const open = (uri?: unknown): void => {
        const document = uri instanceof Uri ? uri : currentClusterEditor()?.document.uri;
        if (!document) {
            void window.showInformationMessage('Open a .cluster file first: the preview draws its topology.');
            return;
        }
        const opened = previews.get(document.toString());
        if (opened) return opened.reveal();
        const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
        adopt(window.createWebviewPanel(VIEW_TYPE, 'Topology', place, webviewOptions(context.extensionUri)), document);
    };

    return Disposable.from(
        commands.registerCommand(OPEN_COMMAND, open),
        window.registerWebviewPanelSerializer(VIEW_TYPE, {
            deserializeWebviewPanel: (panel, saved) => {
                const state = readPreviewState(saved);
                if (state) adopt(panel, Uri.parse(state.uri));
                else panel.dispose();
                return Promise.resolve();
            },
        }),
        client.onNotification(DRAWING_CHANGED, (params: DrawingParams) => previews.get(params.uri)?.refresh()),
        client.onDidChangeState(() => previews.forEach((preview) => preview.refresh())),
        window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
            const cursor = selections[0]?.active;
            if (cursor && isClusterFile(textEditor.document))
                previews.get(textEditor.document.uri.toString())?.select(cursor);
        }),
    );
}
