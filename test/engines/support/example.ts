/** An example file of the project, and what changed copies of it come to. */
import { readFileSync } from 'node:fs';
import { proveObjective, runScenario, type Verdict } from '../../../src/analysis/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { topologyOf } from '../../support/run.js';

export const exampleText = (file: string): string =>
    readFileSync(new URL(`../../../examples/${file}`, import.meta.url), 'utf8');

/** The model of an example and of all that it imports. `more` is added to its text. */
export async function exampleModel(file: string, more = ''): Promise<Topology> {
    const text = exampleText(file) + more;
    const imported = [...text.matchAll(/^import "([^"]+)"/gm)].map(([, name]) => name!);
    const inputs = [{ uri: `file:///${file}`, text }].concat(
        imported.map((name) => ({ uri: `file:///${name}`, text: exampleText(name) })),
    );
    const [document] = await loadWorkspace(inputs);
    return document!.topology;
}

/** The text with a part of it changed; one that does not hold the part is an error of the test. */
export function changed(text: string, part: string | RegExp, by: string): string {
    const result = text.replace(part, by);
    if (result === text) {
        throw new Error(`The example does not say ${String(part)}.`);
    }
    return result;
}

export async function scenarioVerdict(text: string, scenario: string, seed?: number): Promise<Verdict> {
    const model = await topologyOf(text);
    const index = model.scenarios.findIndex(({ name }) => name === scenario);
    return (await runScenario(model, index, seed === undefined ? {} : { seed })).verdict;
}

/** The verdict about the first objective. */
export async function objectiveVerdict(text: string): Promise<Verdict> {
    return proveObjective(await topologyOf(text), 0);
}

/** Every clause of the file as `objective: clause` or `scenario: clause`. */
export async function clausesOf(text: string): Promise<readonly string[]> {
    const { objectives, scenarios } = await topologyOf(text);
    return [
        ...objectives.flatMap(({ name, clauses }) => clauses.map((each) => `${name}: ${each.text}`)),
        ...scenarios.flatMap(({ name, expectations }) => expectations.map((each) => `${name}: ${each.text}`)),
    ];
}

/** What is found instead of a clause, which {@link clausesOf} names; undefined if it holds. */
export async function failureOf(text: string, clause: string): Promise<string | undefined> {
    const [name] = clause.split(':');
    const { scenarios } = await topologyOf(text);
    const isScenario = scenarios.some((each) => each.name === name);
    const { clauses } = await (isScenario ? scenarioVerdict(text, name!) : objectiveVerdict(text));
    const found = clauses.find((each) => `${name}: ${each.text}` === clause);
    return found?.status === 'passed' ? undefined : found?.actual;
}

/** Every distinct outcome of a scenario over so many seeds. */
export async function outcomes(text: string, scenario: string, seeds: number): Promise<ReadonlySet<string>> {
    const all = Array.from({ length: seeds }, (_, seed) => scenarioVerdict(text, scenario, seed));
    return new Set((await Promise.all(all)).map(({ status }) => status));
}

/** Trace hashes of the first scenario, one for each seed. */
export async function hashes(text: string, seeds: readonly number[]): Promise<readonly string[]> {
    const model = await topologyOf(text);
    const runs = await Promise.all(seeds.map((seed) => runScenario(model, 0, { seed })));
    return runs.map(({ run }) => run.traceHash);
}

/** Every scenario's trace. */
export async function stories(text: string): Promise<string> {
    const model = await topologyOf(text);
    const results = await Promise.all(model.scenarios.map((_, index) => runScenario(model, index)));
    return results.map(({ run }) => told(run)).join('\n');
}

/** The trace as lines that end with the number of their cause. */
export function told({ trace }: Run): string {
    return trace
        .map(({ atMs, kind, text, cause }) => `${(atMs / 1000).toFixed(3)} ${kind}: ${text} <${cause}>\n`)
        .join('');
}
