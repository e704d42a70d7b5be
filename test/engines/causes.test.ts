/**
 * Whatever is told has a cause that is told before it; only faults, and what stands so from the start, have none. Failures lead back
 * to a fault that strikes those concerned, and end by something that came after it. The times that clients tell are those of the outages.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import type { Run } from '../../src/simulator/index.js';
import type { Topology } from '../../src/topology/index.js';
import { topologyOf } from '../support/run.js';
import { causeFlaws } from './support/causes.js';
import { exampleModel } from './support/example.js';
import { randomScenarios } from './support/random-scenarios.js';
import { toldOutageFlaws } from './support/told-outages.js';

const EXAMPLES = [
    'aurora',
    'cassandra',
    'elasticache',
    'elasticsearch',
    'hadoop',
    'kafka',
    'kubernetes',
    'opensearch',
    'redis',
    'server',
    'shop',
];

/** For each example. */
const RANDOM_SCENARIOS = 4;

/** The run of the text's only scenario. */
async function only(text: string): Promise<{ readonly model: Topology; readonly run: Run }> {
    const model = await topologyOf(text);
    return { model, run: (await runScenario(model, 0)).run };
}

/** What is untrue or unexplained in all scenarios of the model, under the steps of each. */
async function flawsOf(model: Topology): Promise<readonly string[]> {
    const found: string[] = [];
    for (const [index, scenario] of model.scenarios.entries()) {
        const { run } = await runScenario(model, index);
        const flaws = [...causeFlaws(model, scenario, run), ...toldOutageFlaws(model, run)];
        const steps = scenario.steps.map(({ atMs, text }) => `at ${atMs} ms ${text}`).join(', ');
        found.push(...flaws.map((flaw) => `${scenario.name}: ${steps}\n    ${flaw}`));
    }
    return found;
}

test.each(EXAMPLES)('in the scenarios of the example of %s', async (name) => {
    expect(await flawsOf(await exampleModel(`${name}.cluster`))).toEqual([]);
});

// What is random about the shop is so in the systems that it is made of.
test.each(EXAMPLES.filter((name) => name !== 'shop'))('in random scenarios of the example of %s', async (name) => {
    const steps = randomScenarios(await exampleModel(`${name}.cluster`));
    await fc.assert(
        fc.asyncProperty(steps, async (scenario) => {
            const model = await exampleModel(`${name}.cluster`, scenario);
            const scenarios = model.scenarios.slice(-1);
            expect(await flawsOf({ ...model, scenarios })).toEqual([]);
        }),
        { numRuns: RANDOM_SCENARIOS, endOnFailure: true },
    );
});

const TWO_ZONES = 'region dc { zone a zone b }  failover-policy ap: active-passive { promote automatically }';

test('where nobody holds the address that a client asks', async () => {
    const { model, run } = await only(`${TWO_ZONES}
        cluster g: server in dc {
            node g-1 in dc.a { priority 150 }  node g-2 in dc.b { priority 100 }
            endpoint vip 10.0.0.10 { advertise every 1s }  failover ap
        }
        workload b in dc.b { reads g 100/s }
        scenario split { at 10s partition dc.a | dc.b  at 20s heal  at 30s partition dc.a | dc.b  until 40s }`);
    const fails = run.trace.filter(({ text }) => text.includes('is held by no server'));
    expect(fails.map(({ cause }) => run.trace[cause]?.text)).toEqual(fails.map(() => 'partition dc.a | dc.b'));
    expect(fails.map(({ cause }) => run.trace[cause]?.atMs)).toEqual([10_000, 30_000]);
    expect(causeFlaws(model, model.scenarios[0]!, run)).toEqual([]);
});

test('where two take the address at once and one of them yields', async () => {
    const { model, run } = await only(`${TWO_ZONES}
        cluster g: server in dc {
            nodes g-[1..3] across zones
            endpoint vip 10.0.0.10 { advertise every 1s check every 2s fall 2 rise 2 }  failover ap
        }
        scenario frozen { at 10s freeze node g-1  until 30s }`);
    const yields = run.trace.find(({ text }) => text.includes('with the same priority'))!;
    expect(run.trace[yields.cause]!.text).toContain('g-3 takes 10.0.0.10');
    expect(causeFlaws(model, model.scenarios[0]!, run)).toEqual([]);
});

test('where a cluster lacks what it needs', async () => {
    const { model, run } = await only(`region r { zone a zone b zone c }
        cluster s: redis "7.2" in r {
            nodes c-[1..6] across zones
            shard s-1 on c-1, c-5  shard s-2 on c-2, c-6  shard s-3 on c-3, c-4
            endpoint discovery
        }
        cluster w: server in r {
            nodes w-[1..3] across zones
            endpoint load-balancer 10.0.0.20 { check every 2s }  failover active-active
            needs writes of s
        }
        workload u in r.b { reads w 100/s }
        scenario crash { at 30s crash node c-1  until 1m }`);
    const events = run.trace.filter(({ text }) => text.startsWith('u: '));
    expect(events.map(({ text }) => text)).toEqual([
        expect.stringMatching(/fail, w-\d lacks writes of s$/),
        expect.stringMatching(/succeed/),
    ]);
    expect(run.trace[events[0]!.cause]!.text).toBe('crash node c-1');
    expect(run.trace[events[1]!.cause]!.text).toMatch(/answers again$/);
    expect(causeFlaws(model, model.scenarios[0]!, run)).toEqual([]);
});
