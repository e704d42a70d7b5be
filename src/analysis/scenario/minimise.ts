/** The smallest scenario that fails as another one does. */
import type { Expectation, Scenario, Topology } from '../../topology/index.js';
import { freeName } from '../names.js';
import type { ClauseVerdict } from '../verdict.js';
import { atomsOf, stepsOf, type Atom } from './atoms.js';
import { ddmin } from './ddmin.js';
import { judge } from './judge.js';
import { STILL_OUT, withoutForm } from './outages.js';
import { simulateScenario, type ScenarioOptions } from './run.js';
import { endingSooner, withShorterPauses } from './shorter.js';
import { written } from './written.js';

export interface Minimised {
    /** The expectation that fails in both, with what was found in the smallest scenario. */
    readonly clause: Pick<ClauseVerdict, 'text' | 'actual'>;
    /** Things that were struck, before and after; a step that strikes two nodes counts twice. */
    readonly before: number;
    readonly after: number;
    /** How often a scenario was run. */
    readonly runs: number;
    /** To be pasted behind the file. */
    readonly text: string;
}

/**
 * Leaves out of a scenario that fails what it does not need in order to fail at the same expectation for the same reason: first
 * faults (ddmin), then time. With the same seed throughout. Undefined if no expectation fails.
 *
 * @throws NotModelledError, NoModelError, CancelledError
 */
export async function minimise(
    topology: Topology,
    scenario: Scenario,
    options: ScenarioOptions = {},
): Promise<Minimised | undefined> {
    const seed = options.seed ?? scenario.seed;
    const search = new Search(topology, options);
    const first = await search.failureOf({ ...scenario, seed });
    if (first === undefined) {
        return undefined;
    }
    const { expectation, reason } = first;
    const base: Scenario = {
        ...scenario,
        name: freeName(topology, `${scenario.name}-smallest`, new Set()),
        title: `The least of ${scenario.name} that fails`,
        seed,
        expectations: [expectation],
    };
    const fails = async (tried: Scenario): Promise<boolean> => (await search.failureOf(tried))?.reason === reason;
    const with_ = (atoms: readonly Atom[]): Scenario => ({ ...base, steps: stepsOf(topology, base.steps, atoms) });
    const all = atomsOf(base.steps);
    const atoms = await ddmin(all, (part) => fails(with_(part)));
    const sooner = await withShorterPauses(with_(atoms), fails);
    const told = await search.failureOf(sooner);
    // What still goes on at the end does so at an earlier one. Other figures grow with time, and must not be others.
    const goesOn = told?.expectation.kind === 'service' && told.actual.includes(STILL_OUT);
    const smallest = await endingSooner(sooner, async (tried) => {
        const found = await search.failureOf(tried);
        return goesOn ? found?.reason === reason : found?.actual === told?.actual;
    });
    const { actual } = (await search.failureOf(smallest)) ?? first;
    return {
        clause: { text: expectation.text, actual },
        before: all.length,
        after: atoms.length,
        runs: search.runs,
        text: written(smallest),
    };
}

interface Failure {
    readonly expectation: Expectation;
    readonly actual: string;
    readonly reason: string;
}

class Search {
    runs = 0;

    constructor(
        private readonly topology: Topology,
        private readonly options: ScenarioOptions,
    ) {}

    /** The first expectation that fails. */
    async failureOf(scenario: Scenario): Promise<Failure | undefined> {
        this.runs++;
        const topology = { ...this.topology, scenarios: [scenario] };
        const run = await simulateScenario(topology, scenario, scenario.seed, this.options);
        const { clauses } = judge(topology, scenario, run);
        const index = clauses.findIndex(({ status }) => status === 'failed');
        const expectation = scenario.expectations[index];
        const actual = clauses[index]?.actual ?? '';
        return expectation && { expectation, actual, reason: withoutFigures(actual) };
    }
}

/** Two failures have the same reason if they are told in the same words, however long, how dark and of how many shards. */
function withoutFigures(actual: string): string {
    return withoutForm(actual)
        .replace(/\d[\d.,:]*(\s(ms|s|min)\b(\s\d+\ss\b)?)?/g, '#')
        .replaceAll(/\b(is|are|was|were|has|have)\b/g, 'is');
}
