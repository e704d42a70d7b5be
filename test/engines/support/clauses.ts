/** Clause by clause of an example: a change that breaks it, and the reason that is given for it. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proveObjective, runScenario } from '../../../src/analysis/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { changed, exampleText } from './example.js';

/** One clause of one objective or scenario: `name: text`. */
type Clause = string;
type Change = readonly [from: string | RegExp, to: string, why: RegExp];

const FEW_SAMPLES = { samples: 3 };

/**
 * Tests that every clause of the file is in the table once, and that it fails after its change for the reason given.
 * `open`: clauses of objectives that do not pass in the example as it is, with what is said instead.
 */
export function testClauses(
    file: string,
    changes: Readonly<Record<Clause, Change>>,
    open: Readonly<Record<Clause, RegExp>> = {},
): void {
    const text = exampleText(file);

    describe(`the clauses of ${file}`, () => {
        test('have a change each that breaks them', async () => {
            const { objectives, scenarios } = await topologyWith(file, text);
            const clauses = [
                ...objectives.flatMap(({ name, clauses: own }) => own.map((clause) => `${name}: ${clause.text}`)),
                ...scenarios.flatMap(({ name, expectations }) => expectations.map((each) => `${name}: ${each.text}`)),
            ];
            expect([...Object.keys(changes), ...Object.keys(open)].sort()).toEqual([...clauses].sort());
        });

        test('of its objectives hold but for those that are open', async () => {
            const topology = await topologyWith(file, text);
            const found = (await Promise.all(topology.objectives.map(({ name }) => verdictOf(topology, name)))).flat();
            for (const { clause, status, actual } of found) {
                expect(`${clause} ${status === 'passed'} ${actual}`).toMatch(open[clause] ?? / true /);
            }
        });

        test.each(Object.entries(changes))('%s', async (clause, [from, to, why]) => {
            const topology = await topologyWith(file, changed(text, from, to));
            const verdict = await verdictOf(topology, clause.slice(0, clause.indexOf(':')));
            const { status, actual } = verdict.find((each) => each.clause === clause)!;
            expect(status).toBe('failed');
            expect(actual).toMatch(why);
        });
    });
}

async function verdictOf(
    topology: Topology,
    name: string,
): Promise<readonly { clause: Clause; status: string; actual: string }[]> {
    const scenario = topology.scenarios.findIndex((each) => each.name === name);
    const objective = topology.objectives.findIndex((each) => each.name === name);
    const { clauses } =
        scenario < 0
            ? await proveObjective(topology, objective, FEW_SAMPLES)
            : (await runScenario(topology, scenario)).verdict;
    return clauses.map(({ text, status, actual }) => ({ clause: `${name}: ${text}`, status, actual }));
}

/** The model of the changed text among the other examples, which it may import. */
async function topologyWith(file: string, text: string): Promise<Topology> {
    const others = readdirSync(new URL('../../../examples', import.meta.url)).filter(
        (name) => name !== file && name.endsWith('.cluster') && text.includes(`"${name}"`),
    );
    const files = [{ uri: `file:///${file}`, text }].concat(
        others.map((name) => ({ uri: `file:///${name}`, text: exampleText(name) })),
    );
    const [{ findings, topology }] = (await loadWorkspace(files)) as [
        Awaited<ReturnType<typeof loadWorkspace>>[number],
    ];
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    return topology;
}
