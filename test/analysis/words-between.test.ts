/** The sentences of the language about what clusters are to each other, and who watches. */
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';
import { expectRow, type Row } from './support/rows.js';

/** A shop that asks one store, and knows another one's hints if it can. */
const shop = (need: string): string => `
region r { zone a  zone b }
cluster shop: server in r { nodes s-[1..2] across zones  endpoint load-balancer 10.0.0.1 { check every 1s }  ${need} }
cluster store: server in r { node d-1 in r.a  endpoint discovery  failover active-active }
workload users { reads shop 50/s  writes shop 50/s }
`;
const LEDGER = `
region one { zone a  zone b  zone c }
region two { zone a  zone b  zone c }
cluster ledger: aurora in one { nodes i-[1..2] across zones  endpoint discovery  assume failover takes 15s to 60s }
cluster ledger-two: aurora in two { nodes j-[1..2] across zones  endpoint discovery  assume failover takes 15s to 60s }
replicate ledger to ledger-two { lag 800ms  failover manually }
workload checkout in one.a { writes ledger 100/s  reads ledger 100/s from replicas }
`;

const ROWS: readonly Row[] = [
    [
        '`needs`: the cluster answers only while the other one does',
        shop('needs reads of store'),
        'at 10s crash node d-1  at 30s restart node d-1  until 1m',
        ['reads of shop unavailable at 20s', 'writes of shop unavailable at 20s', 'reads of shop available at 50s'],
        ['reads of shop uninterrupted'],
    ],
    [
        '`wants`: it answers without it, degraded',
        shop('wants reads of store'),
        'at 10s crash node d-1  until 1m',
        ['reads of shop uninterrupted', 'writes of shop uninterrupted'],
        [],
    ],
    [
        '`needs` is seen from each node: the one that is cut off from it does not answer',
        shop('needs reads of store').replace('workload users', 'workload inside in r.b') +
            'workload outside { reads shop 50/s with retries = 0 }',
        'at 10s partition r.a | r.b  until 1m',
        ['reads of outside interrupted for at least 10s'],
        ['reads of outside uninterrupted'],
    ],
    [
        '`needs` holds transitively',
        `${shop('needs writes of basket')}
         cluster basket: server in r { nodes b-[1..2] across zones  endpoint discovery  needs reads of store }`,
        'at 10s crash node d-1  until 1m',
        ['reads of shop unavailable at 20s'],
        [],
    ],
    [
        'a workload without a place stands outside of everything, so no partition of places cuts it off',
        `region r { zone a  zone b }
         cluster db: server in r { node d-1 in r.a  endpoint discovery  failover active-active }
         workload nowhere { reads db 50/s }
         workload inside in r.b { reads db 50/s }`,
        'at 10s partition r.a | r.b  until 1m',
        ['reads of nowhere uninterrupted', 'reads of db from r.b unavailable at 20s'],
        ['reads of inside uninterrupted'],
    ],
    [
        'X may be a workload: then only its own requests count',
        `region r { zone a  zone b }
         cluster one: server in r { node d-1 in r.a  endpoint discovery  failover active-active }
         cluster two: server in r { node e-1 in r.b  endpoint discovery  failover active-active }
         workload both { reads one 50/s  reads two 50/s }
         workload single { reads two 50/s }`,
        'at 10s fail node d-1  until 1m',
        ['reads of single uninterrupted', 'reads of two uninterrupted', 'reads of both unavailable at 20s'],
        ['reads of both uninterrupted'],
    ],
    [
        'what nobody exercises the probe asks, which never retries and waits 250 ms',
        `region r { zone a  zone b }
         cluster db: server in r { node d-1 in r.a  endpoint discovery  failover active-active }`,
        'at 10s slow node d-1 by 260ms  until 1m',
        ['reads of db unavailable at 20s', 'writes of db unavailable at 20s'],
        [],
    ],
    [
        'a promotion of an asynchronous copy loses what had not arrived',
        LEDGER,
        'at 1m fail region one  at 2m promote ledger-two  until 10m',
        [
            'at least 50 lost writes in ledger',
            'at most 110 lost writes in ledger',
            'writes of ledger-two available at 9m',
        ],
        ['no lost writes in ledger', 'writes of ledger-two available at 30s'],
    ],
    [
        'a copy matters only where it is promoted',
        LEDGER,
        'at 1m fail region one  at 3m restore region one  until 10m',
        ['no lost writes in ledger'],
        ['writes of ledger-two available at 9m'],
    ],
    [
        '`switchover`: a planned change of leader loses nothing',
        LEDGER,
        'at 1m switchover ledger to i-2  until 10m',
        ['ledger led by i-2 at 9m', 'no lost writes in ledger'],
        ['ledger led by i-1 at 9m'],
    ],
];

it.each(ROWS)('%s', async (...row) => {
    await expectRow(row);
});

describe('reads from replicas', () => {
    const reads = async (from: string): Promise<number> => {
        const topology = await topologyOf(
            `${LEDGER.replace(/workload[^\n]*/, `workload w in one.a { writes ledger 200/s  reads ledger 200/s${from} }`)}
             scenario s { until 2m  expect no stale reads in ledger }`,
        );
        const { run } = await runScenario(topology, 0);
        return run.staleReads.filter(({ cluster }) => cluster === 0).reduce((sum, { count }) => sum + count, 0);
    };

    it('may be stale, and what the owner answers is not', async () => {
        expect(await reads('')).toBe(0);
        expect(await reads(' from replicas')).toBeGreaterThan(0);
    });
});
