/** What everybody who runs these systems relies on, each by its name. */
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, leadersOf, timesOf, type Made } from './failures.js';

async function made(what: Made, seed = 3): Promise<{ readonly topology: Topology; readonly run: Run }> {
    const topology = await topologyOf(clusterText(what));
    return { topology, run: runOf(topology, seed) };
}

const PAIR = 'index x { shard 0 on d-1, d-2 }';
const SPREAD = 'index x { shards 1  replicas 1 }';

describe('health', () => {
    test('is green with all copies, yellow without a replica, red without a primary, and that of the worst shard', async () => {
        const { run } = await made({
            index: 'index x { shard 0 on d-1, d-2 }\nindex y { shard 0 on d-3 }',
            steps: 'at 10s crash node d-2\nat 20s crash node d-3\nat 30s restart node d-2, d-3',
            expect: `
                expect health of k green at 9s
                expect health of k.x yellow at 11s
                expect health of k.y green at 11s
                expect health of k yellow at 11s
                expect health of k.y red at 21s
                expect health of k red at 21s
                expect health of k green at 40s`,
        });
        expect(run.states.map(({ state }) => state)).toEqual([
            'green',
            'yellow',
            'green',
            'yellow',
            'red',
            'red',
            'green',
        ]);
    });

    test.each([
        ['two of three masters are gone', 'at 10s fail node m-1, m-2', '20s'],
        ['no side has a majority', 'at 10s partition r.a | r.b | r.c', '90s'],
        ['a majority has no way to the master, which has yet to notice', 'at 10s isolate node m-1', '20s'],
        ['the master hangs', 'at 10s freeze node m-1', '20s'],
    ])('has no colour while %s', async (_, steps, at) => {
        const { run } = await made({
            steps,
            expect: `expect health of k green at 9s\nexpect health of k green at ${at}`,
        });
        expect(run.states.map(({ state }) => state)).toEqual(['green', 'unanswered']);
    });

    test('stays green until a silent node is noticed: 32 to 33 s with the defaults', async () => {
        const { run } = await made({
            index: PAIR,
            steps: 'at 10s fail node d-2',
            expect: 'expect health of k.x green at 41s\nexpect health of k.x yellow at 44s',
        });
        expect(run.states.map(({ state }) => state)).toEqual(['green', 'yellow']);
    });
});

describe('delayed allocation', () => {
    test('a node that returns within a minute gets its copy back, and nothing is copied anew', async () => {
        const { run } = await made({ index: SPREAD, steps: 'at 10s crash node d-2\nat 65s restart node d-2' });
        expect(timesOf(run, /copies x\.0 from/)).toEqual([]);
        expect(timesOf(run, /d-2 catches up with d-1 on x\.0/)).toHaveLength(1);
    });

    test('after a minute the copy is made anew on another node, however soon the lost one returns then', async () => {
        const { run } = await made({ index: SPREAD, steps: 'at 10s crash node d-2\nat 75s restart node d-2' });
        expect(timesOf(run, /d-3 copies x\.0 from d-1/)).toEqual([70_003]);
        expect(timesOf(run, /d-2 catches up/)).toEqual([]);
    });

    test('a minute that has not passed begins anew under a new manager', async () => {
        const steps = 'at 10s crash node d-2\nat 40s crash node m-1';
        const { run } = await made({ index: SPREAD, steps });
        const [elected] = timesOf(run, /is elected/);
        const [copied] = timesOf(run, /d-3 copies x\.0 from d-1/);
        expect(copied! - elected!).toBeGreaterThanOrEqual(60_000);
        expect(copied! - elected!).toBeLessThan(60_020);
    });

    test('a replica is promoted at once: the delay is for new copies alone', async () => {
        const { topology, run } = await made({ index: SPREAD, steps: 'at 10s crash node d-1' });
        expect(timesOf(run, /d-2 becomes primary of x\.0/)).toEqual([10_003]);
        expect(outagesOf(topology, run, 'x.0', 'write').every(({ toMs }) => toMs! < 10_100)).toBe(true);
    });

    test('OpenSearch takes the delay of the cluster where the index has none of its own', async () => {
        const settings = 'cluster.routing.allocation.unassigned.node_left.delayed_timeout = 20s';
        const { run } = await made({ product: 'opensearch', index: SPREAD, settings, steps: 'at 10s crash node d-2' });
        expect(timesOf(run, /d-3 copies x\.0 from d-1/)).toEqual([30_003]);
    });
});

describe('copies in sync', () => {
    test('a copy that missed writes is not promoted: red, until one that has them all is back, and nothing is lost', async () => {
        const { topology, run } = await made({
            index: PAIR,
            steps: `
                at 10s crash node d-2
                at 20s crash node d-1
                at 30s restart node d-2
                at 60s restart node d-1`,
            expect: 'expect health of k.x red at 50s\nexpect health of k.x green at 80s',
        });
        expect(leadersOf(topology, run, 'x.0')).toEqual(['d-1', '-', 'd-1']);
        expect(run.states.map(({ state }) => state)).toEqual(['red', 'green']);
        expect(outagesOf(topology, run, 'x.0', 'write').at(-1)!.toMs).toBeGreaterThan(60_000);
        expect(run.lostWrites).toEqual([]);
    });

    test('the last copy in sync whose disk is lost takes acknowledged writes with it', async () => {
        const { run } = await made({
            index: PAIR,
            steps: 'at 10s crash node d-2\nat 20s fail node d-1\nat 20s wipe node d-1\nat 30s restart node d-2',
        });
        expect(run.lostWrites[0]!.count).toBeGreaterThan(400);
    });

    test('an isolated primary acknowledges nothing, for its replica has to', async () => {
        const { run } = await made({
            steps: 'at 10s isolate node d-1\nat 70s restore node d-1',
            workload: 'workload w in r.a { writes k.x 50/s  reads k.x 50/s }',
        });
        expect(run.lostWrites).toEqual([]);
        expect(run.splitBrains).toEqual([]);
    });
});

describe('awareness', () => {
    const nodes = 'nodes m-[1..3] across zones as MANAGER\nnodes d-[1..4] across r.a, r.b as data';
    const aware = 'cluster.routing.allocation.awareness.attributes = zone\nassumed.shard_size = 400mb';
    const what: Made = { nodes, index: SPREAD, steps: 'at 10s fail node d-2, d-4', until: '5m' };

    test('keeps the copies of a shard in different zones', async () => {
        const { topology } = await made({ ...what, index: 'index x { shards 4  replicas 1 }', settings: aware });
        for (const { copies } of topology.shards.filter(({ group }) => group !== undefined)) {
            expect(new Set(copies.map((node) => topology.nodes[node]!.zone)).size).toBe(2);
        }
    });

    test('makes lost copies anew in the zones that are left', async () => {
        const { run } = await made({ ...what, settings: aware, expect: 'expect health of k.x green at 4m' });
        expect(timesOf(run, /copies x\.0 from/)).toHaveLength(1);
        expect(run.states[0]!.state).toBe('green');
    });

    test('when forced leaves them unassigned: the zone that is left is not overrun', async () => {
        const settings = `${aware}\ncluster.routing.allocation.awareness.force.zone.values = a, b`;
        const { run } = await made({ ...what, settings, expect: 'expect health of k.x yellow at 4m' });
        expect(timesOf(run, /copies x\.0 from/)).toEqual([]);
        expect(run.states[0]!.state).toBe('yellow');
    });
});

describe('auto-shrink of the voting configuration', () => {
    const nodes = 'nodes m-[1..5] across zones as MANAGER\nnodes d-[1..2] across zones as data';
    const oneByOne = 'at 10s crash node m-5\nat 20s crash node m-4\nat 30s crash node m-3';

    test('five voters lost one after the other: with three votes left two of them go on', async () => {
        const { topology, run } = await made({ nodes, index: PAIR, steps: oneByOne });
        expect(leadersOf(topology, run, 'k')).toEqual(['m-1']);
    });

    test('stops at three votes: of the last three a second one lost is one too many', async () => {
        const { topology, run } = await made({ nodes, index: PAIR, steps: `${oneByOne}\nat 40s crash node m-2` });
        expect(leadersOf(topology, run, 'k').at(-1)).toBe('-');
    });

    test('switched off, a majority of all five is needed for good', async () => {
        const settings = 'cluster.auto_shrink_voting_configuration = false';
        const { topology, run } = await made({ nodes, index: PAIR, settings, steps: oneByOne });
        expect(leadersOf(topology, run, 'k').at(-1)).toBe('-');
    });
});

describe('without a manager', () => {
    const steps = 'at 10s crash node m-2, m-3';
    const workload = 'workload w in r.a { reads k.x 20/s  writes k.x 20/s }';
    const served = async (product: 'elasticsearch' | 'opensearch', settings: string): Promise<string> => {
        const { topology, run } = await made({ product, steps, workload, settings });
        const isServed = (operation: 'read' | 'write'): boolean =>
            outagesOf(topology, run, 'x.0', operation).every(({ toMs }) => toMs !== null);
        return `${isServed('read') ? 'reads' : '-'} ${isServed('write') ? 'writes' : '-'}`;
    };

    test.each([
        ['elasticsearch', '', 'reads -'],
        ['elasticsearch', 'cluster.no_master_block = write', 'reads -'],
        ['elasticsearch', 'cluster.no_master_block = all', '- -'],
        ['elasticsearch', 'cluster.no_master_block = metadata_write', 'reads writes'],
        // Its source has metadata_write as the default, its discovery page says write: the source counts.
        ['opensearch', '', 'reads writes'],
        ['opensearch', 'cluster.no_cluster_manager_block = write', 'reads -'],
        ['opensearch', 'cluster.no_cluster_manager_block = all', '- -'],
        ['opensearch', 'cluster.no_master_block = write', 'reads -'],
    ] as const)('%s with "%s" serves: %s', async (product, settings, expected) => {
        expect(await served(product, settings)).toBe(expected);
    });
});
