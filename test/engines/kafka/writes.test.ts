/** What producers wait for, what they are refused, and what they lose. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import type { Run } from '../../../src/simulator/index.js';
import {
    clusterText,
    eventsOf,
    lostIn,
    rulesOf,
    shardOf,
    without,
    writer,
    type ClusterText,
} from './support/cluster.js';

interface Story {
    readonly run: Run;
    readonly lost: number;
    /** Outages of writes and of reads, in whole seconds: `[from, to]`. */
    readonly writes: readonly (readonly (number | null)[])[];
    readonly reads: readonly (readonly (number | null)[])[];
}

async function story(parts: ClusterText, seed = 1): Promise<Story> {
    const run = runOf(await topologyOf(clusterText({ until: '60s', ...parts })), seed);
    const spans = (operation: string): (number | null)[][] =>
        run.outages
            .filter((outage) => outage.operation === operation)
            .map(({ fromMs, toMs }) => [Math.round(fromMs / 1000), toMs === null ? null : Math.round(toMs / 1000)]);
    return { run, lost: lostIn(run), writes: spans('write'), reads: spans('read') };
}

const ALL = writer(50, 'acks = all');
const ONE = writer(50, 'acks = 1');

describe('with two of three in-sync replicas gone acks=all is rejected and reads are served', () => {
    const steps = 'at 10s fail node b2, b3  at 40s restore node b2, b3';

    test('acks=all waits, is refused, and succeeds when a second replica is back; reads go on', async () => {
        const { run, writes, reads, lost } = await story({ steps, workloads: ALL });
        expect(writes).toEqual([[10, 40]]);
        expect(reads).toEqual([]);
        expect(lost).toBe(0);
        expect(eventsOf(run, 'state', /^b1 (refuses|takes)/).map(({ text }) => text)).toEqual([
            'b1 refuses writes with acks=all to t.0 (NOT_ENOUGH_REPLICAS): 1 in sync, 2 needed',
            'b1 takes writes with acks=all to t.0 again',
        ]);
        expect(
            eventsOf(run, 'state', /^b1 reads .*: b3 is fenced; in sync for t\.0: b1; eligible .*: b3$/),
        ).toHaveLength(1);
        const late = run.outages.find(({ operation }) => operation === 'write')!;
        expect(late.failed).toBeGreaterThan(1_400);
    });

    test('acks=1 does not notice', async () => {
        expect((await story({ steps, workloads: ONE })).writes).toEqual([]);
    });

    test('acks=all goes on where one in-sync replica is enough', async () => {
        const { writes } = await story({ steps, workloads: ALL, needed: 1 });
        expect(writes).toHaveLength(1);
        expect(writes[0]![1]).toBeLessThanOrEqual(20);
    });

    test('more in-sync replicas than there are replicas are not asked for (3.7 and later)', async () => {
        const { writes } = await story({ version: '3.7', steps: '', workloads: ALL, needed: 9, until: '5s' });
        expect(writes).toEqual([]);
    });

    test('before that they are, in vain: every write is refused, and no other request is', async () => {
        const parts = { version: '3.6', steps: '', needed: 4, until: '5s' };
        const { writes } = await story({ ...parts, workloads: ALL });
        expect(writes).toEqual([[expect.any(Number), null]]);
        expect((await story({ ...parts, workloads: ONE })).writes).toEqual([]);
        const topology = await topologyOf(clusterText({ ...parts, workloads: ALL }));
        const rules = rulesOf(topology);
        const shard = shardOf(topology, 't.0');
        expect(rules.serves(shard, 'write', without(topology))).toEqual({
            serves: false,
            reason: expect.stringMatching(/asks for 4 and t\.0 has 3: before 3\.7/) as unknown,
        });
        expect(rules.serves(shard, 'read', without(topology))).toEqual({ serves: true });
    });
});

describe('a leader that dies', () => {
    test('loses with acks=1 what its followers had not fetched, and nothing with acks=all', async () => {
        const settings = 'broker.session.timeout.ms = 1500  broker.heartbeat.interval.ms = 500';
        for (const how of ['fail', 'crash']) {
            const steps = `at 10s ${how} node b1`;
            const hasty = await Promise.all(
                [1, 2, 3].map((seed) =>
                    story({ steps, settings, workloads: writer(5_000, 'acks = 1'), until: '13s' }, seed),
                ),
            );
            for (const { lost } of hasty) {
                // Between one and three milliseconds of five writes each.
                expect(lost).toBeGreaterThanOrEqual(1);
                expect(lost).toBeLessThanOrEqual(20);
            }
            expect((await story({ steps, settings, workloads: writer(1_000, 'acks = all'), until: '13s' })).lost).toBe(
                0,
            );
        }
    });
});

describe('a leader cut off from the controllers and the other brokers, but not from its clients', () => {
    const steps = 'at 10s partition node b1 | node b2, node b3, node c1, node c2, node c3  at 40s heal';

    test('accepts acks=1 until it hears of its successor, and all of that is lost', async () => {
        const { run, writes, lost } = await story({ steps, workloads: ONE });
        expect(writes).toEqual([]);
        expect(lost).toBeGreaterThanOrEqual(1_490);
        expect(lost).toBeLessThanOrEqual(1_510);
        expect(run.splitBrains).toHaveLength(1);
        expect(eventsOf(run, 'demotion', /b1 learns that b2 leads t\.0/)).toHaveLength(1);
    });

    test('cannot commit acks=all, so that its clients look for the other leader, and nothing is lost', async () => {
        const { writes, lost } = await story({ steps, workloads: ALL });
        expect(writes).toHaveLength(1);
        expect(writes[0]![1]).toBeLessThanOrEqual(21);
        expect(lost).toBe(0);
    });

    test('serves stale reads to consumers that do not look for another one', async () => {
        const workloads = `${ALL}  workload r { reads k.t 50/s with metadata.max.age.ms = 36000000 }`;
        const { run } = await story({ steps, workloads });
        const stale = run.staleReads.reduce((sum, { count }) => sum + count, 0);
        expect(stale).toBeGreaterThan(900);
        expect((await story({ steps: 'at 10s fail node b1', workloads })).run.staleReads).toEqual([]);
    });

    test('is left by producers whose knowledge of the leader has grown old', async () => {
        const workloads = writer(50, 'acks = 1, metadata.max.age.ms = 5000');
        const { lost } = await story({ steps, workloads });
        expect(lost).toBeLessThanOrEqual((10.2 + 5) * 50);
        expect(lost).toBeGreaterThan(300);
    });
});

test('a leader and a follower cut off together keep waiting for the third: it cannot leave the in-sync set', async () => {
    const steps = 'at 10s partition node b1, node b2 | node b3, node c1, node c2, node c3  at 40s heal';
    const { run, writes, lost } = await story({ steps, workloads: ALL });
    expect(writes).toHaveLength(1);
    // b1 and b2 are fenced one after the other, so b3 leads alone and refuses until both are back.
    expect(writes[0]).toEqual([10, expect.toSatisfy((to) => to >= 40 && to <= 43)]);
    expect(eventsOf(run, 'promotion', /b3 leads t\.0/)).toHaveLength(1);
    expect(lost).toBe(0);
});

describe('without a majority of the controllers', () => {
    const steps = 'at 10s fail node c1, c2';

    test('leaders go on, and in-sync sets stay as they are', async () => {
        const { writes, reads } = await story({ steps, workloads: ALL });
        expect([writes, reads]).toEqual([[], []]);
    });

    test('a dead follower is waited for until there is one again', async () => {
        const { writes } = await story({
            steps: `${steps}  at 15s fail node b2  at 80s restore node c1`,
            workloads: ALL,
            until: '120s',
        });
        expect(writes).toHaveLength(1);
        expect(writes[0]![0]).toBe(15);
        expect(writes[0]![1]).toBeGreaterThan(80);
        expect(writes[0]![1]).toBeLessThanOrEqual(83);
    });

    test('nobody takes over from a dead leader', async () => {
        const { writes, reads } = await story({ steps: `${steps}  at 15s fail node b1`, workloads: ALL });
        expect(writes).toEqual([[15, null]]);
        expect(reads).toEqual([[15, null]]);
    });
});

describe('links that carry one way alone', () => {
    test('a leader whose heartbeats do not arrive is fenced, though it hears the controllers', async () => {
        const steps = 'at 10s cut node b1 -> node c1, node c2, node c3  at 40s heal';
        const { run } = await story({ steps, workloads: ALL });
        expect(eventsOf(run, 'detection', /fences b1/)).toHaveLength(1);
        expect(eventsOf(run, 'promotion', /b2 leads t\.0/)).toHaveLength(1);
    });

    test('a follower that cannot ask its leader does not replicate', async () => {
        const { run, writes } = await story({ steps: 'at 10s cut node b2 -> node b1', workloads: ALL, until: '70s' });
        expect(eventsOf(run, 'detection', /b1 gives up b2/)).toHaveLength(1);
        expect(writes[0]![1]).toBeGreaterThan(39);
    });
});

describe('a process that freezes and goes on', () => {
    test('keeps its place if it does so before its session ends', async () => {
        const { run, writes, lost } = await story({
            steps: 'at 10s freeze node b1  at 14s unfreeze node b1',
            workloads: ALL,
        });
        expect(eventsOf(run, 'promotion')).toEqual([]);
        expect(writes).toEqual([[10, 14]]);
        expect(lost).toBe(0);
    });

    test('learns that another leads, and follows it', async () => {
        const { run, lost } = await story({ steps: 'at 10s freeze node b1  at 30s unfreeze node b1', workloads: ALL });
        expect(eventsOf(run, 'demotion', /b1 learns that b2 leads/)[0]!.atMs).toBeLessThan(30_010);
        expect(eventsOf(run, 'recovery', /b2 takes back b1/)[0]!.atMs).toBeLessThan(30_100);
        expect(lost).toBe(0);
    });
});
