/** The sentences of the language about faults and expectations, each with a scenario and what must come of it. */
import { expect, it } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';
import { expectRow, type Row } from './support/rows.js';

const WEB = `
region r { zone a  zone b }
cluster web: server in r {
  nodes w-[1..4] across zones { capacity 100/s }
  endpoint load-balancer 10.0.0.1 { check every 1s  timeout 1s  fall 2  rise 2 }
}
workload near in r.a { reads web 100/s }
workload far in r.b { reads web 100/s }
`;
const PAIR = `
region r { zone a  zone b }
cluster gateway: server in r {
  node g-1 in r.a { priority 150 }
  node g-2 in r.b { priority 100 }
  endpoint vip 10.0.0.10 { advertise every 1s  preempt no }
}
`;
const CACHE = `
region r { zone a  zone b  zone c }
cluster cache: redis in r { nodes n-[1..6] across zones  shards s-[1..3] { replicas 1 }  settings { cluster-node-timeout = 5000 } }
workload app in r.b { writes cache 300/s }
`;

const ROWS: readonly Row[] = [
    [
        '`uninterrupted`: no outage; `restored within` also holds if there was none',
        WEB,
        'until 1m',
        ['reads of web uninterrupted', 'reads of web restored within 1s', 'capacity of web at least 100%'],
        ['reads of web interrupted for at least 1s', 'reads of web unavailable at 30s'],
    ],
    [
        'the lowest capacity from the first fault on, or at an instant; availability is succeeded over sent',
        WEB,
        'at 10s fail zone r.a  at 30s restore zone r.a  until 1m',
        [
            'capacity of web at least 50%',
            'capacity of web at 20s at most 50%',
            'capacity of web at 5s at least 100%',
            'availability of far at least 80%',
        ],
        ['capacity of web at least 51%', 'capacity of web at 50s at most 99%', 'availability of far at least 100%'],
    ],
    [
        'a client in a failed place sends nothing and is not counted; `from` chooses the observer',
        WEB,
        'at 10s fail zone r.a  until 1m',
        ['reads of web from r.a uninterrupted', 'reads of near uninterrupted'],
        ['reads of web from r.b uninterrupted', 'reads of far uninterrupted'],
    ],
    [
        'in an isolated place the client lives and counts',
        WEB,
        'at 10s isolate zone r.a  until 1m',
        [],
        ['reads of near uninterrupted'],
    ],
    [
        'who leads at an instant, one or another or nobody',
        PAIR,
        'at 10s fail node g-1  until 1m',
        [
            'gateway led by g-1 at 5s',
            'gateway led by nobody at 11s',
            'gateway led by g-1 or g-2 at 30s',
            'reads of gateway restored within 5s',
            'reads of gateway unavailable at 11s',
            'reads of gateway available at 30s',
            'reads of gateway interrupted for at least 3s',
            'no split brain in gateway',
        ],
        ['gateway led by g-1 at 30s', 'gateway led by nobody at 30s', 'split brain in gateway'],
    ],
    [
        'sides of a partition that cannot hear each other may both lead, and `heal` takes it back',
        PAIR,
        'at 10s partition r.a | r.b  at 40s heal  until 1m',
        ['split brain in gateway', 'gateway led by g-1 at 55s'],
        ['no split brain in gateway'],
    ],
    [
        '`leader of` may stand wherever a node does',
        PAIR,
        'at 10s fail node leader of gateway  until 1m',
        ['gateway led by g-2 at 30s'],
        ['gateway led by g-1 at 30s'],
    ],
    [
        '`repeat every … times` repeats',
        WEB,
        'at 10s, repeat every 20s 2 times crash node w-1  at 25s restart node w-1  until 1m',
        [
            'capacity of web at 20s at most 75%',
            'capacity of web at 28s at least 100%',
            'capacity of web at 50s at most 75%',
        ],
        [],
    ],
    [
        'acknowledged writes that a promotion discards are lost, and counted',
        CACHE,
        'at 10s partition r.a | r.b, r.c  at 40s heal  until 2m',
        ['at most 100000 lost writes in cache'],
        ['at least 100000 lost writes in cache'],
    ],
];

it.each(ROWS)('%s', async (...row) => {
    await expectRow(row);
});

it('what a system has no state for is an error, not a guess', async () => {
    const asked = ['health of web green at 10s', 'web fully replicated at 10s', 'drain of w-1 blocked at 10s'];
    const clauses = asked.map((text) => `expect ${text}`).join('\n');
    // A load balancer would know of drains.
    const direct = WEB.replace(/endpoint load-balancer .*/, 'endpoint discovery');
    const topology = await topologyOf(`${direct}\nscenario states { until 30s\n${clauses} }`);
    const { verdict } = await runScenario(topology, 0);
    expect(verdict.clauses.map(({ status }) => status)).toEqual(['error', 'error', 'error']);
});

it('writes that are kept nowhere in the file are not counted', async () => {
    const asked = 'expect no lost writes in web  expect no stale reads in web';
    const { verdict } = await runScenario(await topologyOf(`${WEB}\nscenario data { until 30s  ${asked} }`), 0);
    expect(verdict.clauses.map(({ status }) => status)).toEqual(['error', 'error']);
    expect(verdict.clauses[0]!.actual).toBe(
        'Lost writes are not counted: a server cluster holds no data of its own, so what becomes of acknowledged writes is not modelled.',
    );
});

it('a fault that changed nothing is told', async () => {
    const topology = await topologyOf(
        `${WEB}\nscenario idle { at 10s crash node w-1  at 20s unfreeze node w-1  until 30s }`,
    );
    const { verdict, run } = await runScenario(topology, 0);
    expect(run.faults.map(({ affected }) => affected)).toEqual([1, 0]);
    expect(verdict.notes).toEqual(["'unfreeze node w-1': fault applied, affected 0. It changed nothing."]);
});

it.each([
    ['at 30s crash node w-1', ["'crash node w-1' at 30s"]],
    ['at 20s, repeat every 10s 3 times crash node w-1', ["'crash node w-1' at 30s"]],
    ['at 10s roll nodes of web every 15s', ["'roll nodes of web every 15s: restart node w-3' at 40s"]],
    ['at 29s crash node w-1', []],
])('a fault that comes when the run has ended is told: %s', async (step, late) => {
    const topology = await topologyOf(`${WEB}\nscenario idle { ${step}  until 30s }`);
    const { verdict } = await runScenario(topology, 0);
    const notes = verdict.notes.filter((note) => note.includes('never applied'));
    expect(notes).toEqual(
        late.map((what) => `${what}: never applied, as the run ends at 30s. A later 'until' lets it happen.`),
    );
});

it('the story names whom `leader of` meant when the fault struck', async () => {
    const topology = await topologyOf(
        `region r { zone a  zone b }
        cluster cache: redis in r {
          nodes n-[1..6] across zones
          shards s-[1..3] { replicas 1 }
          settings { cluster-node-timeout = 5000 }
        }
        scenario twice {
          at 10s crash node leader of cache.s-1
          at 30s crash node leader of cache.s-1
          at 40s crash node leader of cache.s-1
          until 1m
        }`,
    );
    const { run } = await runScenario(topology, 0);
    expect(run.trace.filter(({ kind }) => kind === 'fault').map(({ text }) => text)).toEqual([
        'crash node leader of cache.s-1 (n-1)',
        'crash node leader of cache.s-1 (n-4)',
        'crash node leader of cache.s-1 (changes nothing)',
    ]);
});

it.each([
    ['isolate node w-1', 'heal', ' What was isolated comes back with `restore`.'],
    ['cut r.a -> r.b', 'restore zone r.a', ' Partitions, cuts, delays and losses are taken back by `heal`.'],
    ['crash node w-1', 'heal', ''],
    ['crash node w-1', 'restore node w-2', ''],
])('after `%s`, `%s` changes nothing, and the note says what does', async (struck, repair, hint) => {
    const topology = await topologyOf(`${WEB}\nscenario idle { at 10s ${struck}  at 20s ${repair}  until 30s }`);
    const { verdict } = await runScenario(topology, 0);
    expect(verdict.notes).toEqual([`'${repair}': fault applied, affected 0. It changed nothing.${hint}`]);
});
