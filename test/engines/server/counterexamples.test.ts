/** What breaks an objective breaks it in a run, too, and nothing less does. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectMinimalCounterexample } from '../support/counterexamples.js';

const RUNS = Number(process.env['RUNS'] ?? 40);

const FRONTS = [
    'endpoint vip 10.0.0.10 { advertise every 1s }',
    'endpoint vip 10.0.0.10 { advertise every 1s  preempt no  check every 1s  fall 2  rise 1 }',
    'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 3  rise 2 } failover active-active',
    'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 2  rise 2 } failover active-passive { promote automatically }',
    'endpoint dns web.internal { ttl 5s } failover active-passive { detect within 3s  promote automatically  failback manually }',
    'endpoint dns web.internal { ttl 5s } failover active-passive { detect within 3s  promote manually }',
    'endpoint discovery failover active-active',
];

const clusters = fc.record({
    front: fc.constantFrom(...FRONTS),
    zones: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 }),
    shape: fc.constantFrom('any 1 node', 'any 2 nodes', 'any 3 nodes', 'any 1 zone', 'any 1 zone and 1 node'),
    operation: fc.constantFrom('', ' for reads'),
    store: fc.constantFrom('', 'needs', 'wants'),
    seed: fc.integer({ min: 1, max: 10_000 }),
});

test(
    'every counterexample fails the same clause when it is run, and no proper subset of it does',
    async () => {
        let broken = 0;
        await fc.assert(
            fc.asyncProperty(clusters, async ({ front, zones, shape, operation, store, seed }) => {
                const nodes = zones.map((zone, index) => `node n-${index} in dc.${zone} { priority ${200 - index} }`);
                const text = `region dc { zone a  zone b }
cluster web: server in dc { ${nodes.join('  ')}  ${front}  ${store && `${store} reads of store`} }
${store && 'cluster store: server in dc { node s-1 in dc.a  node s-2 in dc.b  endpoint discovery  failover active-active }'}`;
                const objective = `objective o for web { tolerate ${shape}${operation} }`;
                broken += Number(await expectMinimalCounterexample(text, objective, seed));
            }),
            { numRuns: RUNS },
        );
        expect(broken).toBeGreaterThan(5);
    },
    Math.max(60_000, RUNS * 500),
);
