/** Partitions, freezes, restarts, lost disks: who notices, who is elected, what clients see, what is lost. */
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, leadersOf, storyOf, timesOf, type Made } from './failures.js';

async function made(what: Made, seed = 3): Promise<{ readonly topology: Topology; readonly run: Run }> {
    const topology = await topologyOf(clusterText(what));
    return { topology, run: runOf(topology, seed) };
}

/** What clients in this zone see: their failed requests, from the first to the last. */
function failuresOf(topology: Topology, run: Run, workload: string, operation: 'read' | 'write'): number {
    const id = topology.workloads.find(({ name }) => name === workload)!.id;
    return run.outages
        .filter((outage) => outage.workload === id && outage.operation === operation)
        .reduce((sum, { failed }) => sum + failed, 0);
}

describe('a partition that cuts the manager and the primary off', () => {
    const what: Made = {
        steps: 'at 10s partition r.a | r.b, r.c\nat 2m heal',
        until: '3m',
        workload: `
            workload few in r.a { reads k.x 10/s  writes k.x 10/s }
            workload many in r.b { reads k.x 10/s  writes k.x 10/s }`,
    };

    test('the minority stands down, the majority elects and promotes, and nothing is lost', async () => {
        const { topology, run } = await made(what);
        expect(storyOf(run)).toContain('m-1 stands down as master: no majority is left that could accept a change');
        expect(leadersOf(topology, run, 'k').at(-1)).toMatch(/m-[23]/);
        expect(leadersOf(topology, run, 'x.0').at(-1)).toBe('d-2');
        expect(run.lostWrites).toEqual([]);
        expect(run.splitBrains).toEqual([]);
    });

    test('no write succeeds on either side until a copy is promoted, and none on the minority’s until it heals', async () => {
        const { topology, run } = await made(what);
        const [promoted] = timesOf(run, /d-2 becomes primary/);
        const writes = outagesOf(topology, run, 'x.0', 'write').filter(({ form }) => form === 'dark');
        const ends = writes.map(({ toMs }) => toMs!).sort((one, other) => one - other);
        expect(ends[0]).toBeGreaterThan(promoted!);
        expect(ends[0]).toBeLessThan(promoted! + 1000);
        expect(ends.at(-1)).toBeGreaterThanOrEqual(120_000);
    });

    test('the minority goes on answering reads, of the past', async () => {
        const { run } = await made(what);
        expect(run.staleReads[0]!.count).toBeGreaterThan(50);
    });

    test('it refuses them with cluster.no_master_block = all', async () => {
        const { topology, run } = await made({ ...what, settings: 'cluster.no_master_block = all' });
        const { run: usual } = await made(what);
        expect(run.staleReads.length === 0 || run.staleReads[0]!.count < usual.staleReads[0]!.count).toBe(true);
        expect(failuresOf(topology, run, 'few', 'read')).toBeGreaterThan(failuresOf(topology, usual, 'few', 'read'));
    });
});

describe('without a majority of the voters', () => {
    const steps = 'at 10s fail node m-2, m-3';

    test('Elasticsearch refuses writes and answers reads', async () => {
        const { topology, run } = await made({ steps });
        expect(outagesOf(topology, run, 'x.0', 'write').at(-1)?.toMs).toBeNull();
        expect(outagesOf(topology, run, 'x.0', 'read')).toEqual([]);
        expect(leadersOf(topology, run, 'k')).toEqual(['m-1', '-']);
    });

    test('OpenSearch goes on writing by its own default, and not as its page has it', async () => {
        const { topology, run } = await made({ product: 'opensearch', steps });
        expect(outagesOf(topology, run, 'x.0', 'write')).toEqual([]);
        const settings = 'cluster.no_cluster_manager_block = write';
        const paged = await made({ product: 'opensearch', steps, settings });
        expect(outagesOf(paged.topology, paged.run, 'x.0', 'write').at(-1)?.toMs).toBeNull();
    });

    test('even so a write waits for a copy that nobody removes', async () => {
        const { topology, run } = await made({ product: 'opensearch', steps: 'at 10s fail node m-2, m-3, d-2' });
        expect(outagesOf(topology, run, 'x.0', 'write').at(-1)?.toMs).toBeNull();
        expect(outagesOf(topology, run, 'x.0', 'read').every(({ toMs }) => toMs !== null)).toBe(true);
    });

    test('two eligible nodes have one vote, the manager’s', async () => {
        const nodes = 'nodes m-[1..2] across zones as MANAGER\nnodes d-[1..2] across zones as data';
        const lost = await made({ nodes, steps: 'at 10s crash node m-1' });
        expect(leadersOf(lost.topology, lost.run, 'k')).toEqual(['m-1', '-']);
        const kept = await made({ nodes, steps: 'at 10s crash node m-2' });
        expect(leadersOf(kept.topology, kept.run, 'k')).toEqual(['m-1']);
    });
});

describe('the voting configuration', () => {
    const nodes = 'nodes m-[1..5] across zones as MANAGER\nnodes d-[1..2] across zones as data';

    test('five voters lost one after the other leave three votes, and two of them elect', async () => {
        const steps = 'at 10s crash node m-5\nat 20s crash node m-4\nat 30s crash node m-3';
        const { topology, run } = await made({ nodes, steps, until: '1m' });
        expect(storyOf(run)).toContain('m-1, m-2, m-3 have the votes from now on');
        expect(leadersOf(topology, run, 'k')).toEqual(['m-1']);
    });

    test('the same three lost at once stop the cluster, as do they without auto-shrink', async () => {
        const atOnce = await made({ nodes, steps: 'at 10s crash node m-5, m-4, m-3', until: '1m' });
        expect(leadersOf(atOnce.topology, atOnce.run, 'k')).toEqual(['m-1', '-']);
        const settings = 'cluster.auto_shrink_voting_configuration = false';
        const steps = 'at 10s crash node m-5\nat 20s crash node m-4\nat 30s crash node m-3';
        const fixed = await made({ nodes, steps, settings, until: '1m' });
        expect(leadersOf(fixed.topology, fixed.run, 'k')).toEqual(['m-1', '-']);
    });

    test('a voting-only node votes and is never elected', async () => {
        const voting =
            'node m-1 in r.a as master\nnode m-2 in r.b as master\nnode v in r.c as master, voting_only\nnodes d-[1..2] across zones as data';
        for (let seed = 0; seed < 10; seed++) {
            const { topology, run } = await made({ nodes: voting, steps: 'at 10s crash node m-1' }, seed);
            expect(leadersOf(topology, run, 'k').at(-1)).toBe('m-2');
        }
    });
});

describe('a frozen manager', () => {
    test('is not missed when it goes on before the checks give it up', async () => {
        const { topology, run } = await made({ steps: 'at 10s freeze node m-1\nat 38s unfreeze node m-1' });
        expect(leadersOf(topology, run, 'k')).toEqual(['m-1']);
        expect(timesOf(run, /takes/)).toEqual([]);
    });

    test('is replaced, and follows the new one as soon as it goes on', async () => {
        const { topology, run } = await made({ steps: 'at 10s freeze node m-1\nat 60s unfreeze node m-1' });
        expect(leadersOf(topology, run, 'k').at(-1)).toMatch(/m-[23]/);
        expect(timesOf(run, /m-1 stands down/)).toEqual([60_000]);
    });
});

test('a data node that is frozen until it is given up asks in vain for its manager, then joins anew and catches up', async () => {
    const steps = 'at 10s freeze node d-1\nat 60s unfreeze node d-1';
    const { run } = await made({ steps, until: '100s' });
    const [noticed] = timesOf(run, /d-1 takes the master m-1 for failed: 3 checks in a row were rejected/);
    expect(noticed).toBe(62_000);
    expect(timesOf(run, /d-1 joins the cluster of m-1/)).toEqual([62_007]);
    expect(timesOf(run, /d-1 catches up with d-2/)).toHaveLength(1);
});

test('a lone primary that goes on after it was removed has what it acknowledged, and leads again when it has joined', async () => {
    // The frozen primary resumes in the moment in which the manager gives it up.
    const steps = `
        at 5s freeze node d-1
        at 5s crash node d-2, m-2
        at 5500ms restart node m-2
        at 37059ms unfreeze node d-1
        at 37643ms restart node d-2`;
    const workload = 'workload w { reads k.x 1/s  writes k.x 1/s }';
    const { run } = await made({ steps, workload, expect: 'expect health of k green at 100s' }, 7499);
    expect(run.states.map(({ state }) => state)).toEqual(['green']);
    expect(run.lostWrites).toEqual([]);
});

describe('who is told to have caused what', () => {
    const causeOf = (run: Run, pattern: RegExp): string =>
        run.trace[run.trace.find(({ text }) => pattern.test(text))!.cause]!.text;

    test('a manager that stood down for want of votes is why its nodes look for another', async () => {
        const { run } = await made({ steps: 'at 10s crash node m-3\nat 60s crash node m-2', until: '100s' });
        expect(causeOf(run, /d-1 takes the master m-1 for failed/)).toMatch(/m-1 stands down as master/);
    });

    test('a manager that was frozen stands down because of the election that it missed', async () => {
        const { run } = await made({ steps: 'at 10s freeze node m-1\nat 80s unfreeze node m-1' });
        expect(causeOf(run, /m-1 stands down as master/)).toMatch(/is elected master in term 2/);
    });

    test('a manager whose change finds no majority stands down because of what keeps the voters silent', async () => {
        const settings = 'cluster.publish.timeout = 8s';
        const frozen = { settings, steps: 'at 10s freeze node m-2, m-3\nat 15s crash node d-3' };
        expect(causeOf((await made(frozen)).run, /m-1 stands down .*publish\.timeout/)).toBe('freeze node m-2, m-3');
    });

    test('a manager that starts anew and is elected again does not join itself', async () => {
        const { run } = await made({ steps: 'at 10s roll nodes of k every 30s', until: '1m' }, 2);
        expect(storyOf(run)).toContain('m-1 has the votes of a majority and is elected master in term 2');
        expect(timesOf(run, /m-1 joins the cluster of m-1/)).toEqual([]);
    });
});

describe('a change of the cluster state', () => {
    test('waits for a silent node that the checks have not given up, as long as cluster.publish.timeout', async () => {
        // d-3 falls silent 20 s before d-2 crashes: the removal of d-2 is committed at once, but not done.
        const steps = 'at 10s fail node d-3\nat 30s crash node d-2\nat 32s crash node d-1';
        const { run } = await made({ index: 'index x { shard 0 on d-1, d-2 }', steps, until: '2m' });
        expect(timesOf(run, /removes d-2/)).toEqual([30_001]);
        expect(timesOf(run, /removes d-1/)).toEqual([60_001]);
    });

    test('that no majority accepts makes the manager stand down after cluster.publish.timeout', async () => {
        const steps = 'at 10s freeze node m-2, m-3\nat 15s crash node d-3';
        const settings = 'cluster.publish.timeout = 8s';
        const { run } = await made({ steps, settings, until: '30s' });
        expect(timesOf(run, /m-1 stands down .*publish\.timeout/)).toEqual([23_001]);
    });
});

describe('copies', () => {
    const index = 'index x { shards 1  replicas 1 }';

    test('health is yellow while a copy is lost, red without any, and green when it is made anew', async () => {
        const settings = 'assumed.shard_size = 40mb\nindex.unassigned.node_left.delayed_timeout = 5s';
        const steps = 'at 10s crash node d-1\nat 30s crash node d-2, d-3';
        const topology = await topologyOf(
            clusterText({
                index,
                settings,
                steps,
                expect: `
                    expect health of k.x green at 9s
                    expect health of k.x yellow at 12s
                    expect k.x fully replicated at 20s
                    expect health of k.x red at 31s`,
            }),
        );
        expect(runOf(topology, 1).states.map(({ state }) => state)).toEqual(['green', 'yellow', 'yes', 'red']);
    });

    test('a node that returns within the delay takes its copy back; forced awareness makes none elsewhere', async () => {
        const { run } = await made({ index, steps: 'at 10s crash node d-2\nat 40s restart node d-2' });
        expect(timesOf(run, /d-2 catches up with d-1 on x.0/)).toEqual([40_009]);
        const settings = `
            cluster.routing.allocation.awareness.attributes = zone
            cluster.routing.allocation.awareness.force.zone.values = a, b`;
        const nodes = 'nodes m-[1..3] across zones as MANAGER\nnodes d-[1..4] across r.a, r.b as data';
        const steps = 'at 10s fail node d-2, d-4';
        const forced = await made({ nodes, index, settings, steps, until: '20m' });
        expect(timesOf(forced.run, /copies x.0/)).toEqual([]);
        const unforced = settings.split('\n').slice(0, 2).join('\n');
        const free = await made({ nodes, index, settings: unforced, steps, until: '20m' });
        expect(timesOf(free.run, /copies x.0/)).toHaveLength(1);
    });

    test('writes that wait for all copies stop until the lost one is made anew', async () => {
        const settings = 'index.write.wait_for_active_shards = all\nassumed.shard_size = 400mb';
        const { topology, run } = await made({ index, settings, steps: 'at 10s crash node d-2' });
        expect(outagesOf(topology, run, 'x.0', 'write').at(-1)!.toMs).toBeGreaterThan(80_000);
        const one = await made({ index, steps: 'at 10s crash node d-2' });
        expect(outagesOf(one.topology, one.run, 'x.0', 'write').every(({ toMs }) => toMs! < 11_000)).toBe(true);
    });

    test('a lone copy comes back from its disk, and a lost disk loses what was acknowledged', async () => {
        const lone = 'index x { shard 0 on d-1 }';
        const back = await made({ index: lone, steps: 'at 10s fail node d-1\nat 60s restore node d-1' });
        expect(back.run.lostWrites).toEqual([]);
        expect(outagesOf(back.topology, back.run, 'x.0', 'write').at(-1)!.toMs).toBeLessThan(62_000);
        const gone = await made({
            index: lone,
            steps: 'at 10s fail node d-1\nat 11s wipe node d-1\nat 60s restore node d-1',
        });
        expect(gone.run.lostWrites[0]!.count).toBe(500);
        const remote = 'node.attr.remote_store.translog.repository = backup';
        const kept = await made({
            product: 'opensearch',
            index: lone,
            settings: remote,
            steps: 'at 10s fail node d-1\nat 11s wipe node d-1',
        });
        expect(kept.run.lostWrites).toEqual([]);
    });

    test('with an asynchronous translog a sudden end of all copies costs up to its interval, a clean one nothing', async () => {
        const settings = 'index.translog.durability = async';
        const lone = 'index x { shard 0 on d-1 }';
        for (const steps of [
            'at 20s fail node d-1\nat 30s restore node d-1',
            'at 20s crash node d-1\nat 30s restart node d-1',
        ]) {
            const lost: number[] = [];
            for (let seed = 0; seed < 20; seed++) {
                const { run } = await made({ index: lone, settings, steps, until: '40s' }, seed);
                lost.push(run.lostWrites[0]?.count ?? 0);
                expect(run.mayHaveLost?.[0]?.reason).toContain('up to 5.0 s before they are on a disk');
            }
            expect(Math.max(...lost)).toBeLessThanOrEqual(250);
            expect(Math.max(...lost)).toBeGreaterThan(180);
            expect(Math.min(...lost)).toBeLessThan(80);
        }
        const stop = await made({ index: lone, settings, steps: 'at 20s stop node d-1\nat 30s restart node d-1' });
        expect([stop.run.lostWrites, stop.run.mayHaveLost]).toEqual([[], []]);
        const pair = await made({ settings, steps: 'at 20s crash node d-1\nat 30s restart node d-1' });
        expect([pair.run.lostWrites, pair.run.mayHaveLost]).toEqual([[], []]);
    });
});

test('a rolling restart keeps reads and interrupts writes for moments', async () => {
    const { topology, run } = await made({
        steps: 'at 10s roll nodes of k every 20s',
        until: '3m',
        workload: 'workload w { reads k.x 20/s  writes k.x 20/s }',
    });
    expect(outagesOf(topology, run, 'x.0', 'read')).toEqual([]);
    expect(outagesOf(topology, run, 'x.0', 'write').every(({ fromMs, toMs }) => toMs! - fromMs < 1500)).toBe(true);
    expect(run.lostWrites).toEqual([]);
});

test('a one-way cut is as bad as a cut: nothing is acknowledged over it', async () => {
    const { run } = await made({ steps: 'at 10s cut node m-1 -> node d-1, node d-2, node d-3', until: '1m' });
    expect(timesOf(run, /removes d-1/)[0]).toBeGreaterThanOrEqual(42_000);
});

test('the same seed tells the same story', async () => {
    const steps = 'at 10s fail zone r.a\nat 90s restore zone r.a';
    const [one, two, other] = [await made({ steps }, 5), await made({ steps }, 5), await made({ steps }, 6)];
    expect(one.run.traceHash).toBe(two.run.traceHash);
    expect(one.run.traceHash).not.toBe(other.run.traceHash);
});
