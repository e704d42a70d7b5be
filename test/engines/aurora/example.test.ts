/** The example file, and mutants of it that must fail for the right reason. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { proveObjective, runScenario, type Verdict } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

const text = readFileSync(new URL('../../../examples/aurora.cluster', import.meta.url), 'utf8');

async function verdictOf(changed: string, scenario: string, seed?: number): Promise<Verdict> {
    const model = await topologyOf(changed);
    const index = model.scenarios.findIndex(({ name }) => name === scenario);
    return (await runScenario(model, index, seed === undefined ? {} : { seed })).verdict;
}

async function proofOf(changed: string): Promise<Verdict> {
    return proveObjective(await topologyOf(changed), 0);
}

describe('the scenarios', () => {
    it.each(['writer-fails', 'region-lost'])('%s: holds with any seed', async (scenario) => {
        const seeds = Array.from({ length: 8 }, (_, seed) => seed);
        const verdicts = await Promise.all(seeds.map((seed) => verdictOf(text, scenario, seed)));
        expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['passed']));
    });

    it('promotes another when the tiers are exchanged', async () => {
        const changed = text.replace('{ tier 1 }', '{ tier 3 }');
        expect((await verdictOf(changed, 'writer-fails')).clauses[0]!.actual).toBe(
            'At 300.0 s ledger was led by ledger-r2.',
        );
    });

    it('takes longer than expected when failovers do', async () => {
        const changed = text.replace('takes 15s to 60s', 'takes 2m to 3m');
        expect((await verdictOf(changed, 'writer-fails')).clauses[1]!.actual).toContain('longer than allowed');
    });

    it('loses more than expected when the other Region lags more', async () => {
        const verdict = await verdictOf(text.replace('lag 1s', 'lag 2s'), 'region-lost');
        expect(verdict.clauses[1]!.actual).toBe('1,600 acknowledged writes were lost (1,600 in ledger).');
    });

    it('stays without writes when nobody promotes the other Region', async () => {
        const verdict = await verdictOf(text.replace('at 11m  promote ledger-eu', ''), 'region-lost');
        expect(verdict.clauses[0]!.actual).toContain('failed in the second after 15 min');
        expect(verdict.clauses[1]!.status).toBe('passed');
    });

    it('has one story for one seed', async () => {
        const model = await topologyOf(text);
        const runs = await Promise.all([3, 3, 4].map((seed) => runScenario(model, 0, { seed })));
        const [one, same, other] = runs.map(({ run }) => run.traceHash);
        expect(one).toBe(same);
        expect(one).not.toBe(other);
    });

    it('tells who did what', async () => {
        const model = await topologyOf(text);
        const stories = await Promise.all(model.scenarios.map((_, index) => runScenario(model, index)));
        const lines = stories.flatMap(({ run }) => [
            ...run.trace.map(
                ({ atMs, kind, text: line, cause }) => `${(atMs / 1000).toFixed(3)} ${kind}: ${line} <${cause}>`,
            ),
            '',
        ]);
        await expect(lines.join('\n')).toMatchFileSnapshot('../../golden/aurora.txt');
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
        const { clauses } = await proofOf(text.replace('tolerate any 1 zone', 'tolerate any 2 zones'));
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

    it('bounds recovery by what the file assumes, and by nothing without it', async () => {
        const restore = text.replace('lose no writes', 'restore writes within 70s');
        const [, bounded] = (await proofOf(restore)).clauses;
        expect(bounded!.status).toBe('passed');
        expect(bounded!.valueMs).toBe(60_000 + 5000 + 1000 + 2 + 4);
        const [, open] = (await proofOf(restore.replace('assume failover takes 15s to 60s', ''))).clauses;
        expect(open!.status).not.toBe('passed');
        expect(open!.assumptions).toContain(
            'AWS documents how long failovers and new instances usually take, not how long at most.',
        );
    });
});
