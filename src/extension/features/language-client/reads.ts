import { EventEmitter, type Event } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { DRAWING_CHANGED, type DrawingChangedParams } from '../../../protocol/index.js';

/** Tells which document the server has read anew. A client passes each notification to one listener; here are many. */
export class Reads {
    readonly #read = new EventEmitter<string>();
    readonly #listening;
    /** The document's address, as text. */
    readonly onDidRead: Event<string> = this.#read.event;

    constructor(client: BaseLanguageClient) {
        this.#listening = client.onNotification(DRAWING_CHANGED, ({ uri }: DrawingChangedParams) =>
            this.#read.fire(uri),
        );
    }

    dispose(): void {
        this.#listening.dispose();
        this.#read.dispose();
    }
}
