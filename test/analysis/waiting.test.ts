/** What a run shows of requests that wait when it ends. */
import { describe, expect, test } from 'vitest';
import { runScenario, type ScenarioResult } from '../../src/analysis/index.js';
import { observedExpectations } from '../../src/analysis/live/observed.js';
import type { Topology } from '../../src/topology/index.js';
import { topologyOf } from '../support/run.js';
import { sixNodes } from '../support/six-nodes.js';

interface Ended {
    readonly topology: Topology;
    readonly result: ScenarioResult;
    /** Of the expectations, in order. */
    readonly statuses: readonly string[];
}

const FROZEN = 'at 10s freeze node n-1  at 13s unfreeze node n-1';
const CUT_OFF = 'at 10s isolate node n-1  at 13s restore node n-1';

async function ended(until: string, expectations: readonly string[], steps = FROZEN): Promise<Ended> {
    const topology = await topologyOf(`${sixNodes({ settings: 'cluster-node-timeout = 15000' })}
        workload app { reads s 50/s  writes s 50/s with timeout = 5s }
        scenario silent {
            ${steps}
            until ${until}
            ${expectations.map((text) => `expect ${text}`).join('\n')}
        }`);
    const result = await runScenario(topology, 0);
    return { topology, result, statuses: result.verdict.clauses.map(({ status }) => status) };
}

const SERVED = ['writes of s available at 10s', 'writes of s unavailable at 10s', 'writes of s uninterrupted'];

describe('writes that a silent primary does not answer', () => {
    test('have neither failed nor succeeded while their clients wait', async () => {
        const { topology, result, statuses } = await ended('12s', SERVED);
        expect(statuses).toEqual(['error', 'error', 'error']);
        expect(result.run.workloads).toMatchObject([{ failed: 0 }, { failed: 0, ok: 567, waiting: 33 }]);
        expect(result.run.trace.filter(({ kind }) => kind === 'client').map(({ text }) => text)).toContain(
            'app: writes of s-1 still wait for an answer, n-1 does not answer',
        );
        expect(observedExpectations(topology, result.run, topology.scenarios[0]!.source)).toEqual([]);
    });

    test('are no less in doubt once others succeed', async () => {
        const { result, statuses } = await ended('14s', [...SERVED, 'writes of s available at 13s'], CUT_OFF);
        expect(statuses).toEqual(['error', 'error', 'error', 'passed']);
        expect(result.run.outagesIfWaiting!.fail).toContainEqual(
            expect.objectContaining({ operation: 'write', workload: 0, form: 'dark', failed: 50 }),
        );
    });

    test('decide once they have succeeded', async () => {
        expect((await ended('30s', SERVED)).statuses).toEqual(['passed', 'failed', 'passed']);
    });
});

test('the probe gives nothing up before its time, however its requests are counted', async () => {
    const topology = await topologyOf(`
        region r { zone a }
        cluster logs: elasticsearch in r {
            nodes d-[1..3] across zones
            index p { shards 1  replicas 0 }
        }
        scenario late { at 10s isolate node d-1, d-2, d-3  until 10100ms  expect writes of logs uninterrupted }`);
    const { run, verdict } = await runScenario(topology, 0);
    expect(verdict.status).toBe('error');
    expect(run.outages.map(({ isPending }) => isPending)).toEqual([true, true]);
});
