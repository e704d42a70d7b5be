/** The example file, and mutants of it that must fail for the right reason. */
import { describe, expect, it } from 'vitest';
import { report, runScenario, simulateJson } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';
import {
    changed,
    exampleText,
    hashes,
    objectiveVerdict as proofOf,
    outcomes,
    scenarioVerdict as verdictOf,
    stories,
} from '../support/example.js';

const text = exampleText('aurora.cluster');

/** Commits that are acknowledged before the volume has them. */
const EARLY = changed(
    text,
    'cluster ledger: aurora in us-east-1 {',
    'cluster ledger: aurora "mysql 3.10" in us-east-1 { settings { innodb_flush_log_at_trx_commit = 0 }',
);

describe('the scenarios', () => {
    it.each(['writer-fails', 'region-lost'])('%s: holds with any seed', async (scenario) => {
        expect(await outcomes(text, scenario, 8)).toEqual(new Set(['passed']));
    });

    it('promotes another when the tiers are exchanged', async () => {
        const exchanged = changed(text, '{ tier 1 }', '{ tier 3 }');
        expect((await verdictOf(exchanged, 'writer-fails')).clauses[0]!.actual).toBe(
            'At 5:00.0 ledger was led by ledger-r2.',
        );
    });

    it('takes longer than expected when failovers do', async () => {
        const slower = changed(text, 'takes 15s to 60s', 'takes 2m to 3m');
        expect((await verdictOf(slower, 'writer-fails')).clauses[1]!.actual).toContain('longer than allowed');
    });

    it('loses writes when commits do not wait for the volume', async () => {
        const verdict = await verdictOf(EARLY, 'writer-fails');
        expect(verdict.clauses[2]!.status).toBe('failed');
        expect(verdict.clauses[2]!.actual).toMatch(/acknowledged writes were lost \([\d,]+ in ledger\)/);
    });

    it('loses more than expected when the other Region lags more', async () => {
        const verdict = await verdictOf(changed(text, 'lag 1s', 'lag 2s'), 'region-lost');
        expect(verdict.clauses[1]!.actual).toBe('1,600 acknowledged writes were lost (1,600 in ledger).');
    });

    it('stays without writes when nobody promotes the other Region', async () => {
        const verdict = await verdictOf(changed(text, 'at 11m  promote ledger-eu', ''), 'region-lost');
        expect(verdict.clauses[0]!.actual).toContain('failed in the second after 15:00.0');
        expect(verdict.clauses[1]!.status).toBe('passed');
    });

    it('counts no outage of a copy that nobody has promoted, and tells only when it takes writes', async () => {
        const model = await topologyOf(text);
        const lost = await runScenario(model, 1);
        const [refused] = lost.run.outages;
        expect(refused).toMatchObject({ operation: 'write', fromMs: 0, copyOf: 0 });
        expect(lost.run.trace[0]).toMatchObject({ kind: 'fault' });
        expect(lost.run.trace.at(-1)!.text).toBe('the probe: writes of ledger-eu succeed for the first time');
        expect(report(model, lost)).not.toContain('Outages');
        const { summary, runs } = simulateJson(model, model.scenarios[1]!, [lost]);
        expect(summary.outages).toEqual([]);
        expect(runs[0]!.outages).toMatchObject([{ cluster: 'ledger-eu', op: 'write', copyOf: 'ledger' }]);
        const busy = await topologyOf(
            text.replace('workload bank', 'workload w { writes ledger-eu 5/s } workload bank'),
        );
        expect(report(busy, await runScenario(busy, 0))).toContain('writes of ledger-eu were dark');
    });

    it('has one story for one seed', async () => {
        const [one, same, other] = await hashes(text, [3, 3, 4]);
        expect(one).toBe(same);
        expect(one).not.toBe(other);
    });

    it('tells who did what', async () => {
        await expect(await stories(text)).toMatchFileSnapshot('../../golden/aurora.txt');
    });
});

describe('the objective', () => {
    it('is proved over every zone', async () => {
        const { clauses } = await proofOf(text);
        expect(clauses.map(({ status, sets }) => [status, sets])).toEqual([
            ['passed', 3],
            ['passed', 3],
        ]);
    });

    it('is broken by two zones, whatever instances are left', async () => {
        const { clauses } = await proofOf(changed(text, 'tolerate any 1 zone', 'tolerate any 2 zones'));
        expect(clauses[0]!.actual).toContain('2 of 6 copies of the data are left, and a read needs 3');
        expect(clauses[0]!.actual).toMatch(/^Broken by zone .* and zone /);
    });

    it('is broken by the zone in which all instances stand', async () => {
        const moved = text
            .replace('r1 in us-east-1.b', 'r1 in us-east-1.a')
            .replace('r2 in us-east-1.c', 'r2 in us-east-1.a');
        const { clauses } = await proofOf(moved);
        expect(clauses[0]!.actual).toContain('somebody has to create one in another');
        expect(clauses[0]!.actual).not.toContain('defect');
    });

    it('is broken by the zone of a writer that does not wait for the volume', async () => {
        const [survives, loses] = (await proofOf(EARLY)).clauses;
        expect([survives!.status, loses!.status]).toEqual(['passed', 'failed']);
        expect(loses!.actual).toMatch(/^After zone us-east-1\.a fails, .* acknowledged writes were lost/);
        expect(loses!.counterexample!.faults).toEqual(['zone us-east-1.a']);
    });

    it('bounds recovery by what the file assumes, and by nothing without it', async () => {
        const restore = changed(text, 'lose no writes', 'restore writes within 70s');
        const [, bounded] = (await proofOf(restore)).clauses;
        expect(bounded!.status).toBe('passed');
        expect(bounded!.valueMs).toBe(60_000 + 5000 + 1000 + 2 + 4);
        const [, open] = (await proofOf(changed(restore, 'assume failover takes 15s to 60s', ''))).clauses;
        expect(open!.status).not.toBe('passed');
        expect(open!.assumptions).toContain(
            'AWS documents how long failovers and new instances usually take, not how long at most.',
        );
    });
});
