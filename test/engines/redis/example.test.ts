/** The example passes, and each of its mutants fails for the right reason. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

const text = readFileSync(new URL('../../../examples/redis.cluster', import.meta.url), 'utf8');

/** Verdict of one scenario: its failed expectations and what was found instead. */
async function verdictOf(source: string, name: string): Promise<readonly string[]> {
    const topology = await topologyOf(source);
    const index = topology.scenarios.findIndex((scenario) => scenario.name === name);
    const { verdict } = await runScenario(topology, index);
    return verdict.clauses
        .filter(({ status }) => status !== 'passed')
        .map(({ text: clause, actual }) => `${clause}: ${actual}`);
}

/** The text with one thing changed. */
function mutant(from: string | RegExp, to: string): string {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return changed;
}

const RESTORED = 'expect writes of sessions restored within 35s';

describe('examples/redis.cluster', () => {
    test.each(['primary-crash', 'two-primaries-at-once'])('%s passes', async (name) => {
        expect(await verdictOf(text, name)).toEqual([]);
    });

    test('half of the time is not enough', async () => {
        const failed = await verdictOf(
            mutant(RESTORED, 'expect writes of sessions restored within 17s'),
            'primary-crash',
        );
        expect(failed).toHaveLength(1);
        expect(failed[0]).toMatch(/restored within 17s: .*\d s/);
    });

    test('with a doubled node timeout it takes too long', async () => {
        const failed = await verdictOf(
            mutant('cluster-node-timeout = 15000', 'cluster-node-timeout = 30000'),
            'primary-crash',
        );
        expect(failed).toHaveLength(1);
        expect(failed[0]).toContain('restored within 35s');
    });

    test('without its replica the shard stays down and nobody leads it until it is restarted', async () => {
        const failed = await verdictOf(
            mutant('shard s-1 on cache-1, cache-5', 'shard s-1 on cache-1'),
            'primary-crash',
        );
        expect(failed.map((line) => line.split(':')[0])).toEqual([
            'expect writes of sessions restored within 35s',
            'expect sessions.s-1 led by cache-5 at 7m',
        ]);
    });

    test('another replica is promoted where another is declared', async () => {
        const failed = await verdictOf(
            mutant(
                /shard s-1 on cache-1, cache-5\s+shard s-2 on cache-2, cache-6/,
                'shard s-1 on cache-1, cache-6\n shard s-2 on cache-2, cache-5',
            ),
            'primary-crash',
        );
        expect(failed).toHaveLength(1);
        expect(failed[0]).toMatch(/led by cache-5 at 7m: .*cache-6/);
    });

    test('one voter less: the cut-off replica’s shard cannot be voted for', async () => {
        const failed = await verdictOf(
            mutant('fail node cache-1, cache-2', 'fail node cache-1'),
            'two-primaries-at-once',
        );
        expect(failed).toHaveLength(1);
        expect(failed[0]).toContain('unavailable at 2m');
    });
});
