import { CancellationTokenSource, Position, window, workspace, WorkspaceEdit, type Uri } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
    PLAY_REQUEST,
    SAVE_SCENARIO_REQUEST,
    type FromWebview,
    type Playback,
    type PlayParams,
    type PlayReply,
    type SaveScenarioParams,
    type SaveScenarioReply,
    type ToWebview,
} from '../../../protocol/index.js';

type Break = FromWebview & { readonly type: 'break' };
type Play = FromWebview & { readonly type: 'play' };
type Save = FromWebview & { readonly type: 'save-scenario' };

/** What can be played without the page having asked for it. */
export type Playable =
    | { readonly kind: 'scenario'; readonly name: string }
    | { readonly kind: 'counterexample'; readonly objective: string };

/** The runs that one preview asked for. One is under way at a time: a newer one takes its place. */
export class Runs {
    #current: CancellationTokenSource | undefined;
    /** The page knows a counterexample by its scenario's name, which is none of the file's; here is its objective. */
    readonly #counterexamples = new Map<string, string>();

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
        const objective = this.#counterexamples.get(scenario);
        const what: Playable =
            objective === undefined ? { kind: 'scenario', name: scenario } : { kind: 'counterexample', objective };
        const seeded = seed === undefined ? {} : { seed };
        return this.run({ uri: this.document.toString(), ...what, ...seeded }, scenario, beside);
    }

    /** @param stopAtFailure the playhead is to stand where the first clause fails, and not at the first step */
    show(what: Playable, stopAtFailure: boolean): Promise<void> {
        const title = what.kind === 'scenario' ? what.name : `what breaks ${what.objective}`;
        return this.run({ uri: this.document.toString(), ...what }, title, false, stopAtFailure);
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

    private async run(params: PlayParams, title: string, beside: boolean, stopAtFailure = false): Promise<void> {
        this.send({ type: 'playing', title });
        const reply = await this.ask<PlayReply>(PLAY_REQUEST, params, 'the run');
        switch (reply?.kind) {
            case 'done': {
                const { playback } = reply;
                if (params.kind === 'counterexample' && playback.scenario !== undefined)
                    this.#counterexamples.set(playback.scenario, params.objective);
                const atMs = stopAtFailure ? firstFailure(playback) : undefined;
                return this.send({ type: 'playback', playback, beside, ...(atMs === undefined ? {} : { atMs }) });
            }
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

/** The instant at which the first of the clauses failed; undefined where none did, or none at an instant. */
function firstFailure({ clauses }: Playback): number | undefined {
    const instants = clauses.flatMap(({ status, atMs }) => (status === 'passed' || atMs === undefined ? [] : [atMs]));
    return instants.length === 0 ? undefined : Math.min(...instants);
}
