/** The smallest failure sets that break the clauses of an objective, as scenarios. */
import { expect } from 'vitest';
import { proveObjective, runScenario, type ClauseVerdict, type Counterexample } from '../../../src/analysis/index.js';
import { failureSpace } from '../../../src/proof/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { topologyOf } from '../../support/run.js';

/**
 * Expects that the counterexample to the only clause of an objective fails when it is run as a scenario, and that no proper subset
 * of its failures does. True if there is a counterexample.
 */
export async function expectMinimalCounterexample(text: string, objective: string, seed: number): Promise<boolean> {
    const topology = await topologyOf(`${text}\n${objective}`);
    const [clause] = (await proveObjective(topology, 0)).clauses;
    expect(clause!.actual).not.toMatch(/disagree|defect/);
    if (clause!.counterexample === undefined) {
        return false;
    }
    await expectMinimal(text, topology, clause!.counterexample, seed);
    return true;
}

/** What is said where no scenario is: why none shows it. */
const UNSHOWN = /It does not even hold when nothing fails|No scenario shows it: \S+/;

/** Expects of a refuted clause that it is shown by a scenario, by its own seed, or says why not. True if it is shown. */
export async function expectShown(text: string, topology: Topology, clause: ClauseVerdict): Promise<boolean> {
    const { counterexample, text: asked, actual } = clause;
    expect(`${asked}: ${actual}`).not.toMatch(/disagree|defect/);
    if (counterexample === undefined) {
        expect(`${asked}: ${actual}`).toMatch(UNSHOWN);
        return false;
    }
    await expectMinimal(text, topology, counterexample, undefined);
    return true;
}

async function expectMinimal(
    text: string,
    topology: Topology,
    { scenario, faults }: Counterexample,
    seed: number | undefined,
): Promise<void> {
    expect(`${scenario}: ${await runStatus(text, scenario, seed)}`).toBe(`${scenario}: failed`);
    for (const few of properSubsets(faults)) {
        const named = few.map((fault) => `at 30s  fail ${inWords(topology, fault)}\n`).join('');
        const less = scenario.replace(/(at 30s {2}fail [^\n]*\n\s*)+/, named);
        expect(less).not.toBe(scenario);
        expect(`${less}: ${await runStatus(text, less, seed)}`).toBe(`${less}: passed`);
    }
}

/** How a scenario ends that is put to the text, with its own seed unless said. */
async function runStatus(text: string, scenario: string, seed: number | undefined): Promise<string> {
    const topology = await topologyOf(`${text}\n${scenario}`);
    const options = seed === undefined ? {} : { seed };
    return (await runScenario(topology, topology.scenarios.length - 1, options)).verdict.status;
}

/** As the language names what fails: a rack as its nodes. */
function inWords(topology: Topology, fault: string): string {
    const everywhere = new Set(topology.nodes.map(({ id }) => id));
    const racks = failureSpace(topology, [{ count: 1, level: 'rack' }], everywhere).dimensions[0]?.units ?? [];
    const rack = racks.find(({ name }) => fault === `rack ${name}`);
    return rack === undefined ? fault : `node ${rack.nodes.map((id) => topology.nodes[id]!.name).join(', ')}`;
}

/** All but the empty one, which is health. */
function properSubsets(faults: readonly string[]): readonly (readonly string[])[] {
    const numbers = Array.from({ length: 2 ** faults.length - 2 }, (_, index) => index + 1);
    return numbers.map((bits) => faults.filter((_, index) => (bits & (2 ** index)) > 0));
}
