/** Whatever befalls a cluster: when all is well again it comes back by itself, with every replica in sync. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, NODES, writer } from './support/cluster.js';

const NAMES = ['c1', 'c2', 'c3', 'b1', 'b2', 'b3'] as const;
const node = fc.constantFrom(...NAMES);
const some = fc.uniqueArray(node, { minLength: 1, maxLength: 4 }).map((names) => names.join(', '));
const side = (names: readonly string[]): string => names.map((name) => `node ${name}`).join(', ');

const fault = fc.oneof(
    fc
        .tuple(fc.constantFrom('fail', 'crash', 'stop', 'freeze', 'restart'), some)
        .map(([kind, who]) => `${kind} node ${who}`),
    fc.tuple(fc.constantFrom('isolate', 'restore'), some).map(([kind, who]) => `${kind} node ${who}`),
    fc
        .shuffledSubarray([...NAMES], { minLength: 1, maxLength: 5 })
        .map((one) => `partition ${side(one)} | ${side(NAMES.filter((name) => !one.includes(name)))}`),
    fc
        .tuple(node, node)
        .filter(([one, other]) => one !== other)
        .map(([one, other]) => `cut node ${one} -> node ${other}`),
    fc.tuple(node, fc.integer({ min: 10, max: 200 })).map(([who, ms]) => `slow node ${who} by ${ms}ms`),
    fc.constant('heal'),
    some.map((who) => `unfreeze node ${who}`),
);

const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 15_000 }), fault), { minLength: 1, maxLength: 7 });

type Case = [[number, string][], string, string, string, number];

/** What was found at random and mended. */
const FOUND: Case[] = [
    // A leader's wish is granted by a controller that is gone before anybody else has heard of it.
    [
        [
            [1, 'restart node b1, c1'],
            [1_028, 'fail node c1'],
            [1, 'partition node c3 | node c1, node c2, node b1, node b2, node b3'],
        ],
        '3.3',
        'all',
        '',
        0,
    ],
    // A broker that leads again was overtaken before: what it accepts now is not lost.
    [
        [
            [1, 'restart node b1, c1'],
            [1_029, 'freeze node b2'],
            [1, 'partition node c3 | node c1, node c2, node b1, node b2, node b3'],
        ],
        '3.3',
        'all',
        '',
        0,
    ],
    // A follower of a leader that was overtaken ends: it holds what both have in common.
    [
        [
            [1, 'isolate node c3, c2, b3'],
            [5_855, 'isolate node c1'],
            [1, 'restart node b2, c1'],
            [568, 'partition node c3, node c2 | node c1, node b1, node b2, node b3'],
        ],
        '4.1',
        'all',
        '',
        0,
    ],
];

test('comes back by itself, and loses nothing that all in-sync replicas had unless power fails', async () => {
    await fc.assert(
        fc.asyncProperty(
            steps,
            fc.constantFrom('3.3', '3.9', '4.0', '4.1'),
            fc.constantFrom('all', '1'),
            fc.constantFrom('', ', request.timeout.ms = 2s, delivery.timeout.ms = 3s', ', delivery.timeout.ms = 60s'),
            fc.nat({ max: 1_000 }),
            async (faults, version, acks, patience, seed) => {
                let atMs = 5_000;
                const lines = faults.map(([gapMs, what]) => `at ${(atMs += gapMs)}ms ${what}`);
                const all = NAMES.join(', ');
                const calm = atMs + 10_000;
                lines.push(
                    `at ${calm}ms heal`,
                    `at ${calm}ms unfreeze node ${all}`,
                    `at ${calm}ms restore node ${all}`,
                    ...NAMES.map((name) => `at ${calm}ms slow node ${name} by 0ms`),
                );
                const until = calm + 60_000;
                const topology = await topologyOf(
                    clusterText({
                        version,
                        body: `${NODES}
                            topic t { partition 0 on b1, b2, b3  partition 1 on b2, b3  settings { min.insync.replicas = 2 } }`,
                        settings: 'broker.session.timeout.ms = 4000  broker.heartbeat.interval.ms = 1000',
                        workloads: `${writer(4, `acks = ${acks}${patience}`)} workload r { reads k.t 4/s }`,
                        steps: `${lines.join('\n')}  expect k fully replicated at ${until - 1_000}ms`,
                        until: `${until}ms`,
                    }),
                );
                const run = runOf(topology, seed);
                expect(run.states).toEqual([{ expectation: 0, state: 'yes' }]);
                expect(run.outages.filter(({ toMs }) => toMs === null)).toEqual([]);
                expect(run.splitBrains.filter(({ toMs }) => toMs === null)).toEqual([]);
                if (acks === 'all' && !lines.some((line) => line.includes('fail node'))) {
                    expect(run.lostWrites).toEqual([]);
                }
            },
        ),
        { numRuns: Number(process.env['RUNS'] ?? 25), examples: FOUND },
    );
});
