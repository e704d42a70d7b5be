/** A broker loses its disk: what its replicas held is gone, and it must copy all of it again. */
import { describe, expect, test } from 'vitest';
import { findEngine, engineContext } from '../../../src/engines/index.js';
import { simulate, type Run } from '../../../src/simulator/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, lostIn, NODES, writer, type ClusterText } from './support/cluster.js';

const played = async (parts: ClusterText): Promise<Run> =>
    runOf(await topologyOf(clusterText({ until: '120s', workloads: writer(50, 'acks = all'), ...parts })));

const leadersOf = (run: Run): readonly string[] =>
    eventsOf(run, 'promotion', /leads t\.0/).map(({ text }) => text.slice(0, 2));

describe('a broker that runs', () => {
    test('ends itself, is fenced when its session ends, and its successor has all that was acknowledged', async () => {
        const run = await played({ steps: 'at 10s wipe node b1' });
        expect(eventsOf(run, 'state', /^b1 ends itself: its disk is gone$/)).toHaveLength(1);
        expect(eventsOf(run, 'detection', /fences b1/)).toHaveLength(1);
        expect(leadersOf(run)).toEqual(['b2']);
        expect(lostIn(run)).toBe(0);
        expect(run.outages.every(({ toMs }) => toMs! > 17_000 && toMs! < 21_000)).toBe(true);
        // It is gone: nothing that goes round in the cluster reaches it.
        expect(eventsOf(run, 'state', /b1.* reads? in the metadata/)).toEqual([]);
    });

    test.each(['acks = all', 'acks = all, delivery.timeout.ms = 15s, request.timeout.ms = 14s'])(
        'refuses connections at once, as a crashed one does (%s)',
        async (options) => {
            const ends = async (fault: string): Promise<unknown> => {
                const workloads = writer(50, options);
                const topology = await topologyOf(clusterText({ workloads, steps: `at 10s ${fault} node b1` }));
                return outagesOf(topology, runOf(topology), 't.0', 'write');
            };
            expect(await ends('wipe')).toEqual(await ends('crash'));
        },
    );

    test('that is frozen ends itself when it goes on', async () => {
        const run = await played({ steps: 'at 10s freeze node b2  at 12s wipe node b2  at 15s unfreeze node b2' });
        expect(eventsOf(run, 'state', /^b2 ends itself/).map(({ atMs }) => atMs)).toEqual([15_000]);
        expect(eventsOf(run, 'detection', /fences b2/)).toHaveLength(1);
    });

    test('hands nothing over when it is started again, for it ended before', async () => {
        const run = await played({ steps: 'at 10s wipe node b1  at 11s restart node b1' });
        expect(eventsOf(run, 'state', /leaving|b1 leaves/)).toEqual([]);
        expect(eventsOf(run, 'recovery', /^b1 has joined/)[0]!.atMs).toBeGreaterThan(16_900);
    });
});

test('a replica that comes back empty copies all again and is in sync; then it may lead without loss', async () => {
    const run = await played({
        steps: 'at 10s crash node b2  at 20s wipe node b2  at 30s restart node b2  at 60s fail node b1, b3',
        needed: 1,
    });
    expect(eventsOf(run, 'state', /^b2 starts with an empty disk/)).toHaveLength(1);
    expect(eventsOf(run, 'recovery', /takes back b2/)).toHaveLength(1);
    expect(leadersOf(run)).toEqual(['b2']);
    expect(lostIn(run)).toBe(0);
});

describe('the last in-sync replica', () => {
    const ALONE = 'at 10s crash node b2, b3  at 30s crash node b1';

    test.each(['4.0', '4.1'])(
        'leads with nothing when it is back empty, and everybody copies that (%s)',
        async (version) => {
            const steps = `${ALONE}  at 31s wipe node b1  at 40s restart node b1  at 60s restart node b2, b3`;
            const run = await played({ version, needed: 1, steps });
            expect(leadersOf(run)).toEqual(['b1']);
            // All from the start until b1 died, but what its clients could not send while its followers were not fenced yet.
            const acknowledged = run.lostWrites.reduce((sum, { count }) => sum + count, 0);
            expect(acknowledged).toBeGreaterThan(900);
            expect(acknowledged).toBeLessThanOrEqual(30 * 50);
        },
    );

    test('with its disk it leads without loss', async () => {
        const run = await played({ version: '4.0', needed: 1, steps: `${ALONE}  at 40s restart node b1` });
        expect(lostIn(run)).toBe(0);
    });

    test('that stopped cleanly is no longer believed: the file that says so is gone', async () => {
        const steps = (meanwhile: string): string =>
            `at 10s stop node b3  at 30s stop node b2  at 50s stop node b1 ${meanwhile} at 80s restart node b2`;
        expect(leadersOf(await played({ steps: steps('') }))).toContain('b2');
        const wiped = await played({ steps: steps(' at 60s wipe node b2 ') });
        expect(leadersOf(wiped)).not.toContain('b2');
    });
});

describe('once no disk holds them, acknowledged writes are lost, whether a broker comes back or not', () => {
    const ALL = 'b1, b2, b3';
    const EVERY_WRITE = 30 * 50;
    const lossTimes = (run: Run): readonly number[] => run.trace.filter(({ kind }) => kind === 'loss').map(at);
    const at = ({ atMs }: { readonly atMs: number }): number => atMs;

    test.each([
        ['running', `at 30s wipe node ${ALL}`, 30_000],
        ['crashed', `at 30s crash node ${ALL}  at 31s wipe node ${ALL}`, 31_000],
        ['frozen', `at 30s freeze node ${ALL}  at 31s wipe node ${ALL}`, 31_000],
        ['cleanly stopped', `at 30s stop node ${ALL}  at 31s wipe node ${ALL}`, 31_000],
        ['restarted', `at 30s wipe node ${ALL}  at 40s restart node ${ALL}`, 30_000],
    ])('%s brokers, wiped all', async (_, steps, lostMs) => {
        const run = await played({ steps });
        expect(lossTimes(run)).toEqual([lostMs]);
        expect(lostIn(run)).toBeGreaterThan(EVERY_WRITE - 10);
        expect(lostIn(run)).toBeLessThanOrEqual(EVERY_WRITE);
    });

    test('one after the other: with the last', async () => {
        const run = await played({ steps: 'at 30s wipe node b1  at 50s wipe node b2  at 70s wipe node b3' });
        expect(lossTimes(run)).toEqual([70_000]);
        expect(lostIn(run)).toBeGreaterThan(EVERY_WRITE - 10);
    });

    test('a disk is left: nothing', async () => {
        expect(lostIn(await played({ steps: 'at 30s crash node b3  at 31s wipe node b1, b2' }))).toBe(0);
    });

    test('the only replica', async () => {
        const body = `${NODES} topic t { replicas 1  partition 0 on b2 }`;
        const run = await played({ body, steps: 'at 30s wipe node b2', workloads: writer(50, 'acks = 1') });
        expect(lossTimes(run)).toEqual([30_000]);
    });

    test('power: what no disk had yet, at once; the rest with the disks', async () => {
        const dark = await played({ steps: `at 60s fail node ${ALL}` });
        expect(lossTimes(dark)).toEqual([60_000]);
        expect(lostIn(dark)).toBeLessThanOrEqual(35 * 50);
        const steps = `at 60s fail node ${ALL}  at 61s wipe node ${ALL}`;
        const wiped = await played({ steps });
        expect(lossTimes(wiped)).toEqual([60_000, 61_000]);
        expect(lostIn(wiped)).toBeGreaterThan(2 * EVERY_WRITE - 10);
        const back = await played({ steps: `${steps}  at 70s restore node ${ALL}` });
        expect(lostIn(back)).toBe(lostIn(wiped));
    });
});

test('power that is lost after the disk was brings nothing back', async () => {
    const steps =
        'at 10s crash node b2, b3  at 30s crash node b1  at 31s wipe node b1  at 35s fail node b1  at 40s restore node b1';
    const run = await played({ version: '4.0', needed: 1, steps, topicSettings: 'flush.ms = 0' });
    expect(lostIn(run)).toBeGreaterThan(900);
});

test.each([
    ['wipe node c1', true],
    ['wipe node leader of k', true],
    ['wipe node b1', false],
    ['wipe node leader of k.t.0', false],
])('%s is refused: %s', async (step, isRefused) => {
    const topology = await topologyOf(clusterText({ steps: `at 10s ${step}` }));
    const cluster = topology.clusters[0]!;
    const engine = findEngine('kafka')!;
    const reasons: (string | undefined)[] = [];
    simulate(topology, { ...topology.scenarios[0]!, steps: [] }, () => (world) => {
        const behaviour = engine.behaviour!(engineContext(topology, cluster, engine), world);
        reasons.push(...topology.scenarios[0]!.steps.map(({ fault }) => behaviour.unsupported?.(fault)));
        return behaviour;
    });
    expect(reasons.map((reason) => reason !== undefined)).toEqual([isRefused]);
});
