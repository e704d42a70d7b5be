import { Uri, type WebviewOptions, type WebviewPanel } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import {
    DRAWING_REQUEST,
    ELEMENT_AT_REQUEST,
    SCENARIOS_REQUEST,
    type DrawingParams,
    type DrawingReply,
    type ElementAtParams,
    type PictureFormat,
    type PictureLook,
    type Playable,
    type Position,
    type PreviewCommand,
    type ScenarioItem,
    type ScenariosParams,
    type ToWebview,
} from '../../../protocol/index.js';
import { chosenLook } from '../view/look.js';
import { previewPage } from './page.js';
import { readFromWebview } from './messages.js';
import { revealSource } from './reveal.js';
import { Runs } from './runs.js';
import { savePicture } from './save-picture.js';
import { nameOf, openText } from './text.js';

export const webviewOptions = (extension: Uri): WebviewOptions => ({
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(extension, 'dist')],
});

/** One panel and the document that it draws. */
export class Preview {
    /** Version of the drawing that the page shows; undefined until it has one. */
    #version: number | undefined;
    readonly #runs: Runs;
    #cursor: Position | undefined;
    #ready = false;
    #asking = false;
    #askAgain = false;
    /** Why the page shows less than the text says, as it was told. */
    #lag: string | null = null;
    /** Names of the scenarios that the page offers. */
    #scenarios: readonly string[] = [];
    /** What was wished before the page was there to show it. */
    #wishes: (() => void)[] = [];

    constructor(
        private readonly panel: WebviewPanel,
        private readonly document: Uri,
        extension: Uri,
        private readonly client: BaseLanguageClient,
    ) {
        this.#runs = new Runs(document, client, (message) => this.send(message));
        panel.title = `Topology ${nameOf(document)}`;
        panel.webview.options = webviewOptions(extension);
        panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
        panel.webview.html = previewPage(panel.webview, extension, document);
    }

    get active(): boolean {
        return this.panel.active;
    }

    reveal(): void {
        this.panel.reveal(undefined, true);
    }

    /** Shows a run in the timeline, as soon as there is a drawing to show it in. */
    play(what: Playable, stopAtFailure: boolean): void {
        this.whenDrawn(() => void this.#runs.show(what, stopAtFailure));
    }

    /** Does what a button of the page does. */
    press(command: PreviewCommand): void {
        this.whenDrawn(() => this.send({ type: 'command', command }));
    }

    /** Asks for the picture as it is shown, to be written where the user wants it. */
    exportPicture(format: PictureFormat, look: PictureLook): void {
        this.whenDrawn(() => this.send({ type: 'make-picture', format, look }));
    }

    private whenDrawn(wish: () => void): void {
        if (this.#ready && this.#version !== undefined) wish();
        else this.#wishes.push(wish);
    }

    /** Called when the panel is gone: nothing is sent any more, and nothing that it asked for goes on. */
    dispose(): void {
        this.#ready = false;
        this.#runs.cancel();
    }

    /** The cursor stands here now: the page emphasises what is written there. */
    select(cursor: Position): void {
        this.#cursor = cursor;
        void this.follow(cursor);
    }

    private async follow(cursor: Position): Promise<void> {
        if (!this.#ready || this.client.state !== State.Running) return;
        const params: ElementAtParams = { uri: this.document.toString(), position: cursor };
        try {
            const id = await this.client.sendRequest<string | null>(ELEMENT_AT_REQUEST, params);
            if (this.#cursor === cursor) this.send({ type: 'select', id });
        } catch (error) {
            this.client.warn('Where the cursor stands in the drawing could not be had.', error, false);
        }
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
            await this.offerScenarios();
            await this.#runs.compareBasis();
        }
        this.#asking = false;
    }

    private async ask(): Promise<void> {
        if (this.client.state === State.Starting) return;
        if (this.client.state !== State.Running)
            return this.complain('The language server has stopped; the drawing is not current.');
        const base = this.#version === undefined ? {} : { base: this.#version };
        const params: DrawingParams = { uri: this.document.toString(), ...base };
        try {
            // After a reload the panel may be back before the text, or alone.
            if (!(await openText(this.document)))
                return this.complain(
                    `The file ${nameOf(this.document)} was deleted or moved. When it is back, it is drawn again.`,
                );
            const reply = await this.client.sendRequest<DrawingReply | null>(DRAWING_REQUEST, params);
            if (reply) this.draw(reply);
            else this.complain('This file is not open or cannot be read, so it cannot be drawn.');
        } catch (error) {
            this.client.warn('The drawing could not be had.', error, false);
            this.complain('The language server could not make the drawing.');
        }
    }

    /** Tells the page which scenarios there are, if they are others than before. */
    private async offerScenarios(): Promise<void> {
        if (this.client.state !== State.Running) return;
        const params: ScenariosParams = { uri: this.document.toString() };
        try {
            const items = await this.client.sendRequest<readonly ScenarioItem[]>(SCENARIOS_REQUEST, params);
            const names = items.map(({ name }) => name);
            if (names.join('\n') === this.#scenarios.join('\n')) return;
            this.#scenarios = names;
            this.send({ type: 'scenarios', names });
        } catch (error) {
            this.client.warn('The scenarios could not be listed.', error, false);
        }
    }

    /** The page keeps what it shows, and gets all of the next drawing. */
    private complain(message: string): void {
        this.#version = undefined;
        this.send({ type: 'problem', message });
    }

    private draw(reply: DrawingReply): void {
        this.#version = reply.version;
        if (reply.kind === 'whole') this.send({ type: 'drawing', drawing: reply.drawing, version: reply.version });
        if (reply.kind === 'patch')
            this.send({ type: 'patch', base: reply.base, version: reply.version, patch: reply.patch });
        this.tellLag(reply.lag ?? null);
        if (this.#cursor) void this.follow(this.#cursor);
        for (const wish of this.#wishes.splice(0)) wish();
    }

    /** Only what is news. */
    private tellLag(message: string | null): void {
        if (message === this.#lag) return;
        this.#lag = message;
        this.send({ type: 'lag', message });
    }

    private send(message: ToWebview): void {
        if (this.#ready) void this.panel.webview.postMessage(message);
    }

    private receive(message: unknown): void {
        const known = readFromWebview(message);
        switch (known?.type) {
            case 'ready':
                this.#ready = true;
                this.#version = undefined;
                this.#scenarios = [];
                this.#lag = null;
                return this.refresh();
            case 'break':
                return void this.#runs.break(known);
            case 'play':
                return void this.#runs.play(known);
            case 'save-scenario':
                return void this.#runs.save(known);
            case 'cancel':
                return this.#runs.cancel();
            case 'want-picture':
                return this.exportPicture(known.format, chosenLook());
            case 'export':
                return void savePicture(known, this.document);
            case 'reveal':
                return void revealSource(known.source, this.document, this.panel.viewColumn);
            case 'layout-failed':
                return this.client.warn(`The layout of the drawing failed. ${known.message}`, undefined, false);
            case undefined:
                return this.client.warn('The preview sent a message that is not understood.', undefined, false);
        }
    }
}
