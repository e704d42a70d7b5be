/** What a run is told to have done is compared with what was so before anything was done. */
import { beforeAll, describe, expect, it } from 'vitest';
import { observedExpectations, outcomeOf, runScenario, type ScenarioResult } from '../../src/analysis/index.js';
import type { Topology } from '../../src/topology/index.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';

const AURORA = projectFile('examples/aurora.cluster').replace(/scenario [^}]*\n}\n/g, '');

async function played(
    text: string,
    step: string,
): Promise<{ readonly topology: Topology; readonly result: ScenarioResult }> {
    const topology = await topologyOf(`${text}\nscenario here {\n  at 30s  ${step}\n  until 5m\n}\n`);
    return { topology, result: await runScenario(topology, 0) };
}

describe('where a cluster is a copy of another one, and its readers lag', () => {
    let topology: Topology;
    let run: ScenarioResult['run'];
    beforeAll(async () => {
        const { topology: of, result } = await played(AURORA, 'fail zone us-east-1.a');
        [topology, run] = [of, result.run];
    });

    it('neither the refused writes nor the usual stale reads are the work of a fault', () => {
        expect(outcomeOf(topology, run)).toMatch(
            /^Writes of ledger failed for \d+\.\d s\. This rests on [^.]*\. No acknowledged write was lost\. Reads of ledger and ledger-eu were stale no more often than before\.$/,
        );
    });

    it('is not surer of the end than the run is', () => {
        const open = run.outages.map((each) => ({ ...each, toMs: null }));
        expect(outcomeOf(topology, { ...run, outages: open })).toMatch(
            /^Writes of ledger did not come back within the 4 min 30 s that were simulated\. This rests on [^.]*\. No acknowledged write is known to be lost\./,
        );
        const inPart = open.map((each) => ({ ...each, form: 'degraded' as const }));
        expect(outcomeOf(topology, { ...run, outages: inPart })).toMatch(
            /^Writes of ledger failed in part until the end, 4 min 30 s later\./,
        );
    });

    it('guards nothing that never was', () => {
        const texts = observedExpectations(topology, run, topology.scenarios[0]!.source).map(({ text }) => text);
        expect(texts.filter((text) => text.includes('ledger-eu'))).toEqual([]);
        expect(texts.some((text) => text.startsWith('expect writes of ledger restored'))).toBe(true);
    });

    it('counts stale reads that came of the fault, and says how many were there before', () => {
        const [first] = run.staleReads;
        const more = {
            ...run,
            staleReads: [{ ...first!, count: 5_000 }],
            staleBefore: [{ shard: first!.shard, count: 100 }],
        };
        expect(outcomeOf(topology, more)).toContain(' 5,000 reads were stale, 100 of them before anything was done.');
        const { staleBefore, ...none } = more;
        expect(staleBefore).toHaveLength(1);
        expect(outcomeOf(topology, none)).toContain(' 5,000 reads were stale.');
    });
});

it('does not take the silence of clients that fail with their cluster for well-being', async () => {
    const { topology, result } = await played(AURORA, 'fail region us-east-1');
    expect(outcomeOf(topology, result.run)).toMatch(
        /^All of ledger was down at the end, and no client got to know of it\. No acknowledged write is known to be lost\./,
    );
});

it('tells apart what clients never could do from what a fault took away', async () => {
    const text = `${AURORA}\nworkload loader in eu-west-1.a {\n  writes ledger-eu 10/s\n}\n`;
    const { topology, result } = await played(text, 'fail zone us-east-1.a');
    expect(outcomeOf(topology, result.run)).toMatch(
        /^Writes of ledger failed for \d+\.\d s\. This rests on [^.]*\. Writes of ledger-eu failed from the start, before anything was done\./,
    );
});
