/** The last in-sync replica: who may lead after it, and what is lost. */
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, lostIn, writer, type ClusterText } from './support/cluster.js';

const run = async (parts: ClusterText): Promise<Run> =>
    runOf(await topologyOf(clusterText({ until: '140s', workloads: writer(50, 'acks = 1'), ...parts })));

/** b3, then b2, then b1 are gone; b2 comes back first. */
const ONE_BY_ONE = (how: string): string => `
    at 10s ${how} node b3  at 30s ${how} node b2  at 50s ${how} node b1
    at 80s restore node b2  at 110s restore node b1`;

describe('the last one standing', () => {
    test('is waited for without eligible leader replicas (4.0)', async () => {
        const result = await run({ version: '4.0', steps: ONE_BY_ONE('crash') });
        expect(eventsOf(result, 'promotion').map(({ text }) => text)).toEqual([
            expect.stringMatching(/^b1 leads t\.0 in epoch \d+; in sync: b1$/),
        ]);
        expect(lostIn(result)).toBe(0);
    });

    test('may be followed by one that left an in-sync set that was too small, if it stopped cleanly (4.1)', async () => {
        const result = await run({
            steps: `at 10s stop node b3  at 30s stop node b2  at 50s stop node b1  at 80s restart node b2`,
            workloads: writer(50, 'acks = all'),
        });
        expect(eventsOf(result, 'promotion', /^b2 leads t\.0/)).toHaveLength(1);
        expect(lostIn(result)).toBe(0);
        const before = await run({
            version: '4.0',
            steps: `at 10s stop node b3  at 30s stop node b2  at 50s stop node b1  at 80s restart node b2`,
        });
        expect(eventsOf(before, 'promotion', /^b2 leads t\.0/)).toEqual([]);
    });

    test('loses what no disk had when it loses power and leads again', async () => {
        const result = await run({ version: '4.0', steps: ONE_BY_ONE('fail') });
        expect(eventsOf(result, 'promotion', /^b1 leads t\.0/)).toHaveLength(1);
        // The operating system had written all but the last 35 s at most.
        expect(lostIn(result)).toBeGreaterThan(0);
        expect(lostIn(result)).toBeLessThanOrEqual(35 * 50);
        const flushed = await run({ version: '4.0', steps: ONE_BY_ONE('fail'), topicSettings: 'flush.ms = 1000' });
        expect(lostIn(flushed)).toBeLessThanOrEqual(50);
        const always = await run({ version: '4.0', steps: ONE_BY_ONE('fail'), topicSettings: 'flush.ms = 0' });
        expect(lostIn(always)).toBe(0);
    });

    test('loses together with all others what was not on disk, at most what the page cache holds back', async () => {
        const most = async (settings: string): Promise<number> => {
            const topology = await topologyOf(
                clusterText({
                    settings,
                    workloads: writer(50, 'acks = all'),
                    steps: 'at 100s fail node b1, b2, b3  at 110s restore node b1, b2, b3',
                    until: '140s',
                }),
            );
            const lost = Array.from({ length: 30 }, (_, index) => lostIn(runOf(topology, index + 1)));
            return Math.max(...lost);
        };
        const byDefault = await most('');
        expect(byDefault).toBeGreaterThan(25 * 50);
        expect(byDefault).toBeLessThanOrEqual(35 * 50);
        const measured = await most('assumed.page-cache.flush-time = 10s');
        expect(measured).toBeGreaterThan(7 * 50);
        expect(measured).toBeLessThanOrEqual(10 * 50);
        expect(await most('log.flush.interval.ms = 2000')).toBeLessThanOrEqual(2 * 50);
    });

    test('leads again as the last known leader when all came back uncleanly (4.1)', async () => {
        const result = await run({ steps: ONE_BY_ONE('crash') });
        expect(eventsOf(result, 'promotion', /^b2 leads t\.0/)).toEqual([]);
        expect(eventsOf(result, 'promotion', /^b1 leads t\.0/)).toHaveLength(1);
    });
});

test('an unclean election brings the partition back at once and drops what its winner lacks', async () => {
    const result = await run({
        version: '4.0',
        topicSettings: 'unclean.leader.election.enable = true',
        steps: 'at 10s fail node b2, b3  at 30s fail node b1  at 50s restore node b2  at 70s restore node b1',
    });
    expect(eventsOf(result, 'promotion', /^b2 leads t\.0/)).toHaveLength(1);
    // All that b1 took while it was alone, and what b2 had not on disk.
    expect(lostIn(result)).toBeGreaterThanOrEqual(1_000);
    expect(eventsOf(result, 'recovery', /b2 takes back b1/)).toHaveLength(1);
});

test('a broker that is gone for good is not replaced by another one', async () => {
    const topology = await topologyOf(
        clusterText({
            body: `
                node c1 in lab.z1 as controller
                node b1 in lab.z1 as broker  node b2 in lab.z2 as broker  node b3 in lab.z3 as broker
                node b4 in lab.z1 as broker
                topic t { partition 0 on b1, b2, b3  settings { min.insync.replicas = 3 } }`,
            steps: 'at 10s fail node b3  expect k.t fully replicated at 9s',
            workloads: writer(10, 'acks = all'),
            until: '400s',
        }),
    );
    const result = runOf(topology);
    expect(result.outages.find(({ operation }) => operation === 'write')!.toMs).toBeNull();
    expect(result.states).toEqual([{ expectation: 0, state: 'yes' }]);
});
