/** The smallest scenario that fails as another one does. */
import { looksUntilMs, type Expectation, type Scenario, type Topology } from '../../topology/index.js';
import { freeName } from '../names.js';
import type { ClauseVerdict } from '../verdict.js';
import { atomsOf, stepsOf, type Atom } from './atoms.js';
import { ddmin } from './ddmin.js';
import { judge } from './judge.js';
import { simulateScenario, type ScenarioOptions } from './run.js';
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

/** What is tried in place of a longer time, in ms. */
const ROUND_MS = [600_000, 60_000, 30_000, 10_000, 5_000, 1_000];
/** How long a run may go on after the last that happens or is asked, in ms. */
const TAILS_MS = [1_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000];

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
    const rounder = await atRounderTimes(with_(atoms), fails);
    const told = (await search.failureOf(rounder))?.actual;
    // What does not come back before the end would not do so before an earlier one either: the same must be found, figures included.
    const smallest = await endingSooner(rounder, async (tried) => (await search.failureOf(tried))?.actual === told);
    return {
        clause: { text: expectation.text, actual: told ?? first.actual },
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

/** Two failures have the same reason if they are told in the same words, however long and of how many shards. */
function withoutFigures(actual: string): string {
    return actual
        .replace(/\d[\d.,]*(\s(ms|s|min)\b(\s\d+\ss\b)?)?/g, '#')
        .replaceAll(/\b(is|are|was|were|has|have)\b/g, 'is');
}

/** The same steps at rounder times, and one with another where that changes nothing. */
async function atRounderTimes(scenario: Scenario, fails: (tried: Scenario) => Promise<boolean>): Promise<Scenario> {
    let best = scenario;
    for (const [index, { atMs }] of scenario.steps.entries()) {
        const earliest = best.steps[index - 1]?.atMs ?? 0;
        const round = ROUND_MS.map((unit) => Math.floor(atMs / unit) * unit);
        const candidates = [...(index > 0 ? [earliest] : []), ...round];
        best = await firstThat(
            candidates
                .filter((time) => time < atMs && time >= earliest && (time > 0 || index > 0))
                .map((time) => ({
                    ...best,
                    steps: best.steps.map((step, at) => (at === index ? { ...step, atMs: time } : step)),
                })),
            fails,
            best,
        );
    }
    return best;
}

async function endingSooner(scenario: Scenario, fails: (tried: Scenario) => Promise<boolean>): Promise<Scenario> {
    const needed = Math.max(0, ...scenario.steps.map(({ atMs }) => atMs), ...scenario.expectations.map(looksUntilMs));
    const ends = TAILS_MS.map((tail) => Math.ceil((needed + tail) / 1_000) * 1_000);
    const shorter = ends.filter((end) => end < scenario.untilMs).map((untilMs) => ({ ...scenario, untilMs }));
    return firstThat(shorter, fails, scenario);
}

async function firstThat(
    candidates: readonly Scenario[],
    fails: (tried: Scenario) => Promise<boolean>,
    otherwise: Scenario,
): Promise<Scenario> {
    for (const candidate of candidates) {
        if (await fails(candidate)) {
            return candidate;
        }
    }
    return otherwise;
}
