/** A node that an operator empties before it stops. */
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, leadersOf, PRODUCTS, timesOf, type Made } from './failures.js';

const SMALL = 'assumed.shard_size = 400mb';
const BUSY = 'workload w { reads k.x 300/s  writes k.x 500/s }';

async function statusesOf(made: Made): Promise<readonly string[]> {
    const topology = await topologyOf(clusterText({ settings: SMALL, workload: BUSY, ...made }));
    const { verdict } = await runScenario(topology, 0);
    return verdict.clauses.map(({ text, status, actual }) => (status === 'passed' ? status : `${text}: ${actual}`));
}

describe.each(PRODUCTS)('%s: a node that is drained', (product) => {
    test('hands its primaries and replicas over while clients notice nothing, and is missed by nobody then', async () => {
        const passed = await statusesOf({
            product,
            index: 'index x { shards 6  replicas 1 }',
            steps: 'at 10s drain node d-1\nat 3m stop node d-1',
            until: '5m',
            expect: `
                expect reads of k uninterrupted
                expect writes of k uninterrupted
                expect no lost writes in k
                expect drain of d-1 done at 2m
                expect health of k green at 20s
                expect health of k green at 4m`,
        });
        expect(new Set(passed)).toEqual(new Set(['passed']));
    });
});

test('copies move one after the other, each as fast as the throttle allows', async () => {
    const index = 'index x { shard 0 on d-1, d-2 }\nindex y { shard 0 on d-2, d-1 }';
    const topology = await topologyOf(clusterText({ index, settings: SMALL, steps: 'at 10s drain node d-1' }));
    const run = runOf(topology);
    expect(timesOf(run, /d-3 copies x\.0 from d-1/)).toEqual([10_002]);
    expect(timesOf(run, /d-3 copies y\.0 from d-2/)).toEqual([20_002]);
    expect(timesOf(run, /d-3 becomes primary of x\.0/)).toEqual([20_005]);
    expect(timesOf(run, /d-1 is drained/)).toEqual([30_005]);
    expect(leadersOf(topology, run, 'x.0')).toEqual(['d-1', 'd-3']);
});

test('nothing moves where no other node may take it, which is said', async () => {
    const steps = 'at 10s drain node d-1';
    const text = clusterText({ index: 'index x { shards 1  replicas 2 }', settings: SMALL, steps });
    const { trace } = runOf(await topologyOf(text));
    expect(trace.map((event) => event.text)).toContain(
        'the drain of d-1 waits: no other node may take its copy of x.0',
    );
    expect(
        await statusesOf({
            index: 'index x { shards 1  replicas 2 }',
            steps,
            expect: 'expect drain of d-1 blocked at 1m\nexpect health of k green at 1m',
        }),
    ).toEqual(['passed', 'passed']);
});

test('without a master the order waits for one', async () => {
    const steps = 'at 10s crash node m-1, m-2\nat 20s drain node d-1\nat 30s restart node m-1, m-2';
    const run = runOf(await topologyOf(clusterText({ settings: SMALL, steps })));
    expect(timesOf(run, /the drain of d-1 waits: no master takes the order/)).toEqual([20_000]);
    expect(timesOf(run, /d-1 is drained/)[0]).toBeGreaterThan(40_000);
});

test('a copy on its way to a node that dies is made on another', async () => {
    const nodes = 'nodes m-[1..3] across zones as MANAGER\nnodes d-[1..4] across zones as data';
    const steps = 'at 10s drain node d-1\nat 15s crash node d-3';
    const run = runOf(await topologyOf(clusterText({ nodes, settings: SMALL, steps })));
    expect(timesOf(run, /d-3 copies x\.0/)).toEqual([10_002]);
    expect(timesOf(run, /d-4 has an active copy of x\.0 in place of d-1/)[0]).toBeLessThan(26_000);
    expect(run.lostWrites).toEqual([]);
});

test('when a primary dies on its way the move is cancelled, and its copy is waited for as any other', async () => {
    const steps = 'at 10s drain node d-1\nat 15s crash node d-1';
    const run = runOf(await topologyOf(clusterText({ settings: SMALL, steps, until: '3m' })));
    expect(timesOf(run, /d-2 becomes primary of x\.0/)).toEqual([15_003]);
    expect(timesOf(run, /d-3 copies x\.0 from d-2/)).toEqual([75_003]);
    expect(timesOf(run, /d-3 has an active copy of x\.0 again/)).toEqual([85_006]);
    expect(timesOf(run, /is drained/)).toEqual([]);
    expect(run.lostWrites).toEqual([]);
});

test('when a replica dies on its way what was on its way stays, and takes its place', async () => {
    const steps = 'at 10s drain node d-2\nat 15s crash node d-2\nat 40s crash node d-3';
    const nodes = 'nodes m-[1..3] across zones as MANAGER\nnodes d-[1..4] across zones as data';
    const run = runOf(await topologyOf(clusterText({ nodes, settings: SMALL, steps, until: '3m' })));
    const first = timesOf(run, /d-3 has an active copy of x\.0/);
    expect(first).toEqual([20_005]);
    expect(timesOf(run, /is drained/)).toEqual([]);
    // One copy is waited for, not that of the drained node beside it.
    expect(timesOf(run, /copies x\.0 from/)).toEqual([10_002, 100_003]);
});
