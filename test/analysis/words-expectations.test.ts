/** The sentences of the language about what is expected: where each bound lies, and both answers. */
import { expect, it } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';
import { expectRow, type Row } from './support/rows.js';

/** A server that is refused, or answers, exactly while it is told to. The client asks every 10 ms. */
const DB = `
region r { zone a }
cluster db: server in r { node d-1  endpoint discovery  failover active-active }
workload app { reads db 100/s with retries = 0 }
`;
const SEARCH = `
region r { zone a  zone b  zone c }
cluster catalogue: elasticsearch in r {
  nodes m-[1..3] across zones as master
  nodes d-[1..3] across zones as data
  index items { shards 3  replicas 1  settings { index.unassigned.node_left.delayed_timeout = 20s } }
  settings { assumed.shard_size = 40mb }
}
workload shop { reads catalogue.items 100/s  writes catalogue.items 100/s }
`;
const PLATFORM = `
region r { zone a  zone b  zone c }
cluster platform: kubernetes in r {
  nodes cp-[1..3] across zones as control-plane
  nodes w-[1..3] across zones as worker
  deployment tight { replicas 3  spread zone  disruption-budget { max-unavailable 0 } }
  endpoint load-balancer 10.0.0.1 { check every 10s  fall 2  rise 2 }
}
workload users { reads platform.tight 100/s }
`;
const ROOMY = PLATFORM.replace('max-unavailable 0', 'max-unavailable 1');
const FLEET = `
region r { zone a  zone b }
cluster web: server in r {
  node w-1 in r.a { capacity 300/s }
  node w-2 in r.b { capacity 100/s }
  endpoint load-balancer 10.0.0.1 { check every 1s  timeout 1s  fall 2  rise 2 }
}
cluster plain: server in r { nodes p-[1..4] across zones  endpoint load-balancer 10.0.0.2 { check every 1s } }
workload users { reads web 100/s with retries = 0 }
`;

const ROWS: readonly Row[] = [
    [
        '`restored within` is measured from the last fault before the outage began, and every outage counts',
        DB,
        'at 10s crash node d-1  at 12s restart node d-1  at 30s crash node d-1  at 34s restart node d-1  until 1m',
        ['reads of db restored within 4010ms'],
        ['reads of db restored within 3990ms'],
    ],
    [
        '`interrupted for at least` asks for one outage that is as long',
        DB,
        'at 10s crash node d-1  at 12s restart node d-1  at 30s crash node d-1  at 34s restart node d-1  until 1m',
        ['reads of db interrupted for at least 4s'],
        ['reads of db interrupted for at least 5s', 'reads of db uninterrupted'],
    ],
    [
        'gaps less than 1 s apart are one outage',
        DB,
        'at 10s crash node d-1  at 12s restart node d-1  at 12900ms crash node d-1  at 15s restart node d-1  until 1m',
        ['reads of db interrupted for at least 5s'],
        ['reads of db uninterrupted'],
    ],
    [
        'gaps 1 s apart or more are two',
        DB,
        'at 10s crash node d-1  at 12s restart node d-1  at 13100ms crash node d-1  at 15s restart node d-1  until 1m',
        ['reads of db interrupted for at least 1990ms'],
        ['reads of db interrupted for at least 3s'],
    ],
    [
        '`available at T`: all requests of the second after T succeed; `unavailable`: all of one shard fail',
        DB,
        'at 10s crash node d-1  at 20500ms restart node d-1  until 1m',
        [
            'reads of db available at 8s',
            'reads of db unavailable at 10s',
            'reads of db unavailable at 19s',
            'reads of db available at 21s',
        ],
        ['reads of db available at 20s', 'reads of db unavailable at 20s', 'reads of db unavailable at 9s'],
    ],
    [
        'a group is available when each of its shards is, and unavailable when one is not',
        SEARCH.replace('replicas 1', 'replicas 0'),
        'at 10s crash node d-1  until 1m',
        ['writes of catalogue.items unavailable at 50s'],
        ['writes of catalogue.items available at 50s'],
    ],
    [
        'the availability of W counts all of its requests from 0 to `until`',
        DB,
        'at 10s crash node d-1  at 20s restart node d-1  until 100s',
        ['availability of app at least 89.9%'],
        ['availability of app at least 90.1%'],
    ],
    [
        'a client whose service never fails has all of its requests answered',
        DB,
        'until 100s',
        ['availability of app at least 100%', 'reads of app uninterrupted'],
        [],
    ],
    [
        'capacity weighs what members declare; one without a figure counts 1; the lowest counts',
        FLEET,
        'at 10s crash node w-1, p-1  at 30s restart node w-1, p-1  until 1m',
        [
            'capacity of web at least 25%',
            'capacity of plain at least 75%',
            'capacity of web at 20s at most 25%',
            'capacity of web at 50s at least 100%',
        ],
        ['capacity of web at least 26%', 'capacity of plain at least 76%', 'capacity of web at 50s at most 99%'],
    ],
    [
        'health: green, yellow while a copy is missing, green again once it is rebuilt',
        SEARCH,
        'at 10s crash node d-1  until 5m',
        ['health of catalogue green at 5s', 'health of catalogue yellow at 20s', 'health of catalogue green at 4m'],
        ['health of catalogue red at 20s', 'health of catalogue yellow at 5s', 'health of catalogue green at 20s'],
    ],
    [
        'health: no colour at all while nobody is elected who would tell it',
        SEARCH,
        'at 10s crash node m-1, m-2  until 1m',
        ['health of catalogue green at 5s'],
        ['health of catalogue green at 20s', 'health of catalogue yellow at 20s', 'health of catalogue red at 20s'],
    ],
    [
        'health: that at the very end of the run is asked for, too',
        SEARCH,
        'at 10s crash node d-1  until 20s',
        ['health of catalogue yellow at 20s'],
        ['health of catalogue green at 20s'],
    ],
    [
        'health: red while a shard has no copy',
        SEARCH.replace('replicas 1', 'replicas 0'),
        'at 10s crash node d-1  until 1m',
        ['health of catalogue red at 50s'],
        ['health of catalogue yellow at 50s'],
    ],
    [
        'fully replicated: all copies are there, and not before',
        SEARCH,
        'at 10s crash node d-1  until 5m',
        ['catalogue fully replicated at 5s', 'catalogue fully replicated at 4m'],
        ['catalogue fully replicated at 20s'],
    ],
    [
        'a drain is blocked while a budget forbids it',
        PLATFORM,
        'at 30s drain node w-1  until 5m',
        ['drain of w-1 blocked at 4m', 'reads of platform.tight uninterrupted'],
        ['drain of w-1 done at 4m'],
    ],
    [
        'a drain that the budget allows is done; nothing was being drained before',
        ROOMY,
        'at 30s drain node w-1  until 5m',
        ['drain of w-1 done at 4m', 'reads of platform.tight uninterrupted'],
        ['drain of w-1 blocked at 4m', 'drain of w-1 done at 20s'],
    ],
    [
        '`drain`: out of the endpoints first, then stopped; a clean stop by itself is noticed only by what fails',
        ROOMY,
        'at 30s drain node w-1  at 3m crash node w-2  until 5m',
        ['reads of platform.tight restored within 60s'],
        [],
    ],
];

it.each(ROWS)('%s', async (...row) => {
    await expectRow(row);
});

it('an outage is dark if nothing succeeded meanwhile, and degraded otherwise', async () => {
    const forms = async (model: string, steps: string): Promise<string[]> => {
        const topology = await topologyOf(`${model}\nscenario s { ${steps}  until 1m }`);
        const { run } = await runScenario(topology, 0);
        return run.outages.filter(({ operation }) => operation === 'read').map(({ form }) => form);
    };
    expect(await forms(DB, 'at 10s crash node d-1  at 12s restart node d-1')).toEqual(['dark']);
    expect(await forms(FLEET, 'at 10s fail node w-1')).toEqual(['degraded']);
    const twice = 'at 10s crash node d-1  at 12s restart node d-1  at 12500ms crash node d-1  at 14s restart node d-1';
    expect(await forms(DB, twice)).toEqual(['degraded']);
});

it('the message says how many shards of how many', async () => {
    const topology = await topologyOf(
        `${SEARCH.replace('replicas 1', 'replicas 0')}
         scenario s { at 10s crash node d-1  until 1m  expect writes of catalogue.items unavailable at 50s }`,
    );
    const { verdict } = await runScenario(topology, 0);
    expect(verdict.clauses[0]!.actual).toContain('1 of 3 shards');
});

it('`expect` without an outage holds with a note', async () => {
    const topology = await topologyOf(`${DB}\nscenario s { until 1m  expect reads of db restored within 1s }`);
    const { verdict } = await runScenario(topology, 0);
    expect(verdict.status).toBe('passed');
    expect(verdict.notes).toEqual([
        "'expect reads of db restored within 1s': there was no outage at all, so nothing had to be restored.",
    ]);
});

it('an expectation that nobody watches is an error', async () => {
    const topology = await topologyOf(
        `${DB.replace('region r { zone a }', 'region r { zone a }  region other { zone a }')}
         scenario s { until 1m  expect reads of db from other uninterrupted  expect writes of app uninterrupted }`,
    );
    const { verdict } = await runScenario(topology, 0);
    expect(verdict.clauses.map(({ status }) => status)).toEqual(['error', 'error']);
});
