import type { Uri } from 'vscode';
import { Range, TestTag, workspace, type TestController, type TestItem } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { TESTS_REQUEST, type SourceRange, type TestItem as Listed, type TestsParams } from '../../../protocol/index.js';

/** More files than anybody looks through are not listed on their own; one that is opened always is. */
const MOST_FILES = 1_000;

/** What an item stands for; items of files have none. */
export interface Question {
    readonly kind: Listed['kind'];
    readonly name: string;
    readonly problem?: string;
}

/** Files with their objectives and scenarios. A file's own are asked for when it is opened or expanded, and kept current. */
export class TestTree {
    readonly #questions = new WeakMap<TestItem, Question>();
    /** Files whose questions are listed, and have to be kept current. */
    readonly #listed = new Set<string>();

    constructor(
        private readonly controller: TestController,
        private readonly client: BaseLanguageClient,
    ) {}

    questionOf(item: TestItem): Question | undefined {
        return this.#questions.get(item);
    }

    /** Adds the workspace's files. */
    async discover(): Promise<void> {
        for (const uri of await workspace.findFiles('**/*.cluster', undefined, MOST_FILES)) this.add(uri);
    }

    add(uri: Uri): TestItem {
        const id = uri.toString();
        const known = this.controller.items.get(id);
        if (known) return known;
        const item = this.controller.createTestItem(id, workspace.asRelativePath(uri), uri);
        item.canResolveChildren = true;
        this.controller.items.add(item);
        return item;
    }

    remove(uri: Uri): void {
        this.#listed.delete(uri.toString());
        this.controller.items.delete(uri.toString());
    }

    /** The server has read the file anew. */
    async reread(uri: string): Promise<void> {
        const item = this.controller.items.get(uri);
        if (item && this.#listed.has(uri)) await this.resolve(item);
    }

    /** Lists what can be asked of a file. */
    async resolve(file: TestItem): Promise<void> {
        if (!file.uri || this.#questions.has(file)) return;
        this.#listed.add(file.id);
        file.busy = true;
        try {
            // The server knows what is open, and whatever an open file imports.
            await workspace.openTextDocument(file.uri);
            const params: TestsParams = { uri: file.uri.toString() };
            const listed = await this.client.sendRequest<readonly Listed[]>(TESTS_REQUEST, params);
            file.children.replace(listed.map((each) => this.item(file, each)));
            file.error = undefined;
        } catch (error) {
            file.error = `What can be asked of this file could not be listed. ${messageOf(error)}`;
        } finally {
            file.busy = false;
        }
    }

    /** The same item as before, so that its results stay with it. */
    private item(file: TestItem, { kind, name, title, source, problem }: Listed): TestItem {
        const id = `${kind} ${name}`;
        const item = file.children.get(id) ?? this.controller.createTestItem(id, name, file.uri);
        // Screen readers are told the description in place of the name: no more than a title is worth that.
        item.description = title;
        item.tags = [new TestTag(kind)];
        item.sortText = String(source.start.line).padStart(8, '0');
        item.range = rangeOf(source);
        item.error = problem;
        this.#questions.set(item, { kind, name, ...(problem === undefined ? {} : { problem }) });
        return item;
    }
}

export function rangeOf({ start, end }: SourceRange): Range {
    return new Range(start.line, start.character, end.line, end.character);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
