import {
    CancellationTokenSource,
    type CancellationToken,
    type TestController,
    type TestItem,
    type TestRun,
    type TestRunRequest,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { RUN_TEST_REQUEST, type RunTestParams, type RunTestReply } from '../../../protocol/index.js';
import { tell, tellCancelled } from './outcome.js';
import { messageOf, type Question, type TestTree } from './tree.js';

/** A test that was run, and what the server said. */
export interface Answered {
    readonly item: TestItem;
    readonly reply: RunTestReply;
}

/** Asks the server about one test after the other: its analysis worker does one thing at a time anyway. */
export class TestRunner {
    constructor(
        private readonly controller: TestController,
        private readonly client: BaseLanguageClient,
        private readonly tree: TestTree,
    ) {}

    /**
     * Runs what is asked for once, until the token or the user's own wish ends it.
     * @returns what was answered, in the order of the tests
     */
    async run(request: TestRunRequest, token: CancellationToken): Promise<readonly Answered[]> {
        const run = this.controller.createTestRun(request);
        const asking = new CancellationTokenSource();
        const links = [token, run.token].map((each) => each.onCancellationRequested(() => asking.cancel()));
        try {
            const items = await this.wanted(request);
            for (const item of items) run.enqueued(item);
            const answered: Answered[] = [];
            for (const item of items) {
                const reply = await this.ask(run, item, asking.token);
                if (reply) answered.push({ item, reply });
            }
            return answered;
        } finally {
            for (const link of links) link.dispose();
            asking.dispose();
            run.end();
        }
    }

    /**
     * Objectives and scenarios that a request means, files spelled out.
     * @param uri of the one file that counts; others are not even opened
     */
    async wanted({ include, exclude }: TestRunRequest, uri?: string): Promise<readonly TestItem[]> {
        const asked = include ?? [...this.controller.items].map(([, item]) => item);
        const roots = asked.filter((each) => uri === undefined || each.uri?.toString() === uri);
        const left = new Set(exclude);
        const found: TestItem[] = [];
        for (const root of roots.filter((each) => !left.has(each))) {
            if (this.tree.questionOf(root)) found.push(root);
            else found.push(...(await this.childrenOf(root)));
        }
        return found.filter((each) => !left.has(each));
    }

    private async childrenOf(file: TestItem): Promise<readonly TestItem[]> {
        await this.tree.resolve(file);
        return [...file.children].map(([, item]) => item);
    }

    /** Undefined for what was not asked about, because the user had stopped the run by then. */
    private async ask(run: TestRun, item: TestItem, token: CancellationToken): Promise<RunTestReply | undefined> {
        const question = this.tree.questionOf(item);
        if (!question || !item.uri) return undefined;
        if (token.isCancellationRequested) {
            tellCancelled(run, item);
            return undefined;
        }
        run.started(item);
        const reply = await this.answer(item.uri.toString(), question, token);
        tell(run, item, reply);
        return reply;
    }

    private async answer(uri: string, { kind, name }: Question, token: CancellationToken): Promise<RunTestReply> {
        const params: RunTestParams = { uri, kind, name };
        try {
            return await this.client.sendRequest<RunTestReply>(RUN_TEST_REQUEST, params, token);
        } catch (error) {
            if (token.isCancellationRequested) return { kind: 'cancelled' };
            return { kind: 'failed', message: `The language server did not answer. ${messageOf(error)}` };
        }
    }
}
