/** The controllers among themselves: who stands, who votes, who leads. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import type { Run } from '../../../src/simulator/index.js';
import { clusterText, eventsOf, NODES, writer, type ClusterText } from './support/cluster.js';

const TOPIC = 'topic t { partition 0 on b1, b2, b3 }';
const FIVE = `${NODES}  node c4 in lab.z1 as controller  node c5 in lab.z2 as controller  ${TOPIC}`;
const CALM = `${writer(1, 'acks = all')} workload r { reads k.t 1/s }`;

const run = async (parts: ClusterText, seed = 1): Promise<Run> =>
    runOf(await topologyOf(clusterText({ until: '40s', workloads: CALM, ...parts })), seed);

const leaders = (result: Run): readonly string[] =>
    eventsOf(result, 'state', /is the active controller/).map(({ text }) => text.slice(0, 2));

test('of five controllers two may go, and the third that looks for a leader decides it', async () => {
    for (let seed = 1; seed <= 30; seed++) {
        const result = await run({ body: FIVE, steps: 'at 10s fail node c1, c2' }, seed);
        const [won] = eventsOf(result, 'promotion', /votes of a majority/);
        const standing = eventsOf(result, 'election').filter(({ atMs }) => atMs <= won!.atMs);
        expect(standing).toHaveLength(3);
        expect(leaders(result)).toHaveLength(1);
    }
});

test('three of five are too many', async () => {
    expect(leaders(await run({ body: FIVE, steps: 'at 10s fail node c1, c2, c3' }))).toEqual([]);
});

describe('a controller that was cut off and comes back', () => {
    const steps = 'at 10s isolate node c3  at 20s restore node c3';

    test('deposes nobody where it must ask first whether it could win (4.0 and later)', async () => {
        const result = await run({ version: '4.0', steps });
        expect(eventsOf(result, 'demotion')).toEqual([]);
        expect(leaders(result)).toEqual([]);
    });

    test('comes with a later epoch before 4.0, and the leader must be elected again', async () => {
        const result = await run({ version: '3.9', steps });
        expect(eventsOf(result, 'demotion', /c1 learns of epoch/)).toHaveLength(1);
        expect(leaders(result)).toHaveLength(1);
        // Its log is behind, so it cannot win itself.
        expect(leaders(result)).not.toContain('c3');
    });
});

test('an active controller that is stopped tells the others, who need not wait for it', async () => {
    const result = await run({ steps: 'at 10s stop node c1' });
    expect(eventsOf(result, 'election', /hears that c1 leaves/)).not.toEqual([]);
    expect(eventsOf(result, 'state', /is the active controller/)[0]!.atMs).toBeLessThan(10_600);
});

test('an active controller on the small side resigns, and follows the new one when it is back', async () => {
    const result = await run({ steps: 'at 10s partition lab.z1 | lab.z2, lab.z3  at 30s heal' });
    expect(eventsOf(result, 'demotion', /c1 hears no majority/)).toHaveLength(1);
    expect(leaders(result)).toHaveLength(1);
    expect(result.splitBrains).toEqual([]);
    // The controller itself, and the broker on its side, which every producer waits with.
    expect(result.deposed!.map(({ toMs }) => toMs !== null)).toEqual([true, true]);
});

test('the active controller can be struck by what it is', async () => {
    const topology = await topologyOf(
        clusterText({
            steps: 'at 10s fail node leader of k  at 20s fail node leader of k',
            until: '40s',
            workloads: CALM,
        }),
    );
    const faults = eventsOf(runOf(topology), 'fault');
    expect(faults.map(({ text }) => text)).toEqual(['fail node leader of k (c1)', 'fail node leader of k (c3)']);
    expect(leaders(runOf(topology))).toHaveLength(1);
});

test('brokers that are controllers as well fail as both', async () => {
    const body = `node b1 in lab.z1  node b2 in lab.z2  node b3 in lab.z3  ${TOPIC}`;
    const result = await run({ body, steps: 'at 10s fail node b1' });
    expect(leaders(result)).toHaveLength(1);
    expect(eventsOf(result, 'promotion', /b2 leads t\.0/)).toHaveLength(1);
});

test('a rolling restart moves leadership along and fails nothing', async () => {
    const result = await run({ steps: 'at 5s roll nodes of k every 5s', workloads: writer(50, 'acks = all') });
    expect(result.outages.filter(({ operation }) => operation === 'write')).toEqual([]);
    expect(eventsOf(result, 'recovery', /has joined/)).toHaveLength(3);
});
