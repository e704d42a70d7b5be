/** What single nodes believe at an instant, as runs of real engines told it. */
import { expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { momentAt, type Playback } from '../../src/diagram/index.js';
import { beliefsOf } from '../../src/diagram/playback/moment.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { topologyOf } from '../support/run.js';

const FILE = (steps: string): string => `
    region lab { zone z1  zone z2  zone z3 }
    cluster k: kafka "4.1" in lab {
        nodes c-[1..3] across zones as controller
        nodes b-[1..3] across zones as broker
        topic t { partition 0 on b-1, b-2, b-3  settings { min.insync.replicas = 2 } }
    }
    workload w { writes k.t 10/s }
    scenario s { ${steps} until 3m }`;

async function playedAs(steps: string): Promise<Playback> {
    const topology = await topologyOf(FILE(steps));
    return playbackOf(topology, await runScenario(topology, 0));
}

/** Sentences about what the node believes, latest last. */
function beliefs(playback: Playback, node: string, atMs: number): readonly string[] {
    return beliefsOf(playback, `node:k.${node}`, momentAt(playback, atMs).told).map(({ text }) => text);
}

test('controllers and brokers know who is fenced and who leads, as soon as they have read it', async () => {
    const playback = await playedAs('at 10s fail node b-1');
    expect(beliefs(playback, 'c-1', 12_000)).toEqual([]);
    const [known, ...others] = beliefs(playback, 'c-1', 30_000);
    expect([known, ...others]).toHaveLength(1);
    expect(known).toMatch(/^b-2 and b-3 read in the metadata: b-1 is fenced; b-2 leads t\.0/);
    for (const node of ['c-2', 'c-3', 'b-3']) {
        expect(beliefs(playback, node, 30_000)).toEqual([known]);
    }
    expect(beliefs(playback, 'b-2', 30_000)).toEqual([known, expect.stringMatching(/^b-2 leads t\.0 in epoch 2/)]);
});

const STILL_LEADS = /^b-1 still takes itself for the leader of t\.0 and can acknowledge nothing/;

test('whoever is cut off, or frozen, believes what it did before', async () => {
    for (const steps of [
        'at 10s partition node b-1 | node b-2, node b-3, node c-1, node c-2, node c-3  at 1m heal',
        'at 10s freeze node b-1  at 1m unfreeze node b-1',
    ]) {
        const playback = await playedAs(steps);
        // It hears no news; that it still takes itself for the leader is no other belief than before.
        const news = beliefs(playback, 'b-1', 59_000).filter((text) => !STILL_LEADS.test(text));
        expect(news).toEqual([]);
        const after = beliefs(playback, 'b-1', 65_000);
        expect(after).toContainEqual(expect.stringMatching(/^b-1 learns that b-2 leads t\.0/));
        expect(after).toContainEqual(expect.stringMatching(/b-1 is no longer fenced/));
    }
});

test('controllers and brokers know who the active controller is', async () => {
    const playback = await playedAs('at 10s fail node c-1');
    const active = playback.events.find(({ text }) => text.endsWith('is the active controller'))!;
    const other = ['c-2', 'c-3'].find((name) => active.node !== `node:k.${name}`)!;
    expect(beliefs(playback, other, 60_000).at(-1)).toMatch(/^c-\d follows c-\d in epoch \d$/);
    expect(beliefs(playback, 'b-2', 60_000)).toEqual([active.text]);
    expect(beliefs(playback, active.text.slice(0, 3), 60_000)).toContain(active.text);
});

test('what a process believed ends with it', async () => {
    const playback = await playedAs('at 10s fail node b-1  at 40s crash node b-2  at 42s restart node b-2');
    expect(beliefs(playback, 'b-2', 30_000)).not.toEqual([]);
    expect(beliefs(playback, 'b-2', 41_000)).toEqual([]);
});
