/** The example passes, and each of its mutants fails for the right reason. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proveObjective, runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

const text = readFileSync(new URL('../../../examples/kubernetes.cluster', import.meta.url), 'utf8');

/** Failed expectations of one scenario and what was found instead. */
async function failuresOf(source: string, name: string): Promise<readonly string[]> {
    const topology = await topologyOf(source);
    const index = topology.scenarios.findIndex((scenario) => scenario.name === name);
    const { verdict } = await runScenario(topology, index);
    return verdict.clauses
        .filter(({ status }) => status !== 'passed')
        .map(({ text: clause, actual }) => `${clause}: ${actual}`);
}

/** Clauses of the objective that are not proved, and why. */
async function refutedIn(source: string): Promise<readonly string[]> {
    const { clauses } = await proveObjective(await topologyOf(source), 0);
    return clauses.filter(({ status }) => status !== 'passed').map(({ actual }) => actual);
}

/** The text with one thing changed. */
function mutant(from: string | RegExp, to: string): string {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return changed;
}

/** By clause: a change of the example that makes it fail, and what is found instead. */
const MUTANTS: Readonly<Record<string, readonly [from: string, to: string, why: RegExp]>> = {
    'survive-a-zone: tolerate any 1 zone': [
        'nodes cp-[1..3] across zones as control-plane',
        'nodes cp-[1..2] in us-east-1.a as control-plane\n node cp-3 in us-east-1.b as control-plane',
        /Broken by zone us-east-1\.a: .*the control plane is gone/,
    ],
    'survive-a-zone: tolerate any 1 node': ['required 2', 'required 3', /2 of 3 pods of db are left/],
    'worker-lost: expect reads of platform.web restored within 70s': [
        'check every 10s  fall 2',
        'check every 10s  fall 5',
        /longer than/,
    ],
    'worker-lost: expect capacity of platform.web at least 80%': ['replicas 6', 'replicas 4', /fell to 75%/],
    'control-plane-majority-lost: expect reads of platform.web uninterrupted': [
        'fail node cp-1, cp-2',
        'fail node cp-1, cp-2, worker-1',
        /fail/,
    ],
    'control-plane-majority-lost: expect writes of platform unavailable at 5m': [
        'fail node cp-1, cp-2',
        'fail node cp-1',
        /succeeded/,
    ],
    'drain-with-budget: expect reads of platform.api uninterrupted': [
        'drain node worker-1',
        'fail node worker-1',
        /fail/,
    ],
};

describe('every clause has a mutant', () => {
    test.each(Object.entries(MUTANTS))('%s', async (clause, [from, to, why]) => {
        const topology = await topologyOf(mutant(from, to));
        const [name] = clause.split(':');
        const index = topology.scenarios.findIndex((scenario) => scenario.name === name);
        const { clauses } =
            index < 0 ? await proveObjective(topology, 0) : (await runScenario(topology, index)).verdict;
        const found = clauses.find((each) => `${name}: ${each.text}` === clause)!;
        expect(found.status).not.toBe('passed');
        expect(found.actual).toMatch(why);
    });

    test('and none is left out', async () => {
        const { objectives, scenarios } = await topologyOf(text);
        const clauses = [
            ...objectives.flatMap((objective) => objective.clauses.map((each) => `${objective.name}: ${each.text}`)),
            ...scenarios.flatMap(({ name, expectations }) => expectations.map((each) => `${name}: ${each.text}`)),
        ];
        expect(new Set(Object.keys(MUTANTS))).toEqual(new Set(clauses));
    });
});

describe('examples/kubernetes.cluster', () => {
    test.each(['worker-lost', 'control-plane-majority-lost', 'drain-with-budget'])('%s passes', async (name) => {
        expect(await failuresOf(text, name)).toEqual([]);
    });

    test('it survives any zone and any node', async () => {
        expect(await refutedIn(text)).toEqual([]);
    });

    test('half of the time is not enough', async () => {
        const failed = await failuresOf(mutant('restored within 70s', 'restored within 35s'), 'worker-lost');
        expect(failed).toHaveLength(1);
        expect(failed[0]).toMatch(/restored within 35s: .*longer than/);
    });

    test('with a doubled grace period the endpoints are late', async () => {
        const slow = mutant('deployment web {', 'settings { node-monitor-grace-period = 100 }\n deployment web {');
        const failed = await failuresOf(slow, 'worker-lost');
        expect(failed).toHaveLength(1);
        expect(failed[0]).toContain('restored within 70s');
    });
});
