/** The smallest failure sets that break an objective, as scenarios. */
import { expect } from 'vitest';
import { proveObjective, runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

interface Counterexample {
    readonly scenario: string;
    /** The same with each proper subset of the faults that is not empty. */
    readonly subsets: readonly string[];
}

/** What breaks the only clause of an objective that is put to the text; undefined if nothing does. */
export async function counterexampleOf(text: string, objective: string): Promise<Counterexample | undefined> {
    const [clause] = (await proveObjective(await topologyOf(`${text}\n${objective}`), 0)).clauses;
    expect(clause!.actual).not.toMatch(/disagree|defect/);
    if (clause!.counterexample === undefined) {
        return undefined;
    }
    const { scenario, faults } = clause!.counterexample;
    const subsets = properSubsets(faults).map((few) => {
        const named = few.map((fault) => `at 30s  fail ${fault}\n`).join('');
        const less = scenario.replace(/(at 30s {2}fail [^\n]*\n\s*)+/, named);
        expect(less).not.toBe(scenario);
        return less;
    });
    return { scenario, subsets };
}

/**
 * Expects that the counterexample to an objective fails when it is run as a scenario, and that no proper subset of its failures
 * does. True if there is a counterexample.
 */
export async function expectMinimalCounterexample(text: string, objective: string, seed: number): Promise<boolean> {
    const found = await counterexampleOf(text, objective);
    if (found !== undefined) {
        expect(await runStatus(text, found.scenario, seed)).toBe('failed');
        for (const less of found.subsets) {
            expect(`${less}: ${await runStatus(text, less, seed)}`).toBe(`${less}: passed`);
        }
    }
    return found !== undefined;
}

/** How a scenario ends that is put to the text. */
export async function runStatus(text: string, scenario: string, seed: number): Promise<string> {
    const topology = await topologyOf(`${text}\n${scenario}`);
    return (await runScenario(topology, topology.scenarios.length - 1, { seed })).verdict.status;
}

/** All but the empty one, which is health. */
function properSubsets(faults: readonly string[]): readonly (readonly string[])[] {
    const numbers = Array.from({ length: 2 ** faults.length - 2 }, (_, index) => index + 1);
    return numbers.map((bits) => faults.filter((_, index) => (bits & (2 ** index)) > 0));
}
