/** What the API, the members of etcd and the kubelets take each other for, which need not be the truth. */
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import { momentAt, type Playback } from '../../../src/diagram/index.js';
import { playbackOf } from '../../../src/language/play/playback.js';
import { topologyOf } from '../../support/run.js';
import { clusterText } from './support/cluster.js';

async function played(steps: string): Promise<Playback> {
    const topology = await topologyOf(clusterText({ steps, until: '5m' }));
    return playbackOf(topology, await runScenario(topology, 0, { seed: 1 }));
}

/** `cp-1 suspected`, for each that holds the node for something other than alive. */
function doubtsAt(playback: Playback, node: string, atMs: number): readonly string[] {
    const doubts = momentAt(playback, atMs).doubts.get(`node:k.${node}`) ?? [];
    return doubts
        .map(({ by, holds }) => `${by.slice(Math.max(by.lastIndexOf('.'), by.indexOf(':')) + 1)} ${holds}`)
        .sort();
}

function toldAt(playback: Playback, pattern: RegExp): number {
    return playback.events.find(({ text }) => pattern.test(text))!.atMs;
}

describe('a worker that is cut off', () => {
    test('is failed to the API after the grace period, and knows of no API server long before', async () => {
        const playback = await played('at 1m isolate node w-1  at 3m restore node w-1');
        const given = toldAt(playback, /the kubelet on w-1 cannot renew its lease/);
        expect(given).toBeGreaterThanOrEqual(70_000);
        expect(given).toBeLessThanOrEqual(80_000);
        expect(doubtsAt(playback, 'cp-3', given - 1)).toEqual([]);
        expect(doubtsAt(playback, 'cp-3', given)).toEqual(['w-1 suspected']);
        const notReady = toldAt(playback, /w-1 counts as not ready/);
        expect(doubtsAt(playback, 'w-1', notReady - 1)).toEqual([]);
        expect(doubtsAt(playback, 'w-1', notReady)).toEqual(['k failed']);
        const heard = toldAt(playback, /the kubelet on w-1 renews its lease again/);
        expect(heard).toBeGreaterThan(180_000);
        expect(doubtsAt(playback, 'cp-3', heard)).toEqual([]);
        expect(doubtsAt(playback, 'w-1', heard)).toEqual([]);
    });

    test('is told of to whoever holds the API, and to no API server beyond the cut', async () => {
        const playback = await played('at 1m partition lab.a | lab.b, lab.c  at 3m heal');
        const knowers = (pattern: RegExp): unknown => playback.events.find(({ text }) => pattern.test(text))!.knownTo;
        expect(knowers(/w-1 counts as not ready/)).toEqual(['node:k.cp-2', 'node:k.cp-3']);
        expect(knowers(/w-1 is heard again/)).toEqual(['node:k.cp-1', 'node:k.cp-2', 'node:k.cp-3']);
    });

    test('believes, frozen, what it believed before', async () => {
        const playback = await played('at 1m freeze node w-1  at 3m unfreeze node w-1');
        expect(playback.beliefs.filter(({ by, atMs }) => by === 'node:k.w-1' && atMs < 180_000)).toEqual([]);
        expect(doubtsAt(playback, 'w-1', 170_000)).toEqual(['k failed']);
    });

    test('is told of by nobody where the API answers nobody', async () => {
        const playback = await played('at 1m fail node cp-1, cp-2');
        expect(playback.events.filter(({ text }) => text.includes('kubelet'))).toEqual([]);
    });
});

describe('etcd', () => {
    test('whoever stands suspects its leader until their connection carries messages again', async () => {
        const playback = await played('at 1m partition lab.a | lab.b, lab.c  at 2m heal');
        const asks = toldAt(playback, /has not heard from cp-1/);
        expect(doubtsAt(playback, 'cp-1', asks)).toEqual([expect.stringMatching(/^cp-[23] suspected$/)]);
        const back = toldAt(playback, /cp-1 hears no majority/);
        expect(doubtsAt(playback, 'cp-2', back)).toContain('cp-1 suspected');
        expect(doubtsAt(playback, 'cp-3', 119_000)).toContain('cp-1 suspected');
        for (const node of ['cp-1', 'cp-2', 'cp-3']) {
            expect(doubtsAt(playback, node, 150_000)).toEqual([]);
        }
    });

    test('a member that only finds its leader to have stood back does not take it for lost', async () => {
        const nodes = 'nodes cp-[1..5] across lab.a as control-plane\n nodes w-[1..3] across zones as worker';
        const steps = 'at 1m partition node cp-1, node cp-2 | node cp-3, node cp-4, node cp-5  at 2m heal';
        const topology = await topologyOf(clusterText({ nodes, steps, until: '3m' }));
        const playback = playbackOf(topology, await runScenario(topology, 0, { seed: 1 }));
        expect(toldAt(playback, /cp-2 has not heard from cp-1/)).toBeLessThan(70_000);
        expect(doubtsAt(playback, 'cp-1', 69_000)).not.toContain('cp-2 suspected');
    });

    test('each member follows the new leader from its first heartbeat on', async () => {
        const playback = await played('at 1m fail node cp-1');
        const elected = toldAt(playback, /has the votes of a majority/);
        expect(toldAt(playback, /cp-[23] follows cp-[23] in term 2/)).toBe(elected + 1);
        expect(doubtsAt(playback, 'cp-1', 80_000)).toEqual([expect.stringMatching(/^cp-[23] suspected$/)]);
    });

    test('a process that ended believes nothing of what it did before', async () => {
        const playback = await played(
            'at 1m fail node cp-1  at 80s crash node cp-2, cp-3  at 90s restart node cp-2, cp-3',
        );
        expect(doubtsAt(playback, 'cp-1', 79_000)).toHaveLength(1);
        expect(doubtsAt(playback, 'cp-1', 91_000).filter((doubt) => doubt.endsWith('suspected'))).toEqual([]);
    });
});
