/** `Cluster: Open Topology Preview`: the drawing beside the text, one panel for each document. */
import { commands, Disposable, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { currentClusterEditor, isClusterFile } from '../../language.js';
import type { Reads } from '../language-client/reads.js';
import { VIEW_TYPE, type Previews } from './previews.js';

const OPEN_COMMAND = 'faultline.openPreview';

export function activatePreview(client: BaseLanguageClient, reads: Reads, previews: Previews): Disposable {
    const open = (uri?: unknown): void => {
        const document = uri instanceof Uri ? uri : currentClusterEditor()?.document.uri;
        if (document) previews.open(document);
        else void window.showInformationMessage('Open a .cluster file first: the preview draws its topology.');
    };
    const files = workspace.createFileSystemWatcher('**/*.cluster', true, true);
    return Disposable.from(
        files,
        // The server tells of what it has read, and so of no file that is gone.
        files.onDidDelete((uri) => previews.of(uri.toString())?.refresh()),
        commands.registerCommand(OPEN_COMMAND, open),
        window.registerWebviewPanelSerializer(VIEW_TYPE, {
            deserializeWebviewPanel: (panel, saved) => Promise.resolve(previews.revive(panel, saved)),
        }),
        reads.onDidRead((uri) => previews.of(uri)?.refresh()),
        client.onDidChangeState(() => previews.refreshAll()),
        window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
            const cursor = selections[0]?.active;
            if (cursor && isClusterFile(textEditor.document))
                previews.of(textEditor.document.uri.toString())?.select(cursor);
        }),
    );
}
