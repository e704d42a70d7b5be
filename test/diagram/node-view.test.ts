/** An instant as one node sees it, as runs of real engines told it. */
import { expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { drawnNodes, momentAt, nodeView, toDrawing, type LiveStep, type Playback } from '../../src/diagram/index.js';
import { scenarioOf, withScenario } from '../../src/language/play/live.js';
import { playbackOf } from '../../src/language/play/playback.js';
import type { Topology } from '../../src/topology/index.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';

type Views = (name: string, atMs: number) => ReturnType<typeof nodeView>;

async function viewsOf(file: string, ...steps: readonly LiveStep[]): Promise<{ playback: Playback; views: Views }> {
    const topology: Topology = await topologyOf(projectFile(file));
    const live = withScenario(topology, scenarioOf(topology, { steps }));
    const playback = playbackOf(live.topology, await runScenario(live.topology, live.index));
    const nodes = drawnNodes(toDrawing(topology));
    return {
        playback,
        views: (name, atMs) =>
            nodeView(
                playback,
                nodes.find(({ label }) => label === name)!,
                momentAt(playback, atMs),
            ),
    };
}

const redis = (action: LiveStep['action'], ...more: readonly LiveStep[]): ReturnType<typeof viewsOf> =>
    viewsOf('examples/redis.cluster', { atMs: 30_000, action, element: 'node:sessions.cache-1' }, ...more);

test('a node that is down believes nothing, and one that began anew nothing of before', async () => {
    const back = { atMs: 100_000, action: 'restart', element: 'node:sessions.cache-1' } as const;
    const { views } = await redis('crash', back);
    expect(views('cache-1', 60_000)).toMatchObject({
        sentences: ['It is crashed since 0:30.0 and believes nothing.'],
        events: [],
    });
    const { sentences, events } = views('cache-1', 100_001);
    expect(sentences).toContain('It began anew at 1:40.0, with nothing that it believed before.');
    expect(events.every(({ atMs }) => atMs >= 100_000)).toBe(true);
});

test('those around it tell whom they doubt, why, and who leads what they have a copy of', async () => {
    const { playback, views } = await redis('crash');
    expect(views('cache-2', 29_000).sentences).toEqual([
        'No doubt of its own about any node is recorded.',
        'It leads s-2.',
    ]);
    const promoted = playback.events.find(({ kind }) => kind === 'promotion')!.atMs;
    const { sentences, events } = views('cache-5', promoted);
    expect(sentences).toContain('It leads s-1.');
    expect(events.map(({ text }) => text)).toContainEqual(expect.stringMatching(/wins the election/));
    const later = views('cache-5', 400_000).events.map(({ text }) => text);
    expect(later).toEqual([
        expect.stringMatching(/ are told that cache-1 has failed$/),
        expect.stringMatching(/^cache-5 wins the election/),
    ]);
    expect(views('cache-2', promoted).events.map(({ atMs }) => atMs)).toEqual(
        views('cache-2', promoted)
            .events.map(({ atMs }) => atMs)
            .sort((one, other) => one - other),
    );
});

test('a frozen node holds what it believed when it froze, and has not heard that another leads', async () => {
    const { playback, views } = await redis('freeze');
    const { sentences } = views('cache-1', 120_000);
    expect(playback.leaders[0]!.changes.at(-1)!.node).toBe('node:sessions.cache-5');
    expect(sentences[0]).toBe('It is frozen since 0:30.0: it holds what it believed when it froze.');
    expect(sentences).toContain('It has not been told that it no longer leads s-1: cache-5 does.');
});

test('an isolated node doubts the others by itself, and knows no later leader', async () => {
    const { views } = await redis('isolate');
    const { sentences, events } = views('cache-1', 120_000);
    expect(sentences[0]).toBe('It is isolated since 0:30.0: it hears of nothing that others do.');
    expect(sentences).toContain('It has not been told that it no longer leads s-1: cache-5 does.');
    expect(events.length).toBeGreaterThan(0);
    expect(events.every(({ node }) => node === 'node:sessions.cache-1')).toBe(true);
});

test('what a cluster has agreed on is told of its members, the one that it is about among them', async () => {
    const { views } = await viewsOf('examples/kafka.cluster', {
        atMs: 30_000,
        action: 'isolate',
        element: 'node:orders.brk-1',
    });
    expect(views('brk-2', 120_000).sentences).toContain('orders has brk-1 down as fenced.');
    expect(views('brk-1', 120_000).sentences).not.toContain('orders has it down as fenced itself.');
});
