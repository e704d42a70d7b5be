/** DataNodes that an operator sends away: `drain node`. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { eventsOf, lakeText, type LakeText } from './support/cluster.js';

const WRITERS = 'workload w in dc.c { reads lake.f 20/s  writes lake.f 20/s }';
const FILES = 'files f { block 0 on dn-1, dn-2, dn-5  block 1 on dn-2, dn-3, dn-6 }';
const DONE = /dn-1 is decommissioned and may be stopped/;

async function played(parts: LakeText, expectation = '', seed = 1) {
    const text = lakeText({ files: FILES, workloads: WRITERS, ...parts });
    const topology = await topologyOf(text.replace(/ \}$/, ` ${expectation} }`));
    return { topology, run: runOf(topology, seed) };
}

describe('a DataNode that is drained', () => {
    test('has its copies made anew elsewhere, and goes without anybody’s noticing', async () => {
        const steps = 'at 30s drain node dn-1  at 3m fail node dn-1';
        const state = 'expect drain of dn-1 done at 2m  expect lake fully replicated at 230s';
        const { run } = await played({ steps }, state);
        expect(run.states.map(({ state: was }) => was)).toEqual(['done', 'yes']);
        expect(run.outages).toEqual([]);
        expect(run.workloads.map(({ failed }) => failed)).toEqual([0, 0]);
        expect(eventsOf(run, /every block has its copies again/)).toHaveLength(1);
        expect(eventsOf(run, /copied anew/)[0]!.text).toContain('1 block');
    });

    test('without that has silent readers and too few copies for ten minutes', async () => {
        const once = 'workload w { reads lake.f 20/s with retries = 0  writes lake.f 20/s with retries = 0 }';
        const left = { steps: 'at 3m fail node dn-1', workloads: once };
        const { run } = await played(left, 'expect lake fully replicated at 230s');
        expect(run.states[0]!.state).toBe('no');
        expect(Math.min(...run.workloads.map(({ failed }) => failed))).toBeGreaterThan(0);
        const { run: drained } = await played({ ...left, steps: `at 30s drain node dn-1  ${left.steps}` });
        expect(drained.workloads.map(({ failed }) => failed)).toEqual([0, 0]);
    });

    test('is looked at every 30 s, at one look to begin and at a later one to end', async () => {
        const text = lakeText({ files: FILES, steps: 'at 30s drain node dn-1', until: '100s' });
        const topology = await topologyOf(text);
        const lasted = Array.from({ length: 1000 }, (_, seed) => {
            const [done] = eventsOf(runOf(topology, seed + 1), DONE);
            return done!.atMs - 30_000;
        });
        // The copy, up to 11 s, is there by the second look.
        expect(Math.min(...lasted)).toBeGreaterThanOrEqual(30_000);
        expect(Math.max(...lasted)).toBeLessThanOrEqual(60_000);
        expect(Math.min(...lasted)).toBeLessThan(30_200);
        expect(Math.max(...lasted)).toBeGreaterThan(59_800);
        const often = lakeText({
            files: FILES,
            steps: 'at 30s drain node dn-1',
            settings: 'dfs.namenode.decommission.interval = 5s',
        });
        const [done] = eventsOf(runOf(await topologyOf(often), 1), DONE);
        expect(done!.atMs).toBeLessThan(30_000 + 5_000 + 11_000 + 5_000);
    });

    test('waits while no other can take a copy, unless the file wants more copies than usual', async () => {
        const nodes = `
            nodes nn-[1..2] across zones as namenode  nodes jn-[1..3] across zones as journalnode, zookeeper
            nodes dn-[1..4] across zones as datanode`;
        const state = async (replicas: number, settings = ''): Promise<string | null> => {
            const files = `files f { blocks 1  replicas ${replicas}  block 0 on ${['dn-1', 'dn-2', 'dn-3', 'dn-4'].slice(0, replicas).join(', ')} }`;
            const steps = 'at 30s drain node dn-1';
            const { run } = await played({ nodes, files, settings, steps }, 'expect drain of dn-1 done at 3m');
            return run.states[0]!.state;
        };
        expect(await state(3)).toBe('done');
        expect(await state(4)).toBe('done');
        expect(await state(4, 'dfs.replication = 4')).toBe('blocked');
    });

    test('that is dead counts as decommissioned at once, and one that dies only when no block lacks copies', async () => {
        const settings = 'dfs.heartbeat.interval = 1s  dfs.namenode.heartbeat.recheck-interval = 10s';
        const dead = await played({ settings, steps: 'at 10s crash node dn-1  at 2m drain node dn-1' });
        expect(eventsOf(dead.run, /counts dn-1 as dead, and so as decommissioned/)[0]!.atMs).toBe(120_000);
        const slow = `${settings}  assumed.block.copy-time = 100s`;
        const steps = 'at 30s drain node dn-1  at 31s fail node dn-1';
        const { run } = await played({ settings: slow, steps });
        expect(eventsOf(run, DONE)[0]!.atMs).toBeGreaterThan(130_000);
    });

    test('is no place for new blocks', async () => {
        const { run } = await played({ steps: 'at 30s drain node dn-1, dn-2, dn-3, dn-4, dn-5, dn-6', until: '2m' });
        const writes = run.workloads.find(({ operation }) => operation === 'write')!;
        expect(writes.failed).toBe(writes.sent - 30 * 20);
        expect(eventsOf(run, /lake has 0 DataNodes for a new block and needs 1/).length).toBeGreaterThan(0);
    });
});
