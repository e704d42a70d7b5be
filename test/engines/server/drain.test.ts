/** Servers that an operator takes out of the rotation before they stop. */
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { web } from './support/gateway.js';

async function verdictOf(text: string): Promise<readonly string[]> {
    const topology = await topologyOf(text);
    const { verdict } = await runScenario(topology, 0);
    return verdict.clauses.map(({ status, actual }) => (status === 'error' ? actual : status));
}

describe('a server behind a load balancer', () => {
    it('gets no further requests once it is drained, so that nobody misses it when it stops', async () => {
        const asked = 'expect reads of web uninterrupted  expect drain of web-1 done at 11s';
        expect(await verdictOf(web({ steps: `at 10s drain node web-1  at 20s stop node web-1  ${asked}` }))).toEqual([
            'passed',
            'passed',
        ]);
        expect(await verdictOf(web({ steps: `at 20s stop node web-1  expect reads of web uninterrupted` }))).toEqual([
            'failed',
        ]);
    });

    it('is missed in the capacity, and is back when it is started anew', async () => {
        const steps = (more: string): string =>
            web({ steps: `at 10s drain node web-1  ${more} expect capacity of web at 30s at least 100%` });
        expect(await verdictOf(steps(''))).toEqual(['failed']);
        expect(await verdictOf(steps('at 20s restart node web-1'))).toEqual(['passed']);
    });

    it('stays out of the rotation when it comes up after a crash, as HAProxy keeps what its operator said', async () => {
        const back = (step: string): string =>
            web({
                steps: `at 10s drain node web-1  at 15s crash node web-1  at 20s ${step} node web-1
                expect capacity of web at 50s at least 100%`,
            });
        expect(await verdictOf(back('restore'))).toEqual(['failed']);
        expect(await verdictOf(back('restart'))).toEqual(['passed']);
    });

    it('leaves none to send requests to where all are drained', async () => {
        const steps = 'at 10s drain node web-1, web-2, web-3  expect reads of web unavailable at 11s';
        expect(await verdictOf(web({ steps }))).toEqual(['passed']);
        const { trace } = runOf(await topologyOf(web({ steps })));
        const refused = trace.find(({ text }) => text.includes('has no server left in its rotation'));
        expect(trace[refused!.cause]!.text).toMatch(/sends web.web-3 no further requests/);
    });
});

it('servers without a load balancer are not drained: it is said what to do', async () => {
    const text = (failover: string): string => `
region dc { zone a zone b }
cluster db: server in dc { nodes n-[1..2] across zones  endpoint dns db.internal { ttl 5s }  failover ${failover} }
scenario s { at 10s drain node n-1  until 20s  expect reads of db uninterrupted }`;
    const passive = 'active-passive { detect within 3s  promote automatically }';
    const refusals = await Promise.all(
        [passive, 'active-active'].map(async (failover) => (await verdictOf(text(failover)))[0]),
    );
    expect(refusals[0]).toMatch(/Make another one active with `switchover`, then end this one with `stop node`/);
    expect(refusals[1]).toMatch(/`stop node` ends one cleanly/);
});
