/** The smallest failure sets that break an objective, as scenarios. */
import { expect } from 'vitest';
import { proveObjective, runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

interface Counterexample {
    readonly scenario: string;
    /** The same with each proper subset of the faults that is not empty, of two at most. */
    readonly subsets: readonly string[];
}

/** What breaks the only clause of an objective that is put to the text; undefined if nothing does. */
export async function counterexampleOf(text: string, objective: string): Promise<Counterexample | undefined> {
    const [clause] = (await proveObjective(await topologyOf(`${text}\n${objective}`), 0)).clauses;
    expect(clause!.actual).not.toContain('disagree');
    if (clause!.counterexample === undefined) {
        return undefined;
    }
    const { scenario, faults } = clause!.counterexample;
    const subsets = (faults.length > 1 ? faults : []).map((fault) => {
        const less = scenario.replace(/fail node [^\n]*/, `fail ${fault}`);
        expect(less).not.toBe(scenario);
        return less;
    });
    return { scenario, subsets };
}

/** How a scenario ends that is put to the text. */
export async function runStatus(text: string, scenario: string, seed: number): Promise<string> {
    const topology = await topologyOf(`${text}\n${scenario}`);
    return (await runScenario(topology, topology.scenarios.length - 1, { seed })).verdict.status;
}
