/** Whatever is told has a cause that is told before it; only faults, and what stands so from the start, have none. */
import { expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import type { Run } from '../../src/simulator/index.js';
import { topologyOf } from '../support/run.js';
import { exampleText } from './support/example.js';

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
];

async function runsOf(text: string): Promise<readonly Run[]> {
    const model = await topologyOf(text);
    const results = await Promise.all(model.scenarios.map((_, index) => runScenario(model, index)));
    return results.map(({ run }) => run);
}

/** Events after the first fault that lack a cause or have a later one. */
function uncaused({ trace }: Run): readonly string[] {
    const first = trace.findIndex(({ kind }) => kind === 'fault');
    return trace
        .filter(({ kind, cause }, index) => index > first && kind !== 'fault' && !(cause >= 0 && cause < index))
        .map(({ atMs, text, cause }) => `${atMs} ms: ${text} <${cause}>`);
}

test.each(EXAMPLES)('in the scenarios of the example of %s', async (name) => {
    expect((await runsOf(exampleText(`${name}.cluster`))).flatMap(uncaused)).toEqual([]);
});

const TWO_ZONES = 'region dc { zone a zone b }  failover-policy ap: active-passive { promote automatically }';

test('where nobody holds the address that a client asks', async () => {
    const [run] = await runsOf(`${TWO_ZONES}
        cluster g: server in dc {
            node g-1 in dc.a { priority 150 }  node g-2 in dc.b { priority 100 }
            endpoint vip 10.0.0.10 { advertise every 1s }  failover ap
        }
        workload b in dc.b { reads g 100/s }
        scenario split { at 10s partition dc.a | dc.b  at 20s heal  at 30s partition dc.a | dc.b  until 40s }`);
    const fails = run!.trace.filter(({ text }) => text.includes('is held by no server'));
    expect(fails.map(({ cause }) => run!.trace[cause]?.text)).toEqual(fails.map(() => 'partition dc.a | dc.b'));
    expect(fails.map(({ cause }) => run!.trace[cause]?.atMs)).toEqual([10_000, 30_000]);
    expect(uncaused(run!)).toEqual([]);
});

test('where two take the address at once and one of them yields', async () => {
    const [run] = await runsOf(`${TWO_ZONES}
        cluster g: server in dc {
            nodes g-[1..3] across zones
            endpoint vip 10.0.0.10 { advertise every 1s check every 2s fall 2 rise 2 }  failover ap
        }
        scenario frozen { at 10s freeze node g-1  until 30s }`);
    const yields = run!.trace.find(({ text }) => text.includes('with the same priority'))!;
    expect(run!.trace[yields.cause]!.text).toContain('g-3 takes 10.0.0.10');
    expect(uncaused(run!)).toEqual([]);
});

test('where a cluster lacks what it needs', async () => {
    const [run] = await runsOf(`region r { zone a zone b zone c }
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
    const events = run!.trace.filter(({ text }) => text.startsWith('u: '));
    expect(events.map(({ text }) => text)).toEqual([
        expect.stringMatching(/fail, w-\d lacks writes of s$/),
        expect.stringMatching(/succeed/),
    ]);
    expect(run!.trace[events[0]!.cause]!.text).toBe('crash node c-1');
    expect(run!.trace[events[1]!.cause]!.text).toMatch(/answers again$/);
    expect(uncaused(run!)).toEqual([]);
});
