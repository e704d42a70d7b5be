/** Examples made worse in one respect, and the clause that then no longer holds. */
import { expect, test } from 'vitest';
import { proveObjective, runScenario, type Verdict } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';
import { changed, clausesOf } from './example.js';

export interface Mutant {
    /** Objective or scenario. */
    readonly block: string;
    readonly clause: string;
    readonly what: string;
    readonly changes: readonly (readonly [from: string, to: string])[];
    readonly reason: RegExp;
    /** What becomes of the clause; `failed` unless said. */
    readonly status?: 'not-proved';
}

/** Tests that the text keeps all its promises, and that each of them has a mutant that breaks it for the right reason. */
export function testMutants(text: string, mutants: readonly Mutant[]): void {
    test('every clause has a mutant', async () => {
        const covered = mutants.map(({ block, clause }) => `${block}: ${clause}`);
        expect([...new Set(covered)].sort()).toEqual([...(await clausesOf(text))].sort());
    });

    test.each([...new Set(mutants.map(({ block }) => block))])('%s holds', async (block) => {
        expect((await verdictOf(text, block)).status).toBe('passed');
    });

    test.each(mutants)('made worse, $block, $clause: breaks with $what', async (mutant) => {
        const { block, clause, changes, reason } = mutant;
        const worse = changes.reduce((made, [from, to]) => changed(made, from, to), text);
        const found = (await verdictOf(worse, block)).clauses.find((each) => each.text === clause);
        expect(found?.status).toBe(mutant.status ?? 'failed');
        expect(found?.actual).toMatch(reason);
        expect(found?.actual).not.toContain('disagree');
    });
}

async function verdictOf(text: string, block: string): Promise<Verdict> {
    const topology = await topologyOf(text);
    const scenario = topology.scenarios.findIndex(({ name }) => name === block);
    return scenario >= 0
        ? (await runScenario(topology, scenario)).verdict
        : proveObjective(
              topology,
              topology.objectives.findIndex(({ name }) => name === block),
              { samples: 3 },
          );
}
