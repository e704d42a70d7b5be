/** The example file, and mutants of it that must fail for the right reason. */
import { describe, expect, it } from 'vitest';
import {
    changed,
    exampleText,
    hashes,
    objectiveVerdict as proofOf,
    outcomes,
    scenarioVerdict as verdictOf,
    stories,
} from '../support/example.js';

const text = exampleText('elasticache.cluster');
/** The same with fewer requests, for what needs no more. */
const quiet = changed(changed(text, '4000/s', '60/s'), '900/s', '30/s');
const SCENARIO = 'primary-node-fails';

describe('the scenario', () => {
    it('holds with any seed', async () => {
        expect(await outcomes(text, SCENARIO, 6)).toEqual(new Set(['passed']));
    });

    it('takes longer than expected when failovers do', async () => {
        const verdict = await verdictOf(changed(quiet, 'takes 10s to 90s', 'takes 3m to 4m'), SCENARIO);
        expect(verdict.clauses[1]!.actual).toContain('longer than allowed');
    });

    it('keeps its primary when nothing fails over', async () => {
        const kept = changed(quiet, '    multi-az = enabled\n    automatic-failover = enabled\n', '');
        const verdict = await verdictOf(kept, SCENARIO);
        expect(verdict.clauses[0]!.actual).toBe('At 10:00.0 flags was led by flags-1.');
        expect(verdict.clauses[1]!.status).toBe('failed');
    });

    it('has one story for one seed', async () => {
        const [one, same, other] = await hashes(text, [3, 3, 4]);
        expect(one).toBe(same);
        expect(one).not.toBe(other);
    });

    it('tells who did what, as does a zone that goes dark with a primary of three', async () => {
        const withZone = `${quiet}
            scenario zone-lost { at 30s fail zone us-east-1.a  at 3m restore zone us-east-1.a  until 15m }`;
        await expect(await stories(withZone)).toMatchFileSnapshot('../../golden/elasticache.txt');
    });
});

describe('the objective', () => {
    it('is proved over every zone', async () => {
        const { clauses } = await proofOf(text);
        expect(clauses.map(({ status, sets }) => [status, sets])).toEqual([['passed', 3]]);
    });

    it('is broken by the zone in which a shard has all its nodes', async () => {
        const moved = quiet
            .replace('node flags-2 in us-east-1.b', 'node flags-2 in us-east-1.a')
            .replace(/ {4}multi-az = enabled\n {4}auto/, '    auto');
        const { clauses } = await proofOf(moved);
        expect(clauses[0]!.actual).toContain(
            'no node of flags is left, and new ones come only when their zone is back',
        );
        expect(clauses[0]!.counterexample!.faults).toEqual(['zone us-east-1.a']);
        expect(clauses[0]!.actual).not.toContain('defect');
    });

    it('is broken without automatic failover, since a primary is created anew in its own zone only', async () => {
        const kept = changed(quiet, '    multi-az = enabled\n    automatic-failover = enabled\n', '');
        const { clauses } = await proofOf(kept);
        expect(clauses[0]!.actual).toContain('no replica is promoted without automatic failover');
        expect(clauses[0]!.actual).not.toContain('defect');
    });

    it('bounds recovery by what the file assumes, and never proves that nothing is lost', async () => {
        const more = quiet.replace(
            'tolerate any 1 zone',
            'tolerate any 1 zone  restore reads within 100s  lose no writes',
        );
        const [, restore, loss] = (await proofOf(more)).clauses;
        expect(restore!.status).toBe('passed');
        expect(restore!.valueMs).toBe(90_000 + 5000 + 1000 + 10 + 4);
        expect(loss!.status).toBe('failed');
        const [, open] = (await proofOf(changed(more, 'assume failover takes 10s to 90s', ''))).clauses;
        expect(open!.status).not.toBe('passed');
    });
});
