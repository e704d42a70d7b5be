/** What the preview and the Testing view ask of the server, over the whole protocol. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProtocolConnection } from 'vscode-languageserver/node';
import { AnalysisService } from '../../src/analysis/index.js';
import {
    BASIS_REQUEST,
    DRAWING_REQUEST,
    PLAY_REQUEST,
    RUN_TEST_REQUEST,
    SAVE_SCENARIO_REQUEST,
    TESTS_REQUEST,
    type DrawingReply,
    type LiveStep,
    type PlayReply,
    type RunTestReply,
    type SaveScenarioReply,
    type TestItem,
} from '../../src/protocol/index.js';
import { Client } from './client.js';
import { MAIN, projectFile } from './support.js';

const REDIS = projectFile('examples/redis.cluster');
const FAIL_ZONE: LiveStep = { atMs: 30_000, action: 'fail', element: 'zone:us-east-1.a' };

let editor: Client;
let client: ProtocolConnection;

beforeEach(async () => {
    editor = await Client.start(new AnalysisService());
    client = editor.connection;
    await editor.open(REDIS);
});

afterEach(() => editor.dispose());

const play = (steps: readonly LiveStep[]): Promise<PlayReply> =>
    client.sendRequest(PLAY_REQUEST, { uri: MAIN, kind: 'live', steps });

const save = (steps: readonly LiveStep[]): Promise<SaveScenarioReply> =>
    client.sendRequest(SAVE_SCENARIO_REQUEST, { uri: MAIN, steps });

describe('a live scenario', () => {
    it('shows which nodes are off, what cannot be written meanwhile, and who leads then', async () => {
        const reply = await play([FAIL_ZONE]);
        if (reply.kind !== 'done') throw new Error(JSON.stringify(reply));
        const { playback } = reply;
        expect(playback.scenario).toBeUndefined();
        expect(playback.nodes.map(({ id, changes }) => [id, changes])).toEqual(
            ['cache-1', 'cache-4'].map((name) => [
                `node:sessions.${name}`,
                [{ atMs: 30_000, state: 'off', connection: 'whole' }],
            ]),
        );
        const lane = playback.lanes.find(({ id }) => id === 'shard:sessions.s-1')!;
        expect(lane.troubles.filter(({ operation }) => operation === 'write')).toHaveLength(1);
        // Nothing comes of a fault before it strikes.
        expect(Math.min(...playback.lanes.flatMap(({ troubles }) => troubles.map(({ fromMs }) => fromMs)))).toBe(
            30_000,
        );
        expect(playback.leaders.find((each) => each.lane === lane.id)!.changes.at(-1)!.node).toBe(
            'node:sessions.cache-5',
        );
        expect(playback.summary).toMatch(
            /^Reads and writes of sessions \(1 of 3 shards\) failed for \d+\.\d s, .*\. No acknowledged write was lost\.$/,
        );
    });

    it('is refused when the drawing shows what the text no longer has', async () => {
        expect(await play([{ ...FAIL_ZONE, element: 'zone:us-east-1.z' }])).toEqual({
            kind: 'failed',
            message: "The drawing's 'zone:us-east-1.z' is no longer in the file. Begin the live scenario anew.",
        });
        expect(await play([{ ...FAIL_ZONE, action: 'crash' }])).toMatchObject({
            kind: 'failed',
            message: "'crash' is done to nodes, not to a zone.",
        });
        expect(await play([])).toMatchObject({ kind: 'failed' });
    });

    it('separates two zones along their line', async () => {
        const element = 'link:replication:zone:us-east-1.a>zone:us-east-1.b';
        const reply = await play([{ atMs: 30_000, action: 'cut', element }]);
        if (reply.kind !== 'done') throw new Error(JSON.stringify(reply));
        expect(reply.playback.events[0]!.text).toBe('partition us-east-1.a | us-east-1.b');
        expect(reply.playback.nodes.map(({ changes }) => changes[0]!.connection)).toEqual(Array(4).fill('cut'));
    });
});

describe('a saved scenario', () => {
    it('is run from the Testing view with the same history, and guards what was seen', async () => {
        const live = await play([FAIL_ZONE]);
        const saved = await save([FAIL_ZONE]);
        if (live.kind !== 'done' || saved.kind !== 'done') throw new Error(JSON.stringify([live, saved]));
        expect(saved.name).toBe('fail-zone-us-east-1-a');
        expect(saved.text).toMatch(/\n {2}at 30s {2}fail zone us-east-1\.a\n[^}]*expect writes of sessions restored/);
        const findings = await editor.edit(REDIS + saved.text);
        expect(findings.filter(({ severity }) => severity === 1)).toEqual([]);
        const reply = await client.sendRequest<RunTestReply>(RUN_TEST_REQUEST, {
            uri: MAIN,
            kind: 'scenario',
            name: saved.name,
        });
        expect(reply).toMatchObject({
            kind: 'done',
            verdict: { status: 'passed' },
            traceHash: live.playback.traceHash,
        });
        const again = await save([FAIL_ZONE]);
        expect(again).toMatchObject({ name: 'fail-zone-us-east-1-a-1' });
    });

    it('says what stays down', async () => {
        const steps = ['cache-1', 'cache-5'].map((name): LiveStep => ({
            atMs: 30_000,
            action: 'fail',
            element: `node:sessions.${name}`,
        }));
        const saved = await save(steps);
        expect(saved.kind === 'done' && saved.text).toContain('expect writes of sessions unavailable at 5m');
    });
});

describe('a played scenario that goes on with steps', () => {
    const FREEZE: LiveStep = { atMs: 48_500, action: 'freeze', element: 'node:sessions.cache-2' };
    const after = { what: { kind: 'scenario', name: 'primary-crash' }, untilMs: 48_500 } as const;
    const params = { uri: MAIN, kind: 'live', steps: [FREEZE], after } as const;

    it('went the same way until then, and goes without what the scenario does later', async () => {
        const own = await client.sendRequest<PlayReply>(PLAY_REQUEST, {
            uri: MAIN,
            kind: 'scenario',
            name: 'primary-crash',
        });
        const live = await client.sendRequest<PlayReply>(PLAY_REQUEST, params);
        if (own.kind !== 'done' || live.kind !== 'done') throw new Error(JSON.stringify([own, live]));
        const before = ({ playback }: typeof own): string[] =>
            playback.events.filter(({ atMs }) => atMs < 48_500).map(({ atMs, text }) => `${atMs} ${text}`);
        expect(before(own).length).toBeGreaterThan(5);
        expect(before(live)).toEqual(before(own));
        const steps = live.playback.events.filter(({ kind }) => kind === 'fault').map(({ text }) => text);
        expect(steps).toEqual(['crash node cache-1', 'freeze node cache-2']);
        expect(live.playback.title).toBe('Crash node cache-1, freeze node cache-2');
        // A step of the file leads to its line.
        expect(live.playback.events[0]!.source).toEqual(own.playback.events[0]!.source);
    });

    it('is saved with all of its steps, and runs with the same trace', async () => {
        const live = await client.sendRequest<PlayReply>(PLAY_REQUEST, params);
        const saved = await client.sendRequest<SaveScenarioReply>(SAVE_SCENARIO_REQUEST, {
            uri: MAIN,
            steps: [FREEZE],
            after,
        });
        if (live.kind !== 'done' || saved.kind !== 'done') throw new Error(JSON.stringify([live, saved]));
        expect(saved.name).toBe('primary-crash-then-freeze-node-cache-2');
        expect(saved.text).toMatch(/at 30s {2}crash node cache-1\n {2}at 48500ms {2}freeze node cache-2\n/);
        await editor.edit(REDIS + saved.text);
        const reply = await client.sendRequest<RunTestReply>(RUN_TEST_REQUEST, {
            uri: MAIN,
            kind: 'scenario',
            name: saved.name,
        });
        expect(reply).toMatchObject({ verdict: { status: 'passed' }, traceHash: live.playback.traceHash });
    });

    it('rests on the scenario too, and is refused when the file has it no longer', async () => {
        const before = await client.sendRequest(BASIS_REQUEST, params);
        await editor.edit(REDIS.replace('at 30s  crash', 'at 31s  crash'));
        expect(await client.sendRequest(BASIS_REQUEST, params)).not.toBe(before);
        await editor.edit(REDIS.replace('scenario primary-crash', 'scenario another'));
        expect(await client.sendRequest(PLAY_REQUEST, params)).toEqual({
            kind: 'failed',
            message: "There is no scenario 'primary-crash' in this file.",
        });
    });

    it('may be what breaks an objective', async () => {
        await editor.edit(
            REDIS.replace('cache-1, cache-5', 'cache-1, cache-4').replace('cache-3, cache-4', 'cache-3, cache-5'),
        );
        const what = { kind: 'counterexample', objective: 'survive-a-zone' } as const;
        const live = await client.sendRequest<PlayReply>(PLAY_REQUEST, {
            ...params,
            after: { what, untilMs: 48_500 },
        });
        if (live.kind !== 'done') throw new Error(JSON.stringify(live));
        expect(live.playback.title).toBe('Fail zone us-east-1.a, freeze node cache-2');
    });
});

it('lists objectives and scenarios in the order of the file, and proves', async () => {
    const items = await client.sendRequest<TestItem[]>(TESTS_REQUEST, { uri: MAIN });
    expect(items.map(({ kind, name }) => `${kind} ${name}`)).toContain('objective survive-a-zone');
    expect(items.map(({ source }) => source.start.line)).toEqual(
        items.map(({ source }) => source.start.line).sort((one, other) => one - other),
    );
    const proof = await client.sendRequest(RUN_TEST_REQUEST, { uri: MAIN, kind: 'objective', name: 'survive-a-zone' });
    expect(proof).toMatchObject({ kind: 'done', verdict: { kind: 'objective', status: 'passed' } });
    const none = await client.sendRequest(RUN_TEST_REQUEST, { uri: MAIN, kind: 'scenario', name: 'nothing' });
    expect(none).toEqual({ kind: 'failed', message: "There is no scenario 'nothing' in this file." });
});

it('lists what is not understood, and why it cannot be run', async () => {
    await editor.edit(REDIS.replace('at 30s', 'at soon'));
    const items = await client.sendRequest<TestItem[]>(TESTS_REQUEST, { uri: MAIN });
    const broken = items.filter(({ problem }) => problem !== undefined);
    expect(broken).toHaveLength(1);
    expect(broken[0]).toMatchObject({ kind: 'scenario' });
    const reply = await client.sendRequest(RUN_TEST_REQUEST, { uri: MAIN, kind: 'scenario', name: broken[0]!.name });
    expect(reply).toEqual({ kind: 'failed', message: broken[0]!.problem });
});

describe('a counterexample', () => {
    const playCounterexample = (): Promise<PlayReply> =>
        client.sendRequest(PLAY_REQUEST, { uri: MAIN, kind: 'counterexample', objective: 'survive-a-zone' });

    it('is played with the clause that it breaks and the instant that shows it', async () => {
        await editor.edit(
            REDIS.replace('cache-1, cache-5', 'cache-1, cache-4').replace('cache-3, cache-4', 'cache-3, cache-5'),
        );
        const reply = await playCounterexample();
        if (reply.kind !== 'done') throw new Error(JSON.stringify(reply));
        expect(reply.playback).toMatchObject({ scenario: 'survive-a-zone-broken-1', status: 'failed' });
        expect(reply.playback.events[0]).toMatchObject({ atMs: 30_000, text: 'fail zone us-east-1.a' });
        expect(reply.playback.clauses).toMatchObject([{ status: 'failed', atMs: 300_000 }]);
    });

    it('is not made up for an objective that holds', async () => {
        expect(await playCounterexample()).toEqual({
            kind: 'failed',
            message: "Nothing that breaks 'survive-a-zone' was found, so there is nothing to show.",
        });
    });
});

describe('the instant of a clause', () => {
    const clausesOf = async (expectation: string): Promise<unknown> => {
        const scenario = `\nscenario here {\n  at 30s  fail zone us-east-1.a\n  until 5m\n  ${expectation}\n}\n`;
        await editor.edit(REDIS + scenario);
        const reply = await client.sendRequest<PlayReply>(PLAY_REQUEST, { uri: MAIN, kind: 'scenario', name: 'here' });
        if (reply.kind !== 'done') throw new Error(JSON.stringify(reply));
        return reply.playback.clauses.map(({ status, atMs }) => ({ status, atMs }));
    };

    it('is the end of the time that a recovery may take, if it takes longer', async () => {
        expect(await clausesOf('expect writes of sessions restored within 1s')).toEqual([
            { status: 'failed', atMs: 31_000 },
        ]);
        expect(await clausesOf('expect writes of sessions restored within 2m')).toEqual([{ status: 'passed' }]);
    });

    it('is the first interruption where there must be none, and otherwise the one that is named', async () => {
        const [broken] = (await clausesOf('expect writes of sessions uninterrupted')) as { atMs: number }[];
        expect(broken!.atMs).toBeGreaterThan(29_900);
        expect(broken!.atMs).toBeLessThan(31_000);
        expect(await clausesOf('expect writes of sessions available at 40s')).toMatchObject([{ atMs: 40_000 }]);
    });
});

describe('what a shown run rests on', () => {
    const params = { uri: MAIN, kind: 'live', steps: [FAIL_ZONE] } as const;
    const basis = (): Promise<string | null> => client.sendRequest(BASIS_REQUEST, params);

    it('is the system and the steps, not where they stand, what is said about them or what else is asked', async () => {
        const reply = await play([FAIL_ZONE]);
        if (reply.kind !== 'done') throw new Error(JSON.stringify(reply));
        expect(reply.basis).toMatch(/^[0-9a-f]{16}$/);
        await editor.edit(`\n\n${REDIS}\nscenario other {\n  at 1s crash node cache-1\n  run for 1min\n}\n`);
        expect(await basis()).toBe(reply.basis);
        await editor.edit(REDIS.replace(/cluster-node-timeout = \w+/, 'cluster-node-timeout = 5000'));
        expect(await basis()).not.toBe(reply.basis);
        await editor.edit(REDIS);
        expect(await basis()).toBe(reply.basis);
    });

    it('holds the scenario that was run', async () => {
        const own = { uri: MAIN, kind: 'scenario', name: 'primary-crash' } as const;
        const before = await client.sendRequest(BASIS_REQUEST, own);
        await editor.edit(REDIS.replace('at 30s', 'at 31s'));
        expect(await client.sendRequest(BASIS_REQUEST, own)).not.toBe(before);
        expect(await client.sendRequest(BASIS_REQUEST, { ...own, uri: 'file:///elsewhere.cluster' })).toBeNull();
    });
});

describe('the drawing of a text with an error', () => {
    const draw = (): Promise<DrawingReply> => client.sendRequest(DRAWING_REQUEST, { uri: MAIN });

    it('is the last good one, and says so, until the error is mended', async () => {
        const good = await draw();
        expect(good.lag).toBeUndefined();
        await editor.edit(REDIS.replace('zone b', 'zone ) b'));
        const held = await draw();
        expect(held.lag).toMatch(/^The drawing shows the text as it was before\. Line \d+: /);
        expect(held).toEqual({ ...good, lag: held.lag });
        await editor.edit(REDIS.replace('zone b', 'zone b\n  zone d'));
        const mended = await draw();
        expect(mended.lag).toBeUndefined();
        expect(mended.version).toBeGreaterThan(good.version);
    });

    it('does not lag behind for an error in a question, which is not drawn', async () => {
        await editor.edit(REDIS.replace('at 30s  crash node cache-1', 'at 30s  crash node nobody'));
        expect((await draw()).lag).toBeUndefined();
    });

    it('is what could be understood where there was none before', async () => {
        await editor.edit(REDIS.replace('zone b', 'zone ) b'));
        expect((await draw()).lag).toMatch(/^The drawing shows what could be understood\. /);
    });
});
