/** Rows of tables: a sentence of the language, a scenario, and the clauses that pass and fail in it. */
import { expect } from 'vitest';
import { proveObjective, runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

export type Row = readonly [
    sentence: string,
    model: string,
    steps: string,
    passes: readonly string[],
    fails: readonly string[],
];

/** Runs the row's scenario: exactly the clauses of `passes` pass, and all of `fails` fail. */
export async function expectRow([, model, steps, passes, fails]: Row): Promise<void> {
    const clauses = [...passes, ...fails].map((text) => `expect ${text}`);
    const topology = await topologyOf(`${model}\nscenario words {\n  ${steps}\n  ${clauses.join('\n  ')}\n}`);
    const { verdict } = await runScenario(topology, 0);
    const found = verdict.clauses.map(({ text, status, actual }) => `${status}: ${text} (${actual})`);
    const wanted = clauses.map((text, index) => `${index < passes.length ? 'passed' : 'failed'}: ${text}`);
    expect(
        found.map((text) => text.replace(/ \(.*$/s, '')),
        found.join('\n'),
    ).toEqual(wanted);
}

/** The clauses of the objective of this body, for `targets`: status and what was found. */
export async function provedOf(model: string, targets: string, body: string): Promise<readonly string[]> {
    const topology = await topologyOf(`${model}\nobjective words for ${targets} {\n  ${body}\n}`);
    const { clauses } = await proveObjective(topology, 0);
    return clauses.map(({ status, actual }) => `${status}: ${actual}`);
}
