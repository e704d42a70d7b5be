/** The Testing view's tree and runs, with a server that answers by hand. */
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CancellationToken, TestController, TestRunRequest } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { runContinuously } from '../../src/extension/features/tests/continuous.js';
import { runAndPlay } from '../../src/extension/features/tests/play.js';
import { TestRunner } from '../../src/extension/features/tests/runner.js';
import { TestTree } from '../../src/extension/features/tests/tree.js';
import type { RunTestReply } from '../../src/protocol/index.js';
import { CancellationTokenSource, commands, Controller, EventEmitter, Uri, window, type Item } from './vscode.js';

vi.mock('vscode', () => import('./vscode.js'));

const SHOP = 'file:///shop.cluster';
const rangeAt = (line: number) => ({ uri: SHOP, start: { line, character: 2 }, end: { line, character: 9 } });
const LISTED = [
    { kind: 'objective', name: 'survive', source: rangeAt(3) },
    { kind: 'scenario', name: 'lose-zone', title: 'A zone goes', source: rangeAt(9) },
    { kind: 'scenario', name: 'half', source: rangeAt(20), problem: 'Something in it is not understood.' },
];

const verdict = (status: 'passed' | 'failed' | 'not-proved' | 'error', more: object = {}): RunTestReply => ({
    kind: 'done',
    report: '✓ lose-zone\n  passed\n',
    traceHash: '0123456789abcdef',
    verdict: {
        kind: 'scenario',
        name: 'lose-zone',
        source: rangeAt(9),
        status,
        notes: [],
        elapsedMs: 5,
        clauses: [{ text: 'expect no lost writes', source: rangeAt(12), status, actual: '7 were lost.', ...more }],
    },
});

let controller: Controller;
let tree: TestTree;
let runner: TestRunner;
let listed: readonly object[];
let reply: RunTestReply | Error;
let asked: string[];
let beforeReply: () => void;
let replyTo: (name: string) => RunTestReply | Promise<RunTestReply> | Error;

const whole = (): TestRunRequest => ({ include: undefined, exclude: undefined }) as unknown as TestRunRequest;
const only = (id: string): TestRunRequest => ({ include: [file().children.get(id)] }) as unknown as TestRunRequest;
const file = (): Item => controller.items.get(SHOP)!;
const ids = (): string[] => [...file().children].map(([id]) => id);
const token = (source = new CancellationTokenSource()): CancellationToken => source.token;

beforeEach(async () => {
    controller = new Controller();
    listed = LISTED;
    reply = verdict('passed');
    replyTo = () => reply;
    asked = [];
    beforeReply = () => undefined;
    const client = {
        sendRequest: (method: string, params: { readonly name?: string }) => {
            if (method === 'faultline/tests') return Promise.resolve(listed);
            asked.push(params.name ?? '');
            beforeReply();
            const reply = replyTo(params.name ?? '');
            return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
        },
    } as unknown as BaseLanguageClient;
    const view = controller as unknown as TestController;
    tree = new TestTree(view, client);
    runner = new TestRunner(view, client, tree);
    await tree.resolve(tree.add(Uri.parse(SHOP) as never));
});

describe('the tree', () => {
    it('has the files of the workspace, whose questions are asked for when they are opened', async () => {
        await tree.discover();
        expect([...controller.items].map(([, item]) => item.label)).toEqual(['shop.cluster', 'web.cluster']);
        expect([...controller.items.get('file:///web.cluster')!.children]).toEqual([]);
    });

    it('has objectives and scenarios at their lines, and says what keeps one from being run', () => {
        expect(ids()).toEqual(['objective survive', 'scenario lose-zone', 'scenario half']);
        expect(file().children.get('scenario lose-zone')).toMatchObject({
            label: 'lose-zone',
            description: 'A zone goes',
            tags: [{ id: 'scenario' }],
            range: { start: { line: 9, character: 2 } },
        });
        expect(file().children.get('scenario half')!.error).toBe('Something in it is not understood.');
    });

    it('keeps its items while the text changes, and drops what is gone', async () => {
        const before = file().children.get('scenario lose-zone');
        listed = [{ ...LISTED[1], source: rangeAt(30) }];
        await tree.reread(SHOP);
        expect(ids()).toEqual(['scenario lose-zone']);
        expect(file().children.get('scenario lose-zone')).toBe(before);
        expect(before!.range!.start.line).toBe(30);
        await tree.reread('file:///web.cluster');
        expect(controller.items.get('file:///web.cluster')).toBeUndefined();
    });
});

describe('a run', () => {
    it('asks everything of a file, one after the other', async () => {
        await runner.run(whole(), token());
        expect(asked).toEqual(['survive', 'lose-zone', 'half']);
        expect(controller.told).toEqual([
            'started: survive',
            'passed: survive',
            'started: lose-zone',
            'passed: lose-zone',
            'started: half',
            'passed: half',
            'end',
        ]);
    });

    it('has the report with the trace hash as its output, in lines of a terminal', async () => {
        await runner.run(only('scenario lose-zone'), token());
        expect(controller.output).toContain('✓ lose-zone\r\n  passed\r\n\r\nTrace 0123456789abcdef: ');
    });

    it('tells at the clause what was expected and what was found', async () => {
        reply = verdict('failed');
        await runner.run(only('scenario lose-zone'), token());
        expect(controller.told).toContain('failed: lose-zone');
        expect(controller.messages).toMatchObject([
            {
                message: { value: '7 were lost.\n\n**Expected:** expect no lost writes\n\n' },
                location: { range: { start: { line: 12, character: 2 } } },
            },
        ]);
    });

    it('shows the scenario that breaks an objective, and leads to each thing that fails', async () => {
        const counterexample = { faults: ['zone r.a'], scenario: 'scenario broken {\n}\n', sources: [rangeAt(1)] };
        reply = verdict('failed', { counterexample });
        await runner.run(only('objective survive'), token());
        expect(controller.messages[0]).toMatchObject({
            message: {
                value:
                    '7 were lost.\n\n**Expected:** expect no lost writes\n\n' +
                    'This scenario shows it:\n```cluster\nscenario broken {\n}\n```\n',
            },
            stackTrace: [{ label: 'zone r.a fails', position: { line: 1, character: 2 } }],
        });
    });

    it('counts what is not proved as failed, with what it rests on', async () => {
        reply = verdict('not-proved', { assumptions: ['clocks agree'] });
        await runner.run(only('objective survive'), token());
        expect(controller.told).toContain('failed: survive');
        expect(controller.messages[0]!.message).toMatchObject({
            value:
                'Neither proved nor refuted. 7 were lost.\n\n**Expected:** expect no lost writes\n\n' +
                '**It rests on:** clocks agree\n\n',
        });
    });

    it('takes what names and texts hold as text', async () => {
        reply = verdict('failed', { actual: 'The leader of <b>[s](x)</b> was `n_1*`.' });
        await runner.run(only('scenario lose-zone'), token());
        expect(controller.messages[0]!.message).toMatchObject({
            value: expect.stringContaining(String.raw`The leader of \<b\>\[s\]\(x\)\</b\> was \`n\_1\*\`.`) as string,
        });
    });

    it('says plainly that it could not be run, and why', async () => {
        reply = { kind: 'failed', message: 'The analysis worker died: planted' };
        await runner.run(only('scenario lose-zone'), token());
        expect(controller.told).toContain('errored: lose-zone');
        expect(controller.messages[0]!.message).toBe('The analysis worker died: planted');
        reply = new Error('no connection');
        await runner.run(only('scenario lose-zone'), token());
        expect(controller.messages[1]!.message).toBe('The language server did not answer. no connection');
    });

    it('is stopped: what is under way and what comes after it was cancelled', async () => {
        beforeReply = () => controller.stop.cancel();
        reply = { kind: 'cancelled' };
        await runner.run(whole(), token());
        expect(asked).toEqual(['survive']);
        expect(controller.told.filter((word) => word.startsWith('skipped'))).toEqual([
            'skipped: survive',
            'skipped: lose-zone',
            'skipped: half',
        ]);
        expect(controller.output).toContain('survive was cancelled: nothing was found out about it.');
    });
});

describe('playing', () => {
    const broken = { faults: ['zone r.a'], scenario: 'scenario broken {\n}\n', sources: [rangeAt(1)] };
    const played = (): unknown[][] => commands.executed.splice(0);
    const debug = (request: TestRunRequest): Promise<void> => runAndPlay(request, runner, tree, token());

    it('plays the one test that is asked for, whichever it is, and stops where it fails', async () => {
        await debug(only('scenario lose-zone'));
        expect(played()).toEqual([['faultline.playScenario', SHOP, 'lose-zone', 'stop-at-failure']]);
        reply = verdict('failed', { counterexample: broken });
        await debug(only('objective survive'));
        expect(played()).toEqual([['faultline.showCounterexample', SHOP, 'survive', 'stop-at-failure']]);
        expect(asked).toEqual(['lose-zone', 'survive']);
    });

    it('lets the user choose among several, those that failed first', async () => {
        replyTo = (name) => verdict(name === 'half' ? 'failed' : 'passed');
        window.choose = (labels) => labels.findIndex((label) => label.includes('lose-zone'));
        await debug(whole());
        expect(window.offered).toEqual(['$(error) half', '$(pass) lose-zone']);
        expect(played()).toEqual([['faultline.playScenario', SHOP, 'lose-zone', 'stop-at-failure']]);
        window.choose = () => -1;
        await debug(whole());
        expect(played()).toEqual([]);
        expect(window.told).toEqual([]);
    });

    it('says that nothing is known to break an objective that holds', async () => {
        await debug(only('objective survive'));
        expect(played()).toEqual([]);
        expect(window.told.splice(0)).toEqual(["There is nothing to play: no failure that breaks 'survive' is known."]);
    });

    it('says no more than the run did where nothing was answered', async () => {
        reply = { kind: 'failed', message: 'The analysis worker died: planted' };
        await debug(only('scenario lose-zone'));
        expect([played(), window.told]).toEqual([[], []]);
    });
});

describe('a continuous run', () => {
    let read: EventEmitter<string>;
    let off: CancellationTokenSource;

    beforeEach(() => {
        vi.useFakeTimers();
        onTestFinished(() => void vi.useRealTimers());
        read = new EventEmitter<string>();
        off = new CancellationTokenSource();
    });

    const start = (request: TestRunRequest): void =>
        runContinuously(request, runner, { onDidRead: read.event } as never, token(off));

    it('runs again what stands in a file that has rested after a change, until it is turned off', async () => {
        start(only('scenario lose-zone'));
        read.fire(SHOP);
        read.fire(SHOP);
        read.fire('file:///web.cluster');
        await vi.advanceTimersByTimeAsync(1_000);
        expect(asked).toEqual(['lose-zone']);
        read.fire(SHOP);
        off.cancel();
        await vi.advanceTimersByTimeAsync(1_000);
        expect(asked).toEqual(['lose-zone']);
    });

    it('leaves files alone that did not change', async () => {
        await tree.discover();
        start(whole());
        read.fire(SHOP);
        await vi.advanceTimersByTimeAsync(1_000);
        expect(asked).toEqual(['survive', 'lose-zone', 'half']);
        expect([...controller.items.get('file:///web.cluster')!.children]).toEqual([]);
    });

    it('gives up what is under way about an older text', async () => {
        let answer = (): void => undefined;
        const first = new Promise<RunTestReply>((resolve) => {
            answer = () => resolve({ kind: 'cancelled' });
        });
        replyTo = () => (asked.length === 1 ? first : verdict('passed'));
        start(whole());
        read.fire(SHOP);
        await vi.advanceTimersByTimeAsync(1_000);
        read.fire(SHOP);
        await vi.advanceTimersByTimeAsync(1_000);
        answer();
        await vi.advanceTimersByTimeAsync(1_000);
        expect(asked).toEqual(['survive', 'survive', 'lose-zone', 'half']);
    });
});
