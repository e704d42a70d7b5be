import { describe, expect, it } from 'vitest';
import { server } from '../../../src/engines/server/index.js';
import { findingsOf, read } from './support/scenarios.js';

const TWO = 'node n-1 in dc.a { priority 150 }  node n-2 in dc.b { priority 100 }';
const CHECKED = 'check every 2s  fall 2  rise 2';

/** Codes with their severity, of a cluster in a region with two zones. */
async function codes(body: string, around: string | undefined): Promise<string[]> {
    const topology = await read(`region dc { zone a zone b }  region far { zone a }
cluster web: server { ${body} }
${around ?? ''}`);
    return findingsOf(topology, 'web').map(({ code, severity }) => `${severity} ${code}`);
}

/** Each code with a cluster that earns it and nothing else, and the smallest change that makes it go away. */
type Case = readonly [code: string, bad: string, good: string, around?: string];

const cases: readonly Case[] = [
    [
        'error server/vip-spans-regions',
        `node n-1 in dc.a { priority 2 }  node n-2 in far.a { priority 1 }  endpoint vip 10.0.0.1 { ${CHECKED} }`,
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }`,
    ],
    [
        'error server/priority-out-of-range',
        `node n-1 in dc.a { priority 256 }  node n-2 in dc.b  endpoint vip 10.0.0.1 { ${CHECKED} }`,
        `node n-1 in dc.a { priority 254 }  node n-2 in dc.b  endpoint vip 10.0.0.1 { ${CHECKED} }`,
    ],
    [
        'warning server/equal-priorities',
        `node n-1 in dc.a { priority 100 }  node n-2 in dc.b  endpoint vip 10.0.0.1 { ${CHECKED} }`,
        `node n-1 in dc.a { priority 101 }  node n-2 in dc.b  endpoint vip 10.0.0.1 { ${CHECKED} }`,
    ],
    [
        'warning server/vip-without-service-check',
        `${TWO}  endpoint vip 10.0.0.1 { advertise every 1s }`,
        `${TWO}  endpoint vip 10.0.0.1 { advertise every 1s  check every 2s }`,
    ],
    [
        'warning server/vrrp2-interval',
        `${TWO}  endpoint vip 10.0.0.1 { advertise every 500ms  ${CHECKED} }`,
        `${TWO}  endpoint vip 10.0.0.1 { advertise every 500ms  ${CHECKED} }  settings { vrrp_version = 3 }`,
    ],
    [
        'warning server/preempt-delay-out-of-range',
        `${TWO}  endpoint vip 10.0.0.1 { preempt-delay 1001s  ${CHECKED} }`,
        `${TWO}  endpoint vip 10.0.0.1 { preempt-delay 1000s  ${CHECKED} }`,
    ],
    [
        'warning server/preempt-delay-without-preempt',
        `${TWO}  endpoint vip 10.0.0.1 { preempt no  preempt-delay 5s  ${CHECKED} }`,
        `${TWO}  endpoint vip 10.0.0.1 { preempt yes  preempt-delay 5s  ${CHECKED} }`,
    ],
    [
        'warning server/vip-is-active-passive',
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-active`,
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { promote automatically }`,
    ],
    [
        'warning server/preempt-against-failback',
        `${TWO}  endpoint vip 10.0.0.1 { preempt no  ${CHECKED} }  failover active-passive { failback automatically }`,
        `${TWO}  endpoint vip 10.0.0.1 { preempt no  ${CHECKED} }  failover active-passive { failback manually }`,
    ],
    [
        'warning server/preempt-against-failback',
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { failback manually }`,
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { failback automatically }`,
    ],
    [
        'warning server/order-against-priority',
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { order n-2, n-1 }`,
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { order n-1, n-2 }`,
    ],
    [
        'warning server/endpoint-promotes-itself',
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { promote manually }`,
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { promote automatically }`,
    ],
    [
        'warning server/endpoint-does-not-fence',
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { fence yes }`,
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { fence no }`,
    ],
    [
        'warning server/detection-too-short',
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { detect within 3s }`,
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { detect within 4s }`,
    ],
    [
        'warning server/slower-than-objective',
        `${TWO}  endpoint load-balancer 10.0.0.1 { check every 2s  timeout 1s  fall 3 }`,
        `${TWO}  endpoint load-balancer 10.0.0.1 { check every 1s  timeout 1s  fall 3 }`,
        'objective quick for web { tolerate any 1 node  restore reads within 8s }',
    ],
    [
        'warning server/balancer-without-check',
        `${TWO}  endpoint load-balancer 10.0.0.1 { balance round-robin }`,
        `${TWO}  endpoint load-balancer 10.0.0.1 { check every 2s }`,
    ],
    ...[
        ['every 4s', 'every 5s'],
        ['every 301s', 'every 300s'],
        ['every 10s  timeout 10s', 'every 10s  timeout 9s'],
        ['every 10s  timeout 1s', 'every 10s  timeout 2s'],
        ['every 10s  fall 1', 'every 10s  fall 2'],
        ['every 10s  rise 11', 'every 10s  rise 10'],
    ].map(([bad, good]): Case => [
        'error server/aws-check-refused',
        `${TWO}  endpoint load-balancer 10.0.0.1 { check ${bad} }  settings { load_balancer_type = network }`,
        `${TWO}  endpoint load-balancer 10.0.0.1 { check ${good} }  settings { load_balancer_type = network }`,
    ]),
    [
        'warning server/haproxy-key-without-effect',
        `${TWO}  endpoint load-balancer 10.0.0.1  settings { load_balancer_type = application  retries = 1 }`,
        `${TWO}  endpoint load-balancer 10.0.0.1  settings { load_balancer_type = application }`,
    ],
    [
        'warning server/single-zone',
        'nodes n-[1..2] in dc.a  endpoint load-balancer 10.0.0.1 { check every 2s }',
        'nodes n-[1..2] across dc  endpoint load-balancer 10.0.0.1 { check every 2s }',
    ],
    [
        'warning server/single-server',
        'node n-1 in dc.a  endpoint load-balancer 10.0.0.1 { check every 2s }',
        'nodes n-[1..2] across dc  endpoint load-balancer 10.0.0.1 { check every 2s }',
    ],
    [
        'warning server/survivors-overloaded',
        'nodes n-[1..2] across dc { capacity 100/s }  endpoint load-balancer 10.0.0.1 { check every 2s }',
        'nodes n-[1..2] across dc { capacity 150/s }  endpoint load-balancer 10.0.0.1 { check every 2s }',
        'workload clients { reads web 150/s }',
    ],
    [
        'warning server/active-passive-without-address',
        `${TWO}  failover active-passive { detect within 3s }`,
        `${TWO}  endpoint dns web.internal { ttl 5s }  failover active-passive { detect within 3s }`,
    ],
    [
        'warning server/detection-undeclared',
        `${TWO}  endpoint dns web.internal { ttl 5s }  failover active-passive { promote automatically }`,
        `${TWO}  endpoint dns web.internal { ttl 5s }  failover active-passive { detect within 3s }`,
    ],
    [
        'warning server/lease-too-short',
        `${TWO}  endpoint dns web.internal { ttl 5s }  failover active-passive { promote automatically }  settings { ttl = 29 }`,
        `${TWO}  endpoint dns web.internal { ttl 5s }  failover active-passive { promote automatically }  settings { ttl = 30 }`,
    ],
    [
        'warning server/lease-without-effect',
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  settings { ttl = 30 }`,
        `${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }`,
    ],
    [
        'warning server/detection-too-short',
        `${TWO}  endpoint dns web.internal { ttl 5s }  failover active-passive { detect within 20s }  settings { ttl = 30 }`,
        `${TWO}  endpoint dns web.internal { ttl 5s }  failover active-passive { detect within 30s }  settings { ttl = 30 }`,
    ],
];

for (const [code, bad, good, around] of cases) {
    describe(code, () => {
        it(`is reported for ${bad}`, async () => {
            expect(await codes(bad, around)).toEqual([code]);
        });

        it('goes away with the smallest change', async () => {
            expect(await codes(good, around)).toEqual([]);
        });
    });
}

it('every code that is reported is documented, and every documented one is tested', () => {
    const tested = new Set(cases.map(([code]) => code.split(' ')[1]!));
    expect([...tested].sort()).toEqual(server.codes.map(({ code }) => code).sort());
});

it('sentences name servers and figures', async () => {
    const topology = await read(`region dc { zone a zone b }
        cluster web: server { ${TWO}  endpoint vip 10.0.0.1 { ${CHECKED} }  failover active-passive { detect within 3s } }`);
    const [finding] = findingsOf(topology, 'web');
    expect(finding!.message).toBe(
        'The policy allows 3 s to notice a failure, but the timers of the endpoint need up to 3.6 s, and they decide.',
    );
    expect(finding!.related).toHaveLength(1);
});
