/** What the extension is to the page, without VS Code: it asks the real language server, in this process. */
import { basename, dirname } from 'node:path';
import { URI, UriUtils, type FileSystemNode } from 'langium';
import { NodeFileSystemProvider } from 'langium/node';
import { AnalysisService } from '../../../src/analysis/index.js';
import {
    BASIS_REQUEST,
    DRAWING_REQUEST,
    PLAY_REQUEST,
    SAVE_SCENARIO_REQUEST,
    SCENARIOS_REQUEST,
    type DrawingReply,
    type FromWebview,
    type LiveParams,
    type LiveWish,
    type PlayParams,
    type PlayReply,
    type SaveScenarioReply,
    type ScenarioItem,
    type ToWebview,
} from '../../../src/protocol/index.js';
import { Client } from '../../language/client.js';

export interface Desk {
    send(message: ToWebview): void;
    /** What an editor would show, as a line of text. */
    say(line: string): void;
    /** The picture, as the page exported it. */
    picture(format: 'svg' | 'png', data: string): Promise<void>;
    /** The text with a saved scenario. */
    write(text: string): Promise<void>;
}

export class FakeExtension {
    #text: string;
    #version: number | undefined;
    /** The run that the page shows, and what it rests on. */
    #shown: { readonly params: PlayParams; readonly basis: string } | undefined;
    #besideBasis: string | undefined;

    private constructor(
        private readonly editor: Client,
        private readonly desk: Desk,
        text: string,
        private readonly uri: string,
    ) {
        this.#text = text;
    }

    /** The file at `path`; what it imports stands beside it. */
    static async start(text: string, path: string, desk: Desk): Promise<FakeExtension> {
        const uri = `${PROJECT}/${encodeURIComponent(basename(path))}`;
        const editor = await Client.start(new AnalysisService(), { files: new Beside(dirname(path)), uri });
        await editor.open(text);
        return new FakeExtension(editor, desk, text, uri);
    }

    dispose(): void {
        this.editor.dispose();
    }

    /** The file is another one now. */
    async changed(text: string): Promise<void> {
        if (text !== this.#text) {
            this.#text = text;
            await this.editor.edit(text);
            await this.draw();
        }
    }

    async receive(message: FromWebview): Promise<void> {
        const { desk } = this;
        switch (message.type) {
            case 'ready':
                this.#version = undefined;
                return this.draw();
            case 'break':
                return this.play({ uri: this.uri, kind: 'live', ...liveOf(message) }, message.beside);
            case 'play':
                return this.play(
                    { uri: this.uri, kind: 'scenario', name: message.scenario, ...seedOf(message) },
                    message.beside,
                );
            case 'save-scenario':
                return this.save(message);
            case 'want-picture':
                return desk.send({ type: 'make-picture', format: message.format, look: {} });
            case 'export':
                return desk.picture(message.format, message.data);
            case 'reveal': {
                const { line } = message.source.start;
                return desk.say(`Line ${line + 1}: ${this.#text.split('\n')[line]?.trim() ?? ''}`);
            }
            case 'cancel':
                return desk.send({ type: 'not-played', message: 'The run was given up.' });
            case 'layout-failed':
                return desk.say(`The layout failed. ${message.message}`);
        }
    }

    private async draw(): Promise<void> {
        const base = this.#version === undefined ? {} : { base: this.#version };
        const reply = await this.ask<DrawingReply>(DRAWING_REQUEST, { uri: this.uri, ...base });
        this.#version = reply.version;
        if (reply.kind === 'whole') {
            this.desk.send({ type: 'drawing', drawing: reply.drawing, version: reply.version });
        } else if (reply.kind === 'patch') {
            this.desk.send({ type: 'patch', base: reply.base, version: reply.version, patch: reply.patch });
        }
        this.desk.send({ type: 'lag', message: reply.lag ?? null });
        const items = await this.ask<readonly ScenarioItem[]>(SCENARIOS_REQUEST, { uri: this.uri });
        this.desk.send({ type: 'scenarios', names: items.map(({ name }) => name) });
        if (this.#shown !== undefined) {
            const basis = await this.ask<string | null>(BASIS_REQUEST, this.#shown.params);
            const beside = this.#besideBasis !== undefined && basis !== this.#besideBasis;
            this.desk.send({ type: 'outdated', outdated: basis !== this.#shown.basis, beside });
        }
    }

    private async play(params: PlayParams, beside: boolean): Promise<void> {
        this.desk.send({ type: 'playing', title: params.kind === 'scenario' ? params.name : 'what you broke' });
        const reply = await this.ask<PlayReply>(PLAY_REQUEST, params);
        if (reply.kind === 'done') {
            this.#besideBasis = beside ? reply.basis : undefined;
            this.#shown = beside ? this.#shown : { params, basis: reply.basis };
        }
        this.desk.send(
            reply.kind === 'done'
                ? { type: 'playback', playback: reply.playback, beside }
                : { type: 'not-played', message: reply.kind === 'failed' ? reply.message : 'The run was given up.' },
        );
    }

    private async save(message: FromWebview & { readonly type: 'save-scenario' }): Promise<void> {
        const reply = await this.ask<SaveScenarioReply>(SAVE_SCENARIO_REQUEST, {
            uri: this.uri,
            ...liveOf(message),
        });
        if (reply.kind === 'done') {
            await this.desk.write(this.#text + reply.text);
            this.desk.say(`The scenario '${reply.name}' stands at the end of the file now.`);
            const start = { line: reply.line + reply.text.length - reply.text.trimStart().length, character: 0 };
            this.desk.send({ type: 'saved', name: reply.name, source: { uri: this.uri, start, end: start } });
        } else if (reply.kind === 'failed') {
            this.desk.send({ type: 'not-played', message: reply.message });
        }
    }

    private ask<T>(request: string, params: object): Promise<T> {
        return this.editor.connection.sendRequest<T>(request, params);
    }
}

function liveOf({ steps, after, ...seeded }: LiveWish): LiveParams {
    const what = after && ({ kind: 'scenario', name: after.scenario } as const);
    return { steps, ...(what && { after: { what, untilMs: after.untilMs } }), ...seedOf(seeded) };
}

function seedOf({ seed }: { readonly seed?: number }): { readonly seed?: number } {
    return seed === undefined ? {} : { seed };
}

/** The files of a folder, as if they stood beside the one file that the client knows. */
class Beside extends NodeFileSystemProvider {
    readonly #folder: URI;

    constructor(folder: string) {
        super();
        this.#folder = URI.file(folder);
    }

    override readFile(uri: URI): Promise<string> {
        return super.readFile(this.there(uri));
    }

    override exists(uri: URI): Promise<boolean> {
        return super.exists(this.there(uri));
    }

    override async stat(uri: URI): Promise<FileSystemNode> {
        return { ...(await super.stat(this.there(uri))), uri };
    }

    override async readDirectory(uri: URI): Promise<FileSystemNode[]> {
        const nodes = await super.readDirectory(this.there(uri));
        return nodes.map((node) => ({ ...node, uri: UriUtils.joinPath(uri, UriUtils.basename(node.uri)) }));
    }

    private there(uri: URI): URI {
        return URI.parse(`${this.#folder.toString()}${uri.toString().slice(PROJECT.length)}`);
    }
}

const PROJECT = 'file:///project';
