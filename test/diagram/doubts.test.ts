/** What observers hold a node for, as runs of real engines told it. */
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { momentAt, type Moment, type Playback } from '../../src/diagram/index.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';

async function playedAs(text: string): Promise<Playback> {
    const topology = await topologyOf(text);
    return playbackOf(topology, await runScenario(topology, 0));
}

function doubtsOf(moment: Moment, id: string): readonly string[] {
    return (moment.doubts.get(id) ?? []).map(({ by, holds }) => `${by} ${holds}`).sort();
}

describe('Redis', () => {
    test('each primary suspects by itself, one marks as failed, and all trust again once the node is back', async () => {
        const playback = await playedAs(projectFile('examples/redis.cluster'));
        const [id, told] = ['node:sessions.cache-1', playback.beliefs];
        const first = told[0]!;
        expect(first).toMatchObject({ holds: 'suspected', about: [id] });
        expect(doubtsOf(momentAt(playback, first.atMs - 1), id)).toEqual([]);
        expect(doubtsOf(momentAt(playback, first.atMs), id)).toContain(`${first.by} suspected`);
        const failed = told.find(({ holds }) => holds === 'failed')!;
        expect(doubtsOf(momentAt(playback, failed.atMs), id)).toContain(`${failed.by} failed`);
        // All the others are told, a message later.
        const others = [2, 3, 4, 5, 6].map((each) => `node:sessions.cache-${each} failed`);
        expect(doubtsOf(momentAt(playback, failed.atMs + 1), id)).toEqual(others);
        const restart = 300_000;
        expect(momentAt(playback, restart - 1).recovering.size).toBe(0);
        const back = told.findLast(({ holds, about }) => holds === 'alive' && about.includes(id))!;
        expect(back.atMs).toBeGreaterThan(restart);
        const middle = momentAt(playback, Math.round((restart + back.atMs) / 2));
        expect(middle.recovering.get(id)).toBeGreaterThan(0.3);
        expect(middle.recovering.get(id)).toBeLessThan(1);
        const after = momentAt(playback, back.atMs);
        expect([...after.doubts.keys(), ...after.recovering.keys()]).toEqual([]);
    });
});

test('Kafka fences a silent broker for the whole cluster, until it has joined again', async () => {
    const text = projectFile('examples/kafka.cluster').replace(
        /scenario [\s\S]*$/,
        'scenario silent {\n  at 30s fail node brk-2\n  at 2m restore node brk-2\n  until 5m\n}\n',
    );
    const playback = await playedAs(text);
    const id = 'node:orders.brk-2';
    expect(doubtsOf(momentAt(playback, 100_000), id)).toEqual(['cluster:orders fenced']);
    expect(doubtsOf(momentAt(playback, 300_000), id)).toEqual([]);
});

test('what a process knew ends with it', () => {
    const [by, about] = ['node:c.one', 'node:c.two'];
    const change = (atMs: number, state: 'off' | 'serving') => ({ atMs, state, connection: 'whole' as const });
    const playback: Playback = {
        title: '',
        seed: 1,
        traceHash: '',
        untilMs: 100,
        status: 'passed',
        summary: '',
        clauses: [],
        notes: [],
        events: [],
        untold: 0,
        lanes: [],
        leaders: [],
        reach: [],
        sending: [],
        nodes: [{ id: by, changes: [change(20, 'off'), change(40, 'serving')] }],
        beliefs: [{ atMs: 10, by, about: [about], holds: 'suspected' }],
    };
    const doubted = (atMs: number): boolean => momentAt(playback, atMs).doubts.has(about);
    // Backwards too: what was found for one instant is not kept for another.
    expect([10, 19, 20, 50, 19, 9].map(doubted)).toEqual([true, true, false, false, true, false]);
});
