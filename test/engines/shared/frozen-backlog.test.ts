/** The host of a frozen process accepts requests for it: clients that wait that long are answered when it goes on. */
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { sixNodes } from '../../support/six-nodes.js';

const STEPS = `
workload patient { writes c 50/s with timeout = 10s, retries = 0 }
workload hasty { writes c 50/s with timeout = 1s, retries = 0 }
scenario freeze { at 20s freeze node n-1  at 23s unfreeze node n-1  until 60s }`;

const servers = (front: string): string => `
region r { zone a }
cluster c: server in r {
  nodes n-[1..3] in r.a
  ${front}
}${STEPS}`;

const SYSTEMS = [
    [
        'HAProxy',
        servers(
            'endpoint load-balancer 10.0.0.20 { balance round-robin  check every 5s  fall 3  rise 2 }  failover active-active',
        ),
    ],
    ['VRRP', servers('endpoint vip 10.0.0.20  failover active-passive')],
    ['a list', servers('endpoint discovery  failover active-active')],
    [
        'Kafka',
        `region r { zone a  zone b  zone c }
cluster c: kafka "4.0" in r {
  nodes ctl-[1..3] across zones as controller
  nodes n-[1..3] across zones as broker
  topic t { replicas 3  partition 0 on n-1, n-2, n-3 }
}${STEPS.replaceAll('retries = 0', 'retries = 0, acks = 1')}`,
    ],
    ['Redis', sixNodes({ name: 'c', settings: 'cluster-node-timeout = 15000' }) + STEPS],
] as const;

const failedOf = ({ workloads }: Run, which: number): number => workloads[which]!.failed;

describe.each(SYSTEMS)('%s', (_, text) => {
    test('answers what has waited once it goes on, and what its clients gave up on never', async () => {
        const run = runOf(await topologyOf(text));
        expect(failedOf(run, 0)).toBe(0);
        expect(failedOf(run, 1)).toBeGreaterThan(0);
    });

    test('answers nothing if it dies instead', async () => {
        const run = runOf(await topologyOf(text.replace('unfreeze node', 'fail node')));
        expect(failedOf(run, 0)).toBeGreaterThan(0);
    });
});

test('where it is not simulated, a run in which a process goes on says so', async () => {
    const text = `region r { zone a  zone b  zone c }
cluster c: cassandra "5.0" in r {
  nodes n-[1..3] across zones
  keyspace k { replicas 3 }
}${STEPS}`;
    const briefs = async (steps: string): Promise<readonly string[] | undefined> =>
        runOf(await topologyOf(steps)).assumptions?.map(({ brief }) => brief);
    expect(await briefs(text)).toContain('what was sent to a frozen node is never answered');
    expect(await briefs(text.replace('unfreeze node', 'fail node'))).not.toContain(
        'what was sent to a frozen node is never answered',
    );
});
