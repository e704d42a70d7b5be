import type { Uri} from 'vscode';
import { CancellationTokenSource, Position, window, workspace, WorkspaceEdit } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
    PLAY_REQUEST,
    SAVE_SCENARIO_REQUEST,
    type FromWebview,
    type PlayParams,
    type PlayReply,
    type SaveScenarioParams,
    type SaveScenarioReply,
    type ToWebview,
} from '../../../protocol/index.js';

type Break = FromWebview & { readonly type: 'break' };
type Play = FromWebview & { readonly type: 'play' };
type Save = FromWebview & { readonly type: 'save-scenario' };

/** The runs that one preview asked for. One is under way at a time: a newer one takes its place. */
export class Runs {
    #current: CancellationTokenSource | undefined;

    constructor(
        private readonly document: Uri,
        private readonly client: BaseLanguageClient,
        private readonly send: (message: ToWebview) => void,
    ) {}

    break({ steps, seed, beside }: Break): Promise<void> {
        const seeded = seed === undefined ? {} : { seed };
        return this.run({ uri: this.document.toString(), kind: 'live', steps, ...seeded }, 'what you broke', beside);
    }

    play({ scenario, seed, beside }: Play): Promise<void> {
        const seeded = seed === undefined ? {} : { seed };
        return this.run(
            { uri: this.document.toString(), kind: 'scenario', name: scenario, ...seeded },
            scenario,
            beside,
        );
    }

    cancel(): void {
        this.#current?.cancel();
    }

    /** Writes the steps behind the text, as one edit that can be undone, and shows them. */
    async save({ steps, seed }: Save): Promise<void> {
        const params: SaveScenarioParams = {
            uri: this.document.toString(),
            steps,
            ...(seed === undefined ? {} : { seed }),
        };
        const reply = await this.ask<SaveScenarioReply>(SAVE_SCENARIO_REQUEST, params, 'saving the scenario');
        if (reply?.kind === 'failed') this.send({ type: 'not-played', message: reply.message });
        if (reply?.kind !== 'done') return;
        const edit = new WorkspaceEdit();
        const at = new Position(reply.line, reply.character);
        edit.insert(this.document, at, reply.text);
        if (!(await workspace.applyEdit(edit))) {
            this.send({
                type: 'not-played',
                message: 'The scenario could not be written: the file cannot be changed.',
            });
            return;
        }
        const editor = window.visibleTextEditors.find(
            ({ document }) => document.uri.toString() === this.document.toString(),
        );
        editor?.revealRange(editor.document.lineAt(editor.document.lineCount - 1).range);
        void window.showInformationMessage(`The scenario '${reply.name}' stands at the end of the file now.`);
    }

    private async run(params: PlayParams, title: string, beside: boolean): Promise<void> {
        this.send({ type: 'playing', title });
        const reply = await this.ask<PlayReply>(PLAY_REQUEST, params, 'the run');
        switch (reply?.kind) {
            case 'done':
                return this.send({ type: 'playback', playback: reply.playback, beside });
            case 'failed':
                return this.send({ type: 'not-played', message: reply.message });
            case 'cancelled':
                return this.send({ type: 'not-played', message: 'The run was given up.' });
            case undefined:
                return;
        }
    }

    /** Undefined when a newer request took this one's place. */
    private async ask<T extends { readonly kind: string }>(
        request: string,
        params: object,
        what: string,
    ): Promise<T | { readonly kind: 'failed'; readonly message: string } | undefined> {
        this.#current?.cancel();
        const source = new CancellationTokenSource();
        this.#current = source;
        try {
            await workspace.openTextDocument(this.document);
            const reply = await this.client.sendRequest<T>(request, params, source.token);
            return this.#current === source ? reply : undefined;
        } catch (error) {
            this.client.warn(`The language server did not answer about ${what}.`, error, false);
            if (this.#current !== source) return undefined;
            return { kind: 'failed', message: `The language server did not answer about ${what}.` };
        } finally {
            source.dispose();
        }
    }
}
