/** Replicas that move to primaries without any; see tests/cluster/tests/07-replica-migration.tcl of redis/redis. */
import { describe, expect, test } from 'vitest';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { replicasInTheEnd } from '../../../src/engines/redis/replica-counts.js';
import { clusterText, eventsOf, rulesOf, shardOf, without } from './support/cluster.js';

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);
const T = 2_000;
const CRON = 100;

/** The first shard has two replicas, the others one each. */
const BODY = `
    node m1 in lab.z1  node r1a in lab.z2  node r1b in lab.z3
    node m2 in lab.z2  node r2 in lab.z3
    node m3 in lab.z3  node r3 in lab.z1
    shard s1 on m1, r1a, r1b
    shard s2 on m2, r2
    shard s3 on m3, r3`;

const text = (steps: string, settings = '', body = BODY): string =>
    clusterText({ timeoutMs: T, body, settings, steps, until: '90s' });

describe('the only replica of a shard dies', async () => {
    const topology = await topologyOf(text('at 10s fail node r2  at 40s fail node m2'));
    const runs = SEEDS.map((seed) => runOf(topology, seed));

    test('one of the two replicas of another shard moves in, five seconds after the failure is agreed upon', () => {
        const movers = runs.map((run) => {
            const moves = eventsOf(run, 'recovery');
            expect(moves).toHaveLength(1);
            expect(moves[0]!.text).toMatch(
                /^r1[ab] leaves m1 and becomes a replica of m2, which had none left for s2$/,
            );
            const agreed = eventsOf(run, 'detection', /marks r2/)[0]!.atMs;
            expect(moves[0]!.atMs - agreed).toBeGreaterThan(5_000);
            expect(moves[0]!.atMs - agreed).toBeLessThanOrEqual(5_000 + 3 * CRON);
            expect(run.trace[moves[0]!.cause]!.text).toMatch(/marks r2 as failed/);
            return moves[0]!.text.slice(0, 3);
        });
        expect(new Set(movers)).toEqual(new Set(['r1a', 'r1b']));
    });

    test('and is promoted when the primary that it joined dies as well', () => {
        for (const run of runs) {
            const mover = eventsOf(run, 'recovery')[0]!.text.slice(0, 3);
            expect(eventsOf(run, 'promotion').map((event) => event.text)).toEqual([
                `${mover} wins the election and becomes primary of s2`,
            ]);
            expect(outagesOf(topology, run, 's2', 'write')).toHaveLength(1);
            expect(outagesOf(topology, run, 's2', 'write')[0]!.toMs).not.toBeNull();
        }
    });
});

test('a replica moves to a primary that was promoted and stands alone', async () => {
    const topology = await topologyOf(text('at 10s fail node m2'));
    for (const seed of SEEDS) {
        const run = runOf(topology, seed);
        const [promotion] = eventsOf(run, 'promotion');
        const [move] = eventsOf(run, 'recovery');
        expect(move!.text).toMatch(/becomes a replica of r2,/);
        expect(run.trace[move!.cause]).toBe(promotion);
        expect(move!.atMs - promotion!.atMs).toBeGreaterThan(5_000);
    }
});

test.each([
    ['its primary would not keep enough', 'cluster-migration-barrier = 2', BODY],
    ['nobody may move', 'cluster-allow-replica-migration = no', BODY],
    ['no primary has two', '', BODY.replace(', r1b', '').replace('node r1b in lab.z3', '')],
])('nobody moves where %s', async (_why, settings, body) => {
    const topology = await topologyOf(text('at 10s fail node r2  at 40s fail node m2', settings, body));
    for (const seed of SEEDS.slice(0, 10)) {
        const run = runOf(topology, seed);
        expect(eventsOf(run, 'recovery')).toHaveLength(0);
        expect(outagesOf(topology, run, 's2', 'write').at(-1)!.toMs).toBeNull();
    }
});

test('a primary that never had a replica is not taken for one that lost all', async () => {
    const body = BODY.replace('shard s2 on m2, r2', 'shard s2 on m2').replace('m3, r3', 'm3, r3, r2');
    const topology = await topologyOf(text('at 10s fail node r3', '', body));
    for (const seed of SEEDS.slice(0, 10)) {
        expect(eventsOf(runOf(topology, seed), 'recovery')).toHaveLength(0);
    }
});

describe.each([
    ['its replica', 'r2'],
    ['its primary, so that the replica stands alone,', 'm2'],
])('a shard that needs a replica to accept writes loses %s', async (_what, lost) => {
    const settings = 'min-replicas-to-write = 1  min-replicas-max-lag = 2';
    const topology = await topologyOf(text(`at 10s fail node ${lost}`, settings));
    const [rules, shard, state] = [rulesOf(topology), shardOf(topology, 's2'), without(topology, lost)];

    test('and accepts them again when another has moved in, within the bounds that the rules state', () => {
        expect(rules.serves(shard, 'write', state).serves).toBe(true);
        const { minMs, maxMs, parts } = rules.recovery(shard, 'write', state);
        expect(parts.map(({ label }) => label)).toContain('a replica moves in');
        for (const seed of SEEDS) {
            const outages = outagesOf(topology, runOf(topology, seed), 's2', 'write');
            const lastedMs = (outages.at(-1)?.toMs ?? Infinity) - 10_000;
            expect(lastedMs).toBeGreaterThanOrEqual(Math.max(minMs, 5_000));
            expect(lastedMs).toBeLessThanOrEqual(maxMs);
        }
    });

    test('unless none may move', async () => {
        const barred = await topologyOf(text('', `${settings}  cluster-allow-replica-migration = no`));
        expect(rulesOf(barred).serves(shard, 'write', state)).toMatchObject({
            serves: false,
            reason: expect.stringMatching(/has 0 replicas left/) as string,
        });
    });
});

describe('which replica moves depends on names that nobody knows', () => {
    const standing = { owned: true, hadReplicas: true, living: 1, dead: 0 };
    const alone = { ...standing, living: 0, dead: 1 };

    test.each([
        ['an orphan is served while somebody has two', [{ ...standing, living: 2 }, alone], 1, 1, [1, 1]],
        ['the giver keeps what the barrier says', [{ ...standing, living: 2 }, alone], 0, 1, [1, 1]],
        ['nothing below the barrier', [{ ...standing, living: 2 }, alone], 1, 2, [0, 0]],
        ['two orphans and one to give', [{ ...standing, living: 2 }, alone, alone], 1, 1, [0, 1]],
        [
            'one orphan and two that could give',
            [{ ...standing, living: 2 }, { ...standing, living: 2 }, alone],
            0,
            1,
            [1, 2],
        ],
        ['a dead replica may have the smallest name', [{ ...standing, living: 2, dead: 1 }, alone], 1, 1, [0, 1]],
        [
            'a primary that never had one',
            [
                { ...standing, living: 2 },
                { ...alone, hadReplicas: false },
            ],
            1,
            1,
            [0, 0],
        ],
    ])('%s', (_what, standings, about, barrier, [worst, best]) => {
        expect(replicasInTheEnd(standings, about, barrier, 'worst')).toBe(worst);
        expect(replicasInTheEnd(standings, about, barrier, 'best')).toBe(best);
    });
});
