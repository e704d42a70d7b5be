/** What a run leaves out is said beside its verdict, and only there. */
import { describe, expect, it } from 'vitest';
import { runScenario, type Verdict } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';

async function verdictOf(model: string, scenario: string): Promise<Verdict> {
    const topology = await topologyOf(`region r { zone a  zone b  zone c }\n${model}\nscenario s { ${scenario} }`);
    return (await runScenario(topology, 0)).verdict;
}

async function notesOf(model: string, scenario: string): Promise<readonly string[]> {
    return (await verdictOf(model, scenario)).notes;
}

const POOL = `
cluster w: server in r {
  nodes w-[1..4] across r.a, r.b { capacity 500/s }
  endpoint load-balancer 10.0.0.20 { check every 2s timeout 1s fall 3 rise 2 }
  failover active-active
}
workload far in r.c { reads w 1000/s }
workload near in r.a { reads w 900/s }`;
const REDIS = `
cluster s: redis "7.2" in r {
  nodes c-[1..6] across zones
  shard s-1 on c-1, c-5  shard s-2 on c-2, c-6  shard s-3 on c-3, c-4
  endpoint discovery
}
workload app in r.b { writes s 400/s }`;
const CASSANDRA = `
cluster c: cassandra "5.0" in r {
  nodes u-[1..3] across zones
  keyspace k { replicas r 3  settings { replication = NetworkTopologyStrategy } }
}`;

describe('overload', () => {
    const told = (notes: readonly string[]): readonly string[] => notes.filter((note) => note.startsWith('Overload'));

    it('is told once, with the figures and from when on', async () => {
        const notes = await notesOf(POOL, 'at 10s crash node w-1  at 20s crash node w-2, w-3  until 3m');
        expect(told(notes)).toEqual([
            'Overload fails no request here: from 10.0 s on what serves of w carries 500 requests/s, and 1,900 are sent.',
        ]);
    });

    it('ends where enough serves again', async () => {
        const notes = await notesOf(POOL, 'at 10s crash node w-1  at 1m restart node w-1  until 3m');
        expect(told(notes)).toEqual([
            'Overload fails no request here: from 10.0 s to 1:02.1 what serves of w carries 1,500 requests/s, and 1,900 are sent.',
        ]);
    });

    it('is none where nothing serves at all, and requests fail', async () => {
        expect(told(await notesOf(POOL, 'at 10s crash node w-1, w-2, w-3, w-4  until 3m'))).toEqual([]);
        const unlimited = POOL.replace(' { capacity 500/s }', '');
        expect(told(await notesOf(unlimited, 'at 10s crash node w-1, w-2, w-3, w-4  until 3m'))).toEqual([]);
    });

    it('is none where the clients failed with their place, or what is left is enough', async () => {
        const zone = POOL.replaceAll('500/s', '600/s');
        expect(told(await notesOf(zone, 'at 10s fail zone r.a  until 3m'))).toEqual([]);
        expect(told(await notesOf(zone, 'at 10s crash node w-1, w-3  until 3m'))).toHaveLength(1);
        const unlimited = POOL.replace(' { capacity 500/s }', '');
        expect(told(await notesOf(unlimited, 'at 10s crash node w-1, w-2, w-3  until 3m'))).toEqual([]);
    });
});

describe('the patience of the probe', () => {
    const told = (notes: readonly string[]): boolean => notes.some((note) => note.includes('gives up after 250 ms'));

    it('is told where answers came too late for it', async () => {
        const notes = await notesOf(CASSANDRA, 'at 1m slow zone r.a by 130ms  until 2m');
        expect(told(notes)).toBe(true);
        expect(notes.join()).toContain('c 10/s with timeout = 2s }`');
    });

    it('is not told of a workload, nor where nobody answers', async () => {
        const workload = `${CASSANDRA}\nworkload app { reads c 10/s with timeout = 200ms  writes c 10/s with timeout = 200ms }`;
        expect(told(await notesOf(workload, 'at 1m slow zone r.a by 130ms  until 2m'))).toBe(false);
        expect(told(await notesOf(CASSANDRA, 'at 1m crash node u-1, u-2  until 2m'))).toBe(false);
    });
});

describe('a start that takes no time', () => {
    const told = (notes: readonly string[]): readonly string[] => notes.filter((note) => note.includes('to start'));

    it('is told where a process was restarted or missed, with a way to say otherwise', async () => {
        const [restarted] = told(await notesOf(REDIS, 'at 1m restart node c-1  until 2m'));
        expect(restarted).toContain('how long a process of s takes to start');
        expect(restarted).toContain('`restart node …`');
        expect(told(await notesOf(REDIS, 'at 1m crash node c-1, c-5  at 3m restart node c-1  until 5m'))).toHaveLength(
            1,
        );
    });

    it('is not told where nothing came of it, or the system has a start time', async () => {
        expect(told(await notesOf(REDIS, 'at 1m crash node c-1  at 4m restart node c-1  until 5m'))).toEqual([]);
        expect(told(await notesOf(CASSANDRA, 'at 1m restart node u-1  until 5m'))).toEqual([]);
    });
});

describe('no lost writes', () => {
    const asked = 'expect no lost writes in s';

    it('is no promise where a replica was promoted without having everything for certain', async () => {
        const { clauses, notes } = await verdictOf(REDIS, `at 30s fail node c-1  until 2m  ${asked}`);
        expect(clauses[0]!.status).toBe('passed');
        expect(notes).toEqual([
            `'${asked}': it held in this run, which is no promise: Redis replicates asynchronously, so that what c-1 acknowledged last may not have reached c-5.`,
        ]);
    });

    it('is no promise where Cassandra writes waited for a replica that lost power, and only of its own keyspace', async () => {
        const more = `${CASSANDRA.trimEnd().slice(0, -1)} keyspace q { replicas r 3 } }
            workload w in r { writes c.k 10/s with consistency = ONE  writes c.q 10/s with consistency = QUORUM }`;
        const expects = 'expect no lost writes in c.k  expect no lost writes in c.q';
        const { clauses, notes } = await verdictOf(more, `at 30s fail node u-1  until 2m  ${expects}`);
        expect(clauses.map(({ status }) => status)).toEqual(['passed', 'passed']);
        expect(notes.filter((note) => /no promise/.test(note))).toEqual([
            expect.stringMatching(
                /^'expect no lost writes in c\.k': it held in this run, which is no promise: .* only u-1 had/,
            ),
        ]);
    });

    it('needs no such words where nothing was promoted', async () => {
        expect(await notesOf(REDIS, `at 30s fail node c-5  until 2m  ${asked}`)).toEqual([]);
        expect(await notesOf(REDIS, 'at 30s fail node c-1  until 2m  expect at least 0 lost writes in s')).toEqual([]);
    });
});

it('nothing is decided about who leads where members are equals', async () => {
    const none = 'Nothing to decide: c has no leader, since its members are equals.';
    const asked = ['no split brain in c', 'split brain in c', 'c led by nobody at 90s', 'c led by u-1 at 90s'];
    const { clauses } = await verdictOf(
        CASSANDRA,
        `at 1m crash node u-1  until 2m  ${asked.map((text) => `expect ${text}`).join('  ')}`,
    );
    expect(clauses.map(({ status, actual }) => [status, actual])).toEqual(asked.map(() => ['error', none]));
});

it('a copy that is yet to be promoted is led by nobody', async () => {
    const copies = `region q { zone a  zone b }
cluster au: aurora in r { nodes au-[1..2] across zones  endpoint dns au.internal { ttl 5s } }
cluster auq: aurora in q { nodes auq-[1..2] across zones  endpoint dns auq.internal { ttl 5s } }
replicate au to auq { lag 1s  failover manually }`;
    const { clauses } = await verdictOf(
        copies,
        'until 2m  expect auq led by nobody at 1m  expect no split brain in auq',
    );
    expect(clauses.map(({ status }) => status)).toEqual(['passed', 'passed']);
});
