import { CancellationTokenSource, Position, Range, window, workspace, WorkspaceEdit, type Uri } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import {
    BASIS_REQUEST,
    PLAY_REQUEST,
    SAVE_SCENARIO_REQUEST,
    type FromWebview,
    type LiveParams,
    type LiveWish,
    type Playable,
    type Playback,
    type PlayParams,
    type PlayReply,
    type SaveScenarioParams,
    type SaveScenarioReply,
    type ToWebview,
} from '../../../protocol/index.js';
import { revealSource } from './reveal.js';
import { nameOf, openText } from './text.js';

const SHOW = 'Show';
const CURRENT = { outdated: false, beside: false };

type Break = FromWebview & { readonly type: 'break' };
type Play = FromWebview & { readonly type: 'play' };
type Save = FromWebview & { readonly type: 'save-scenario' };

/** The runs that one preview asked for. One is under way at a time: a newer one takes its place. */
export class Runs {
    #current: CancellationTokenSource | undefined;
    /** What was asked for the run that the page shows, and what it rests on. */
    #shown: { readonly params: PlayParams; readonly basis: string } | undefined;
    /** What the run rests on that is compared with it. */
    #besideBasis: string | undefined;
    /** What the page was told of them last. */
    #told = CURRENT;
    /** The page knows a counterexample by its scenario's name, which is none of the file's; here is its objective. */
    readonly #counterexamples = new Map<string, string>();

    constructor(
        private readonly document: Uri,
        private readonly client: BaseLanguageClient,
        private readonly send: (message: ToWebview) => void,
    ) {}

    break({ beside, ...wish }: Break): Promise<void> {
        const params = { uri: this.document.toString(), kind: 'live', ...this.live(wish) } as const;
        return this.run(params, 'what you broke', beside);
    }

    play({ scenario, seed, beside }: Play): Promise<void> {
        const seeded = seed === undefined ? {} : { seed };
        return this.run({ uri: this.document.toString(), ...this.named(scenario), ...seeded }, scenario, beside);
    }

    /** The page's wish in the server's words. */
    private live({ steps, after, seed }: LiveWish): LiveParams {
        return {
            steps,
            ...(after && { after: { what: this.named(after.scenario), untilMs: after.untilMs } }),
            ...(seed === undefined ? {} : { seed }),
        };
    }

    private named(scenario: string): Playable {
        const objective = this.#counterexamples.get(scenario);
        return objective === undefined ? { kind: 'scenario', name: scenario } : { kind: 'counterexample', objective };
    }

    /** @param stopAtFailure the playhead is to stand where the first clause fails, and not at the first step */
    show(what: Playable, stopAtFailure: boolean): Promise<void> {
        const title = what.kind === 'scenario' ? what.name : `what breaks ${what.objective}`;
        return this.run({ uri: this.document.toString(), ...what }, title, false, stopAtFailure);
    }

    cancel(): void {
        this.#current?.cancel();
    }

    /** Tells the page when the run that it shows would go another way over the text as it is now, or the same way again. */
    async compareBasis(): Promise<void> {
        const [shown, besideBasis] = [this.#shown, this.#besideBasis];
        if (!shown || this.client.state !== State.Running) return;
        try {
            const basis = await this.client.sendRequest<string | null>(BASIS_REQUEST, shown.params);
            if (shown !== this.#shown || besideBasis !== this.#besideBasis) return;
            const [outdated, beside] = [basis !== shown.basis, besideBasis !== undefined && basis !== besideBasis];
            if (outdated === this.#told.outdated && beside === this.#told.beside) return;
            this.#told = { outdated, beside };
            this.send({ type: 'outdated', outdated, beside });
        } catch (error) {
            this.client.warn('Whether the shown run is current could not be had.', error, false);
        }
    }

    /** Writes the steps behind the text, as one edit that can be undone, and shows them. */
    async save(wish: Save): Promise<void> {
        const params: SaveScenarioParams = { uri: this.document.toString(), ...this.live(wish) };
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
        const uri = this.document.toString();
        const gap = reply.text.length - reply.text.trimStart().length;
        const [first, length] = [reply.line + gap, reply.text.trim().split('\n').length];
        const start = { line: first, character: 0 };
        const source = { uri, start, end: start };
        window.visibleTextEditors
            .find(({ document }) => document.uri.toString() === uri)
            ?.revealRange(new Range(first, 0, first + length - 1, 0));
        this.send({ type: 'saved', name: reply.name, source });
        const words = `The scenario '${reply.name}' stands at the end of the file now. Undo in the text takes it out again.`;
        if ((await window.showInformationMessage(words, SHOW)) === SHOW) await revealSource(source, this.document);
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
                this.send({ type: 'playback', playback, beside, ...(atMs === undefined ? {} : { atMs }) });
                this.#besideBasis = beside ? reply.basis : undefined;
                if (!beside) this.#shown = { params, basis: reply.basis };
                this.#told = { outdated: beside && this.#told.outdated, beside: false };
                // The text may have been changed while the run was under way.
                return this.compareBasis();
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
            if (!(await openText(this.document))) {
                const message = `Nothing can be simulated: the file ${nameOf(this.document)} was deleted or moved.`;
                return this.#current === source ? { kind: 'failed', message } : undefined;
            }
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
