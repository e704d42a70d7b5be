/** A lease that the active server renews, and that another takes when it runs out (Patroni: `ttl`, `loop_wait`). */
import { describe, expect, it, vi } from 'vitest';
import { proveObjective, runScenario } from '../../../src/analysis/index.js';
import type { Run } from '../../../src/simulator/index.js';
import { topologyOf } from '../../support/run.js';
import { findingsOf, read, run } from './support/scenarios.js';
import { seeds, spread } from './support/spread.js';

vi.setConfig({ testTimeout: 60_000 });

const AT = 20_000;

interface Parts {
    readonly steps: string;
    readonly settings?: string;
    readonly endpoint?: string;
    readonly more?: string;
}

function text({ steps, settings, endpoint, more }: Parts): string {
    return `region lab { zone a  zone b  zone c }
cluster pg: server in lab {
  nodes pg[1..3] across zones
  ${endpoint ?? 'endpoint discovery'}
  failover active-passive { promote automatically }
  settings { ${settings ?? 'ttl = 30  loop_wait = 10  retry_timeout = 10'} }
}
workload near in lab.a { writes pg 1/s with timeout = 100ms, retries = 0 }
scenario failure { ${steps}  until 90s ${more ?? ''} }`;
}

async function runs(parts: Parts, count: number): Promise<Run[]> {
    const topology = await read(text(parts));
    return seeds(count).map((seed) => run(topology, 'failure', seed));
}

const ranOut = ({ trace }: Run): number => trace.find(({ text: line }) => line.endsWith('it runs out'))!.atMs - AT;
const promoted = ({ leaders }: Run, node = 1): number => leaders.find(({ to }) => to === node)!.atMs - AT;

/** Within, and within 6 % of both ends. */
function expectSpan(values: readonly number[], least: number, most: number): void {
    const { min, max } = spread(values);
    const near = 0.06 * (most - least);
    expect(min).toBeGreaterThanOrEqual(least);
    expect(min).toBeLessThanOrEqual(least + near);
    expect(max).toBeLessThanOrEqual(most);
    expect(max).toBeGreaterThanOrEqual(most - near);
}

describe('the lease of a server that died runs out', () => {
    it.each([
        [30, 10, 20_000, 30_000],
        [20, 5, 15_000, 20_000],
        [60, 10, 50_000, 60_000],
    ])('ttl %i s, loop_wait %i s: from %i to %i ms after the failure', async (ttl, loop, least, most) => {
        const settings = `ttl = ${ttl}  loop_wait = ${loop}  retry_timeout = 5`;
        for (const fault of ['fail', 'crash', 'freeze']) {
            const steps = `at 20s ${fault} node pg1`;
            expectSpan((await runs({ steps, settings }, 200)).map(ranOut), least, most);
        }
    });

    it('renews it every ten seconds unless told otherwise, and holds it for what the file says', async () => {
        const settings = 'ttl = 40';
        expectSpan((await runs({ steps: 'at 20s fail node pg1', settings }, 200)).map(ranOut), 30_000, 40_000);
    });

    it.each([
        ['a host that refuses says so at once', 'at 20s crash node pg1', '', 0, 2000],
        ['a silent host is waited for', 'at 20s fail node pg1', '', 2000, 4000],
        ['so is a frozen one', 'at 20s freeze node pg1', '', 2000, 4000],
        ['and another that is silent', 'at 20s fail node pg3  at 20s crash node pg1', '', 2000, 4000],
        ['a promotion as it was measured', 'at 20s crash node pg1', 'assumed.promotion-time = 500', 0, 500],
        ['one that costs nothing', 'at 20s fail node pg1', 'assumed.promotion-time = 0', 2000, 2000],
    ])('then another is promoted: %s', async (_what, steps, more, least, most) => {
        const settings = `ttl = 30  loop_wait = 10  retry_timeout = 10  ${more}`;
        const taken = (await runs({ steps, settings }, 200)).map((each) => promoted(each) - ranOut(each));
        expectSpan(taken, least, most);
    });

    it('goes to the next one if the heir dies while it is promoted', async () => {
        const settings = 'ttl = 20  loop_wait = 10  retry_timeout = 5  assumed.promotion-time = 12s';
        const all = await runs({ steps: 'at 20s crash node pg1  at 41s fail node pg2', settings }, 60);
        expect(new Set(all.map(({ leaders }) => leaders.at(-1)!.to))).toEqual(new Set([2]));
        expect(all.some(({ leaders }) => leaders.every(({ to }) => to !== 1))).toBe(true);
    });

    it('stays with the old one that is back before the next has taken it', async () => {
        const settings = 'ttl = 20  loop_wait = 10  retry_timeout = 5';
        for (const each of await runs({ steps: 'at 20s freeze node pg1  at 41s unfreeze node pg1', settings }, 60)) {
            const back = ranOut(each) > 19_000;
            expect(each.leaders.at(-1)!.to).toBe(back ? 0 : 1);
        }
    });

    it('is proved within the same bounds', async () => {
        const objective = (limit: string): string =>
            `${text({ steps: '' })} objective o for pg { tolerate any 1 node  restore writes within ${limit}  lose no writes }`;
        const { clauses } = await proveObjective(await topologyOf(objective('36s')), 0);
        expect(clauses.map(({ status }) => status)).toEqual(['passed', 'passed', 'not-proved']);
        expect(clauses[1]!.assumptions?.join()).toContain('The store that holds the lease does not fail');
        expect(clauses[2]!.actual).toContain('is not modelled');
        const [, slower] = (await proveObjective(await topologyOf(objective('21s')), 0)).clauses;
        expect(slower!.status).toBe('failed');
    });
});

describe('a lease is kept', () => {
    it.each([
        'crash node pg1  at 30s restart node pg1',
        'fail node pg1  at 35s restore node pg1',
        'freeze node pg1  at 39s unfreeze node pg1',
    ])('by a server that is back before it runs out: %s', async (steps) => {
        for (const { leaders } of await runs({ steps: `at 20s ${steps}` }, 50)) {
            expect(leaders.at(-1)!.to).toBe(0);
            expect(leaders.some(({ to }) => to === 1)).toBe(false);
        }
    });

    it('renewed at the return: a second failure has its own time', async () => {
        const steps = 'at 11s crash node pg1  at 20s restart node pg1  at 20s crash node pg1';
        const times = spread((await runs({ steps }, 50)).map(ranOut));
        expect([times.min, times.max]).toEqual([30_000, 30_000]);
    });
});

it('a clean stop gives the lease up after a second, and the next in order is promoted', async () => {
    const all = await runs({ steps: 'at 20s stop node pg1' }, 200);
    expectSpan(
        all.map((each) => promoted(each)),
        1000,
        3000,
    );
    expect(all[0]!.trace.map(({ text: line }) => line)).toContain('pg.pg1 has stopped and gives its lease up');
});

describe('a planned switchover', () => {
    it('stops the active server, and the named one is promoted a second later', async () => {
        const all = await runs({ steps: 'at 20s switchover pg to pg3' }, 200);
        expectSpan(
            all.map((each) => promoted(each, 2)),
            1000,
            3000,
        );
        const told = all[0]!.trace.map(({ text: line }) => line);
        expect(told).toContain('pg.pg1 stops to hand over to pg.pg3');
        expect(told).toContain('pg.pg3 becomes the active server instead of pg.pg1');
        expect(all.every(({ splitBrains }) => splitBrains.length === 0)).toBe(true);
    });

    it('waits for nobody who is silent', async () => {
        const steps = 'at 10s fail node pg2  at 20s switchover pg to pg3';
        const all = await runs({ steps }, 100);
        expect(Math.max(...all.map((each) => promoted(each, 2)))).toBeLessThanOrEqual(3000);
    });

    it('leaves the old one active if the named one dies meanwhile, and changes nothing if it is dead', async () => {
        for (const steps of [
            'at 20s switchover pg to pg3  at 20500ms fail node pg3',
            'at 10s fail node pg3  at 20s switchover pg to pg3',
        ]) {
            const [each] = await runs({ steps }, 1);
            expect(each!.leaders.at(-1)!.to).toBe(0);
        }
    });

    it('goes on if the old one dies while it hands over', async () => {
        for (const each of await runs({ steps: 'at 20s switchover pg to pg3  at 20500ms fail node pg1' }, 30)) {
            expect(promoted(each, 2)).toBeLessThanOrEqual(3000);
            expect(each.leaders.at(-1)!.to).toBe(2);
        }
    });
});

describe('a server that is cut off', () => {
    const steps = 'at 20s isolate zone lab.a  at 80s restore zone lab.a';

    it('steps back before another takes over, so that two never act', async () => {
        for (const { trace, splitBrains, leaders } of await runs({ steps }, 60)) {
            const back = trace.find(({ text: line }) =>
                line.includes('cannot renew its lease for 10 s and steps back'),
            )!;
            expect(back.atMs - AT).toBeGreaterThan(10_000);
            expect(back.atMs - AT).toBeLessThanOrEqual(20_000);
            expect(splitBrains).toEqual([]);
            expect(leaders.at(-1)!.to).toBe(1);
        }
    });

    it('acts beside the next one where the lease is too short for that', async () => {
        const settings = 'ttl = 12  loop_wait = 10  retry_timeout = 10';
        const [each] = await runs({ steps, settings }, 1);
        expect(each!.splitBrains).toHaveLength(1);
        const found = findingsOf(await read(text({ steps, settings })), 'pg').map(({ code }) => code);
        expect(found).toContain('server/lease-too-short');
    });

    it('acts again when it is back and nobody could take over', async () => {
        const all = 'at 20s isolate region lab  at 38s restore region lab';
        const [each] = await runs({ steps: all, settings: 'ttl = 40  loop_wait = 5  retry_timeout = 5' }, 1);
        const told = each!.trace.map(({ text: line }) => line);
        expect(told.some((line) => line.endsWith('is the active server again, since no other took its place'))).toBe(
            true,
        );
        expect(each!.leaders.at(-1)!.to).toBe(0);
    });
});

it('nothing is said about lost writes and stale reads, which are not modelled', async () => {
    const more = 'expect no lost writes in pg  expect no stale reads in pg';
    const { verdict } = await runScenario(await topologyOf(text({ steps: 'at 20s crash node pg1', more })), 0);
    expect(verdict.clauses.map(({ status }) => status)).toEqual(['error', 'error']);
    expect(verdict.clauses[0]!.actual).toMatch(/^Lost writes are not counted: .* is not modelled\.$/);
});

it.each([
    ['endpoint vip 10.0.0.1', 'server/lease-without-effect'],
    ['endpoint load-balancer 10.0.0.1 { check every 2s }', 'server/lease-without-effect'],
    ['endpoint dns pg.internal { ttl 5s }', undefined],
])('%s: %s', async (endpoint, code) => {
    const found = findingsOf(await read(text({ steps: '', endpoint })), 'pg').map((each) => each.code);
    expect(found.includes('server/lease-without-effect')).toBe(code !== undefined);
    expect(found).not.toContain('server/detection-undeclared');
});

it('a server that restarts before it is missed leads again, with `detect within`, too', async () => {
    const topology = await read(`region lab { zone a  zone b }
cluster db: server in lab { nodes db[1..2] across zones  endpoint discovery  failover active-passive { detect within 9s } }
scenario failure { at 20s crash node db1  at 20500ms restart node db1  until 60s }`);
    const back = seeds(30).filter((seed) => run(topology, 'failure', seed).leaders.at(-1)!.to === 0);
    expect(back.length).toBeGreaterThan(20);
});
