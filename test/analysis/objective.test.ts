import { describe, expect, it } from 'vitest';
import { CancelledError, proveObjective, type ProofOptions, type Verdict } from '../../src/analysis/index.js';
import type { DelayPart, ServiceRules } from '../../src/proof/index.js';
import type { Topology } from '../../src/topology/index.js';
import { topology, withObjective, type BareClause } from '../support/model.js';
import { anyCopy, toyEngine } from '../support/toy-engine.js';
import { topologyOf } from '../support/run.js';

const pair = topology([
    { name: 'db', nodes: { n1: { zone: 'a' }, n2: { zone: 'a' }, n3: { zone: 'b' } }, shards: { s: ['n1', 'n2'] } },
]);
const anyNode: BareClause = { kind: 'tolerate', shape: [{ count: 1, level: 'node' }] };
const anyZone: BareClause = { kind: 'tolerate', shape: [{ count: 1, level: 'zone' }] };
const writes30: BareClause = { kind: 'restore', operation: 'write', limitMs: 30_000 };

function prove(
    model: Topology,
    clauses: readonly BareClause[],
    rules: Partial<ServiceRules> = {},
    options: ProofOptions = {},
): Promise<Verdict> {
    const engine = toyEngine({ rules: (context) => ({ ...anyCopy(context), ...rules }) });
    return proveObjective(withObjective(model, ['db'], clauses), 0, { engines: () => engine, ...options });
}

function promotion(minMs: number, maxMs: number): DelayPart {
    return { label: 'promotion', minMs, maxMs, ...(maxMs === Infinity && { remedy: 'assume failover takes A to B' }) };
}

function recovery(minMs: number, maxMs: number): Partial<ServiceRules> {
    return {
        recovery: () => ({ minMs, maxMs, parts: [promotion(minMs, maxMs)], assumptions: ['one', 'one'] }),
    };
}

describe('tolerate', () => {
    it('is proved over all sets', async () => {
        const verdict = await prove(pair, [anyNode]);
        expect(verdict).toMatchObject({
            status: 'passed',
            clauses: [{ sets: 3, actual: 'Proved over 3 failure sets.' }],
        });
    });

    it('is refuted by a smallest set, as a scenario that was seen to fail', async () => {
        const [clause] = (await prove(pair, [anyZone])).clauses;
        expect(clause).toMatchObject({ status: 'failed', sets: 1 });
        expect(clause!.actual).toBe(
            'Broken by zone r.a: no reads of db.s, because no copy is left (2 of 2 fail, reads and writes of a shard counted as two).',
        );
        expect(clause!.counterexample).toMatchObject({ faults: ['zone r.a'] });
        expect(clause!.counterexample!.scenario).toBe(
            [
                'scenario promise-broken-1 "db does not come back" {',
                '  seed 1',
                '  at 30s  fail zone r.a',
                '  until 6m',
                '  expect reads of db available at 5m',
                '}',
                '',
            ].join('\n'),
        );
    });

    it('tells when rules and simulation disagree', async () => {
        const never = { serves: (_s: number, _o: string, { failed }: { failed: readonly number[] }) => failed.length === 0 ? { serves: true as const } : { serves: false as const, reason: 'x' } }; // prettier-ignore
        expect((await prove(pair, [anyNode], never)).clauses[0]!.actual).toContain(
            'Rules and simulation disagree here',
        );
    });

    it('proves nothing where nothing can fail', async () => {
        const bare = topology([{ name: 'db', nodes: { n: {} } }]);
        expect((await prove(bare, [anyZone])).clauses[0]).toMatchObject({ status: 'not-proved', sets: 0 });
    });

    it('is not proved within too small a budget', async () => {
        const { clauses, status } = await prove(pair, [anyNode], {}, { budget: 4 });
        expect(status).toBe('not-proved');
        expect(clauses[0]!.actual).toContain('within the budget: 2 of 3 failure sets');
        expect(clauses[0]!.method).toContain('until the budget was spent');
    });

    it('gives up when it is cancelled', async () => {
        const slow: Partial<ServiceRules> = {
            serves: () => {
                const end = performance.now() + 15;
                while (performance.now() < end);
                return { serves: true };
            },
        };
        const interrupt = (): Promise<void> => Promise.reject(new CancelledError());
        await expect(prove(pair, [anyNode], slow, { interrupt })).rejects.toThrow(CancelledError);
    });

    it('is an error for an engine that nobody knows', async () => {
        const verdict = await prove(pair, [anyNode], {}, { engines: () => undefined });
        expect(verdict).toMatchObject({ status: 'error', clauses: [{ status: 'error' }] });
    });
});

describe('a failure that takes all clients along', () => {
    const app = (zone: string): Parameters<typeof topology>[1] => [
        { name: 'app', zone, demands: [{ cluster: 'db', operation: 'write', rate: 50 }] },
    ];
    const alone = { n1: { zone: 'a' }, n2: { zone: 'b' } };
    const inA = topology([{ name: 'db', nodes: alone, shards: { s: ['n1'] } }], app('a'));
    const writes: BareClause = { ...anyZone, operation: 'write' };

    it('is named where nothing else breaks it, and then no scenario is said to show it', async () => {
        const { clauses } = await prove(inA, [writes, { ...writes30, limitMs: 1 }]);
        for (const clause of clauses) {
            expect(clause).toMatchObject({ status: 'failed', sets: 1 });
            expect(clause.actual).toContain('Broken by zone r.a');
            expect(clause.actual).toContain(
                'No scenario shows it: All clients that write db stand in what fails and send nothing afterwards',
            );
            expect(clause).not.toHaveProperty('counterexample');
        }
    });

    it('gives way to one that a client is left to see, of the same size or larger', async () => {
        const twice = topology([{ name: 'db', nodes: alone, shards: { s: ['n1'], t: ['n2'] } }], app('a'));
        const [same] = (await prove(twice, [writes])).clauses;
        expect(same).toMatchObject({ status: 'failed', sets: 2, counterexample: { faults: ['zone r.b'] } });

        const either = topology([
            { name: 'db', nodes: { n1: { zone: 'a' }, n2: { zone: 'b' }, n3: { zone: 'c' } }, shards: { s: ['n1'], t: ['n2', 'n3'] } },
        ], app('a')); // prettier-ignore
        const twoZones: BareClause = { kind: 'tolerate', operation: 'write', shape: [{ count: 2, level: 'zone' }] };
        const [larger, restored] = (await prove(either, [twoZones, writes30])).clauses;
        expect(larger).toMatchObject({ status: 'failed', counterexample: { faults: ['zone r.b', 'zone r.c'] } });
        expect(restored).toMatchObject({ status: 'failed', counterexample: { faults: ['zone r.b', 'zone r.c'] } });
    });
});

it('what may as well not break gives way to what surely does', async () => {
    const open: Partial<ServiceRules> = {
        serves: (_shard, _operation, { failed }) =>
            failed.length === 0 || failed.includes(2)
                ? { serves: true }
                : failed.includes(0)
                  ? { serves: false, reason: 'chance decides', isOpen: true }
                  : { serves: false, reason: 'no copy is left' },
    };
    const [clause] = (await prove(pair, [anyNode], open)).clauses;
    expect(clause!.actual).toContain('Broken by node n2: no reads of db.s, because no copy is left');
});

it('what may not come back is not said to stay away', async () => {
    const open: Partial<ServiceRules> = {
        serves: (_shard, _operation, { failed }) =>
            failed.length === 0 ? { serves: true } : { serves: false, reason: 'chance decides', isOpen: true },
    };
    const { clauses } = await prove(pair, [anyNode, writes30], open);
    expect(clauses.map(({ status }) => status)).toEqual(['not-proved', 'not-proved']);
    expect(clauses[1]!.actual).toBe('Not proved for node n1: chance decides.');
});

it('of what is too slow the fewest failures are named that a run with the same seed is too slow after', async () => {
    const text = `region r { zone a  zone b }
cluster web: server in r {
  node n-1 in r.a { priority 200 }  node n-2 in r.b { priority 150 }  node n-3 in r.b { priority 100 }
  endpoint vip 10.0.0.10 { advertise every 1s }
}
objective fast for web { tolerate any 2 nodes  restore writes within 3s }
`;
    const [, clause] = (await proveObjective(await topologyOf(text), 0)).clauses;
    expect(clause).toMatchObject({ status: 'failed' });
    expect(clause!.counterexample!.faults).toHaveLength(1);
});

describe('restore', () => {
    it('is proved when the largest delay fits', async () => {
        const [, clause] = (await prove(pair, [anyNode, writes30], recovery(1_000, 30_000))).clauses;
        expect(clause).toMatchObject({ status: 'passed', valueMs: 30_000, sets: 3, assumptions: ['one'] });
        expect(clause!.actual).toBe(
            'Proved over 3 failure sets: at most 30.0 s, after node n1 fails (promotion 1.0 s to 30.0 s).',
        );
    });

    it('is refuted when even the smallest is longer', async () => {
        const [, clause] = (await prove(pair, [anyNode, writes30], recovery(31_000, 40_000))).clauses;
        expect(clause).toMatchObject({ status: 'failed', counterexample: { faults: ['node n1'] } });
        expect(clause!.actual).toContain('at least 31.0 s, 1.0 s longer than allowed');
    });

    it('is not proved in between, with the figures of simulated runs', async () => {
        const [, clause] = (await prove(pair, [anyNode, writes30], recovery(1, 40_000), { samples: 3 })).clauses;
        expect(clause!.status).toBe('not-proved');
        expect(clause!.actual).toContain('may take up to 40.0 s, 10.0 s longer than the 30.0 s allowed');
        expect(clause!.actual).toContain('In 3 simulated runs the median was 0 ms and the 99th percentile 0 ms');
    });

    it('says by how much, where both figures round to the same', async () => {
        const exceeding = async (maxMs: number): Promise<string> =>
            (await prove(pair, [anyNode, writes30], recovery(1, maxMs), { samples: 1 })).clauses[1]!.actual;
        expect(await exceeding(30_004)).toContain('may take up to 30.0 s, 4 ms longer than the 30.0 s allowed');
        expect(await exceeding(30_000.2)).toContain('may take up to 30.0 s, 1 ms longer than the 30.0 s allowed');
    });

    it('asks only what clients see that are left', async () => {
        const seenFromA = topology(
            [{ name: 'db', nodes: { n1: { zone: 'a' }, n2: { zone: 'b' } }, shards: { s: ['n1', 'n2'] } }],
            [{ name: 'app', zone: 'a', demands: [{ cluster: 'db', operation: 'write', rate: 50 }] }],
        );
        const slowIn = (zone: number): Partial<ServiceRules> => ({
            serves: () => ({ serves: true }),
            recovery: (_shard, _operation, { dark }) =>
                dark?.some((place) => place.kind === 'zone' && place.zone === zone)
                    ? { minMs: 35_000, maxMs: 40_000, parts: [], assumptions: [] }
                    : { minMs: 0, maxMs: 0, parts: [], assumptions: [] },
        });
        const [, unseen] = (await prove(seenFromA, [anyZone, writes30], slowIn(0))).clauses;
        expect(unseen).toMatchObject({ status: 'passed' });
        expect(unseen!.actual).toBe(
            'Proved over 2 failure sets: clients notice nothing. What all clients of a shard fail together with is left out for it: nobody waits.',
        );
        const [, seen] = (await prove(seenFromA, [anyZone, writes30], slowIn(1))).clauses;
        expect(seen!.actual).toContain('After zone r.b fails it takes at least 35.0 s');
    });

    it('without a documented maximum says what would declare one', async () => {
        const [, clause] = (await prove(pair, [anyNode, writes30], recovery(1, Infinity), { samples: 1 })).clauses;
        expect(clause).not.toHaveProperty('valueMs');
        expect(clause!.actual).toContain(
            "'promotion' has no documented maximum. Declare one in the cluster with 'assume failover takes A to B'",
        );
    });

    it('fails together with a tolerance that does', async () => {
        const [, clause] = (await prove(pair, [anyZone, writes30])).clauses;
        expect(clause).toMatchObject({ status: 'failed', counterexample: { faults: ['zone r.a'] } });
        expect(clause!.counterexample!.scenario).toContain('expect writes of db restored within 30s');
    });

    it('holds for nothing without a tolerance about its operation', async () => {
        const reads: BareClause = { ...anyNode, operation: 'read' };
        expect((await prove(pair, [writes30])).clauses[0]!.status).toBe('not-proved');
        expect((await prove(pair, [reads, writes30])).clauses[1]!.actual).toContain(
            "no 'tolerate' clause about writes",
        );
    });
});

describe('other clauses', () => {
    const loss = (windowMs: number): Partial<ServiceRules> => ({
        loss: () => ({ kind: 'within', windowMs, reason: 'It lags.' }),
    });

    it('lose no writes is never proved where copies lag', async () => {
        const none: BareClause = { kind: 'lose', limitMs: 0 };
        expect((await prove(pair, [anyNode, none])).clauses[1]!.status).toBe('passed');
        expect((await prove(pair, [anyNode, none], loss(0), { samples: 2 })).clauses[1]!.status).toBe('not-proved');
    });

    it('a bounded loss is proved when the window fits', async () => {
        const two: BareClause = { kind: 'lose', limitMs: 2_000 };
        expect((await prove(pair, [anyNode, two], loss(2_000))).clauses[1]!.status).toBe('passed');
        const resting = {
            loss: () => ({ kind: 'within' as const, windowMs: 1, reason: 'x', assumptions: ['disks are quick'] }),
        };
        expect((await prove(pair, [anyNode, two], resting)).clauses[1]).toMatchObject({
            status: 'passed',
            assumptions: ['disks are quick'],
        });
        const open = (await prove(pair, [anyNode, two], loss(Infinity))).clauses[1]!;
        expect(open.status).toBe('not-proved');
        expect(open.actual).toContain('acknowledged writes may be lost, and no bound is known, because it lags.');
    });

    it('availability and durability are said not to be computed', async () => {
        const verdict = await prove(pair, [
            { kind: 'availability', minimum: 0.99 },
            { kind: 'durability', minimum: 0.99 },
        ]);
        expect(verdict.clauses.map(({ actual }) => actual)).toEqual([
            'Not proved: availability is not computed yet.',
            'Not proved: durability is not computed yet.',
        ]);
    });

    it('nothing is proved about what does not exist', async () => {
        const empty = topology([{ name: 'db', nodes: { n: {} }, shards: {} }]);
        const verdict = await prove(empty, [anyNode, writes30, { kind: 'lose', limitMs: 0 }]);
        expect(verdict.clauses.map(({ status }) => status)).toEqual(['error', 'error', 'error']);
        expect(verdict.clauses[0]!.actual).toBe("'db' has no shards, so there is nothing that this could be about.");
    });

    it('an objective without clauses promises nothing', async () => {
        expect((await prove(pair, [])).status).toBe('not-proved');
    });
});

it('a seed that refutes a restore replays', async () => {
    const text = `region r { zone a  zone b  zone c }
cluster sessions: redis "7.2" in r {
  nodes cache-[1..6] across zones
  shard s-1 on cache-1, cache-5
  shard s-2 on cache-2, cache-6
  shard s-3 on cache-3, cache-4
  endpoint discovery
}
objective fast for sessions { tolerate any 1 node  restore writes within 19s }
`;
    const verdict = await proveObjective(await topologyOf(text), 0);
    const [, restore] = verdict.clauses;
    expect(restore!.status).toBe('failed');
    expect(restore!.counterexample!.scenario).toMatch(/seed \d+/);
    const { runScenario } = await import('../../src/analysis/index.js');
    const again = await runScenario(await topologyOf(text + restore!.counterexample!.scenario), 0);
    expect(again.verdict.status).toBe('failed');
    expect(again.verdict.clauses[0]!.valueMs).toBe(restore!.valueMs);
});
