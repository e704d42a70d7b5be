/** What breaks an objective breaks it in a run, too, and nothing less does. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { proveObjective, runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

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
                const [clause] = (await proveObjective(await topologyOf(`${text}\n${objective}`), 0)).clauses;
                expect(clause!.actual).not.toContain('disagree');
                if (clause!.counterexample === undefined) {
                    return;
                }
                broken++;
                const { scenario, faults } = clause!.counterexample;
                expect(await statusOf(text, scenario, seed)).toBe('failed');
                for (const [left] of faults.length > 1 ? faults.entries() : []) {
                    expect(await statusOf(text, without(scenario, faults, left), seed)).toBe('passed');
                }
            }),
            { numRuns: RUNS },
        );
        expect(broken).toBeGreaterThan(5);
    },
    Math.max(60_000, RUNS * 500),
);

/** The same scenario with one of its faults left out. Since the rest holds, so does all that is less. */
function without(scenario: string, faults: readonly string[], left: number): string {
    const rest = faults.filter((_, index) => index !== left).map((fault) => `  at 30s  fail ${fault}`);
    const lines = scenario.split('\n');
    const first = lines.findIndex((line) => /\bfail (node|zone|rack|region) /.test(line));
    const kept = lines.filter((line) => !/\bfail (node|zone|rack|region) /.test(line));
    expect(kept.length).toBeLessThan(lines.length);
    const at = /at (\S+)/.exec(lines[first]!)![1]!;
    return [...kept.slice(0, first), ...rest.map((line) => line.replace('30s', at)), ...kept.slice(first)].join('\n');
}

async function statusOf(text: string, scenario: string, seed: number): Promise<string> {
    const topology = await topologyOf(`${text}\n${scenario}`);
    return (await runScenario(topology, topology.scenarios.length - 1, { seed })).verdict.status;
}
