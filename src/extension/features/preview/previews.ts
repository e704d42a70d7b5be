import { Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { readPreviewState } from './messages.js';
import { Preview, webviewOptions } from './preview.js';

export const VIEW_TYPE = 'faultline.preview';

/** The open previews, one for each document. */
export class Previews {
    readonly #open = new Map<string, Preview>();

    constructor(
        private readonly extension: Uri,
        private readonly client: BaseLanguageClient,
    ) {}

    /** The document's preview, beside the text if it was not open yet. */
    open(document: Uri): Preview {
        const opened = this.of(document.toString());
        if (opened) {
            opened.reveal();
            return opened;
        }
        const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
        return this.adopt(
            window.createWebviewPanel(VIEW_TYPE, 'Topology', place, webviewOptions(this.extension)),
            document,
        );
    }

    /** A panel that was open when the window was closed. */
    revive(panel: WebviewPanel, saved: unknown): void {
        const state = readPreviewState(saved);
        if (state) this.adopt(panel, Uri.parse(state.uri));
        else panel.dispose();
    }

    of(document: string): Preview | undefined {
        return this.#open.get(document);
    }

    /** The one that has the focus. */
    active(): Preview | undefined {
        return [...this.#open.values()].find((preview) => preview.active);
    }

    refreshAll(): void {
        this.#open.forEach((preview) => preview.refresh());
    }

    private adopt(panel: WebviewPanel, document: Uri): Preview {
        const key = document.toString();
        const preview = new Preview(panel, document, this.extension, this.client);
        this.#open.set(key, preview);
        panel.onDidDispose(() => {
            preview.dispose();
            if (this.#open.get(key) === preview) this.#open.delete(key);
        });
        return preview;
    }
}
