/** What each node takes the others for, which need not be the truth. */
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import { momentAt, type Playback } from '../../../src/diagram/index.js';
import { playbackOf } from '../../../src/language/play/playback.js';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, timesOf, type Made } from './failures.js';

async function played(made: Made): Promise<Playback> {
    const topology = await topologyOf(clusterText(made));
    return playbackOf(topology, await runScenario(topology, 0, { seed: 1 }));
}

/** `m-1 failed`, for each that holds the node for something other than alive. */
function doubtsAt(playback: Playback, node: string, atMs: number): readonly string[] {
    const doubts = momentAt(playback, atMs).doubts.get(`node:k.${node}`) ?? [];
    return doubts
        .map(({ by, holds }) => `${by.slice(Math.max(by.lastIndexOf('.'), by.indexOf(':')) + 1)} ${holds}`)
        .sort();
}

describe('a master that falls silent', () => {
    const steps = 'at 10s fail node m-1\nat 100s restore node m-1';

    test('is failed to each node in its own time, until that one follows another master', async () => {
        const topology = await topologyOf(clusterText({ steps }));
        const run = runOf(topology, 1);
        const playback = await played({ steps });
        const [elected] = timesOf(run, /is elected/);
        const found = timesOf(run, /takes the master m-1 for failed/);
        expect(doubtsAt(playback, 'm-1', found[0]! - 1)).toEqual([]);
        expect(doubtsAt(playback, 'm-1', found[0]!)).toHaveLength(1);
        expect(doubtsAt(playback, 'm-1', elected!)).toEqual([
            'd-1 failed',
            'd-2 failed',
            'd-3 failed',
            'm-2 failed',
            'm-3 failed',
        ]);
        // Its followers believe what the new master publishes, and that one still has the old one for a member.
        expect(timesOf(run, /follows m-[23], master in term 2/).slice(0, 4)).toEqual(Array(4).fill(elected! + 1));
        expect(doubtsAt(playback, 'm-1', elected! + 1)).toHaveLength(1);
    });

    test('is failed to the cluster when the new one has found out, and alive to all once it has joined', async () => {
        const playback = await played({ steps });
        expect(doubtsAt(playback, 'm-1', 90_000)).toEqual(['k failed', expect.stringMatching(/^m-[23] failed$/)]);
        expect(doubtsAt(playback, 'm-1', 101_000)).toEqual([]);
    });

    test('takes, frozen, nobody for anything new', async () => {
        const playback = await played({ steps: 'at 10s freeze node m-1, d-1\nat 100s unfreeze node m-1, d-1' });
        const own = playback.beliefs.filter(({ by }) => by === 'node:k.d-1' || by === 'node:k.m-1');
        expect(own.every(({ atMs }) => atMs >= 100_000)).toBe(true);
        expect(doubtsAt(playback, 'd-1', 99_000)).toContain('k failed');
    });
});

test('a node that is cut off takes its master for failed, and goes on to until it is told otherwise', async () => {
    const playback = await played({ steps: 'at 10s isolate node d-1\nat 80s restore node d-1', until: '3m' });
    expect(doubtsAt(playback, 'm-1', 79_000)).toEqual(['d-1 failed']);
    expect(doubtsAt(playback, 'd-1', 79_000)).toEqual(['k failed', 'm-1 failed']);
    expect(doubtsAt(playback, 'm-1', 110_000)).toEqual([]);
    expect(doubtsAt(playback, 'd-1', 110_000)).toEqual([]);
});

test('what the master publishes is known to the members that hear it', async () => {
    const steps = 'at 10s fail node d-1\nat 12s freeze node d-2\nat 100s restore node d-1';
    const playback = await played({ steps });
    const knowers = (pattern: RegExp): unknown => playback.events.find(({ text }) => pattern.test(text))!.knownTo;
    expect(knowers(/removes d-1/)).toEqual(['m-2', 'm-3', 'd-3'].map((name) => `node:k.${name}`));
    expect(knowers(/d-1 joins/)).toEqual(['m-2', 'm-3', 'd-3'].map((name) => `node:k.${name}`));
});

test('every chain of causes runs back to a fault', async () => {
    const stories = [
        'at 10s fail zone r.a\nat 90s restore zone r.a',
        'at 10s partition r.a | r.b, r.c\nat 70s heal',
        'at 10s freeze node m-1\nat 60s unfreeze node m-1',
        'at 10s roll nodes of k every 20s',
        'at 10s crash node m-1, m-2\nat 60s restart node m-1, m-2',
    ];
    for (const steps of stories) {
        const { trace } = runOf(await topologyOf(clusterText({ steps })), 3);
        for (const { kind, text, cause } of trace) {
            let [origin, step] = [cause, 0];
            while (origin >= 0 && trace[origin]!.cause >= 0 && step++ < trace.length) {
                origin = trace[origin]!.cause;
            }
            expect(kind === 'fault' || trace[origin]?.kind === 'fault', `${steps}: ${text}`).toBe(true);
        }
    }
});

test('a node follows who has been elected because of the election, however late a vote comes or another election', async () => {
    const nodes = 'nodes m-[1..5] across zones as MANAGER\nnodes d-[1..3] across zones as data';
    const topology = await topologyOf(clusterText({ nodes, steps: 'at 10s fail node m-1' }));
    for (let seed = 0; seed < 20; seed++) {
        const { trace } = runOf(topology, seed);
        const followers = trace.filter(({ text }) => text.includes(' follows '));
        expect(followers.length).toBeGreaterThanOrEqual(6);
        for (const { text, cause } of followers) {
            const [, elected, term] = /follows (m-\d), master in term (\d)/.exec(text)!;
            expect(trace[cause]?.text).toBe(
                `${elected} has the votes of a majority and is elected master in term ${term}`,
            );
        }
    }
});
