/** The smallest scenario that fails as another one does. */
import type { Expectation, Scenario, Topology } from '../../topology/index.js';
import { freeName } from '../names.js';
import type { ClauseVerdict } from '../verdict.js';
import { atomsOf, stepsOf, type Atom } from './atoms.js';
import { ddmin } from './ddmin.js';
import { judge } from './judge.js';
import { STILL_OUT, withoutForm } from './outages.js';
import { simulateScenario, type ScenarioOptions } from './run.js';
import { endingSooner, withShorterPauses, type Fails } from './shorter.js';
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
 * Leaves out of a scenario that fails what it does not need in order to fail at the same expectation for the same reason: faults
 * (ddmin), then time, as long as either gets less. With the same seed throughout. Undefined if no expectation fails.
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
    const shrunk = await shrink(topology, base, fails);
    const told = await search.failureOf(shrunk);
    // What still goes on at the end does so at an earlier one. Other figures grow with time, and must not be others.
    const goesOn = told?.expectation.kind === 'service' && told.actual.includes(STILL_OUT);
    const smallest = await endingSooner(shrunk, goesOn, async (tried) => {
        const found = await search.failureOf(tried);
        const isSame = goesOn ? found?.reason === reason : found?.actual === told?.actual;
        return isSame && !(await someFewer(topology, tried, fails));
    });
    const { actual } = (await search.failureOf(smallest)) ?? first;
    return {
        clause: { text: expectation.text, actual },
        before: atomsOf(base.steps).length,
        after: atomsOf(smallest.steps).length,
        runs: search.runs,
        text: written(smallest),
    };
}

/** Faults that are needed at one time may not be at another, so they are tried anew until nothing more can be left out. */
async function shrink(topology: Topology, scenario: Scenario, fails: Fails): Promise<Scenario> {
    let best = scenario;
    for (;;) {
        const all = atomsOf(best.steps);
        const needed = await ddmin(all, (part) => fails(withOnly(topology, best, part)));
        if (best !== scenario && needed.length === all.length) {
            return best;
        }
        const fewer = withOnly(topology, best, needed);
        const sooner = await withShorterPauses(fewer, fails);
        if (sooner === fewer) {
            return fewer;
        }
        best = sooner;
    }
}

function withOnly(topology: Topology, scenario: Scenario, atoms: readonly Atom[]): Scenario {
    return { ...scenario, steps: stepsOf(topology, scenario.steps, atoms) };
}

/** Whether it fails with a fault less: so soon after the faults one may look as bad as all of them, which is not yet told apart. */
async function someFewer(topology: Topology, scenario: Scenario, fails: Fails): Promise<boolean> {
    const all = atomsOf(scenario.steps);
    for (const atom of all) {
        if (
            await fails(
                withOnly(
                    topology,
                    scenario,
                    all.filter((each) => each !== atom),
                ),
            )
        ) {
            return true;
        }
    }
    return false;
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
