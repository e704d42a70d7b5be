import { Uri, workspace, type WebviewOptions, type WebviewPanel } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import {
    DRAWING_REQUEST,
    type Drawing,
    type DrawingParams,
    type DrawingReply,
    type Position,
    type ToWebview,
} from '../../../protocol/index.js';
import { elementAt } from './element-at.js';
import { previewPage } from './page.js';
import { readFromWebview } from './messages.js';
import { revealSource } from './reveal.js';

export const webviewOptions = (extension: Uri): WebviewOptions => ({
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(extension, 'dist')],
});

/** One panel and the document that it draws. */
export class Preview {
    /** The last good one; undefined until the first came. */
    #drawing: Drawing | undefined;
    #cursor: Position | undefined;
    #ready = false;
    #asking = false;
    #askAgain = false;

    constructor(
        private readonly panel: WebviewPanel,
        private readonly document: Uri,
        extension: Uri,
        private readonly client: BaseLanguageClient,
    ) {
        panel.title = `Topology ${document.path.slice(document.path.lastIndexOf('/') + 1)}`;
        panel.webview.options = webviewOptions(extension);
        panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
        panel.webview.html = previewPage(panel.webview, extension, document);
    }

    reveal(): void {
        this.panel.reveal(undefined, true);
    }

    /** Called when the panel is gone: nothing is sent any more. */
    dispose(): void {
        this.#ready = false;
    }

    select(cursor: Position): void {
        this.#cursor = cursor;
        if (this.#drawing) this.send({ type: 'select', id: elementAt(this.#drawing, cursor) });
    }

    /** Asks for the newest drawing. Requests never pile up: while one is under way, many wishes for another count as one. */
    refresh(): void {
        if (!this.#ready) return;
        this.#askAgain = true;
        if (!this.#asking) void this.askWhileWanted();
    }

    private async askWhileWanted(): Promise<void> {
        this.#asking = true;
        while (this.#askAgain && this.#ready) {
            this.#askAgain = false;
            await this.ask();
        }
        this.#asking = false;
    }

    private async ask(): Promise<void> {
        if (this.client.state === State.Starting) return;
        if (this.client.state !== State.Running)
            return this.send({
                type: 'problem',
                message: 'The language server has stopped; the drawing is not current.',
            });
        const params: DrawingParams = { uri: this.document.toString() };
        try {
            // After a reload the panel may be back before the text, or alone: the server knows open documents only.
            await workspace.openTextDocument(this.document);
            const reply = await this.client.sendRequest<DrawingReply | null>(DRAWING_REQUEST, params);
            if (reply) this.draw(reply.drawing);
            else
                this.send({
                    type: 'problem',
                    message: 'This file is not open or cannot be read, so it cannot be drawn.',
                });
        } catch (error) {
            this.client.warn('The drawing could not be had.', error, false);
            this.send({ type: 'problem', message: 'The language server could not make the drawing.' });
        }
    }

    private draw(drawing: Drawing): void {
        this.#drawing = drawing;
        this.send({ type: 'drawing', drawing, version: 0 });
        if (this.#cursor) this.select(this.#cursor);
    }

    private send(message: ToWebview): void {
        if (this.#ready) void this.panel.webview.postMessage(message);
    }

    private receive(message: unknown): void {
        const known = readFromWebview(message);
        switch (known?.type) {
            case 'ready':
                this.#ready = true;
                return this.refresh();
            case 'reveal':
                return void revealSource(known.source, this.document, this.panel.viewColumn);
            case 'layout-failed':
                return this.client.warn(`The layout of the drawing failed. ${known.message}`, undefined, false);
            case undefined:
                return this.client.warn('The preview sent a message that is not understood.', undefined, false);
        }
    }
}
