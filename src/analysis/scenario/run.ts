/** Runs a scenario and judges it. */
import { findEngine } from '../../engines/index.js';
import { NotModelledError, startSimulation, type Run } from '../../simulator/index.js';
import type { Scenario, Topology } from '../../topology/index.js';
import { clientNotes } from '../client-notes.js';
import { drive, type Interrupt } from '../drive.js';
import { behaviourFactory, NoModelError, type EngineLookup } from '../models.js';
import { replicaNotesOfRun } from '../replica-reads.js';
import { addressNotesOfRun } from '../shared-addresses.js';
import { worstStatus } from '../status.js';
import type { ScenarioResult, Verdict } from '../verdict.js';
import { caveats } from './caveats.js';
import { judge } from './judge.js';

export interface ScenarioOptions {
    /** Overrides the scenario's own seed. */
    readonly seed?: number;
    readonly interrupt?: Interrupt;
    /** Where engines are looked up; the registry unless said. */
    readonly engines?: EngineLookup;
}

/** Small enough for a slice of a few milliseconds. */
const EVENTS_PER_STEP = 2_000;

/**
 * Runs the scenario to its end. What cannot be simulated truthfully gives a verdict with status `error` and an empty run.
 *
 * @throws CancelledError when the interrupt gives up
 */
export async function runScenario(
    topology: Topology,
    scenarioIndex: number,
    options: ScenarioOptions = {},
): Promise<ScenarioResult> {
    const scenario = topology.scenarios[scenarioIndex];
    if (scenario === undefined) {
        throw new Error(`The file has no scenario number ${String(scenarioIndex + 1)}.`);
    }
    const begin = performance.now();
    const seed = options.seed ?? scenario.seed;
    const outcome = await attempt(topology, scenario, seed, options);
    const { clauses, notes } =
        outcome.run === undefined ? unanswered(scenario, outcome.problem) : judge(topology, scenario, outcome.run);
    const verdict: Verdict = {
        kind: 'scenario',
        name: scenario.name,
        ...(scenario.title === undefined ? {} : { title: scenario.title }),
        source: scenario.source,
        status: outcome.run === undefined ? 'error' : worstStatus(clauses),
        seed,
        clauses,
        notes: [
            ...notes,
            ...(outcome.run === undefined
                ? []
                : notesOfRun(topology, scenario, outcome.run, options.engines ?? findEngine)),
        ],
        elapsedMs: performance.now() - begin,
    };
    return { verdict, run: outcome.run ?? emptyRun(scenario, seed) };
}

function notesOfRun(topology: Topology, scenario: Scenario, run: Run, lookup: EngineLookup): readonly string[] {
    return [
        ...caveats(topology, scenario, run, lookup),
        ...replicaNotesOfRun(topology, lookup),
        ...clientNotes(topology, lookup),
        ...addressNotesOfRun(topology),
    ];
}

type Outcome = { readonly run: Run } | { readonly run: undefined; readonly problem: string };

async function attempt(
    topology: Topology,
    scenario: Scenario,
    seed: number,
    options: ScenarioOptions,
): Promise<Outcome> {
    try {
        return { run: await simulateScenario(topology, scenario, seed, options) };
    } catch (error) {
        if (error instanceof NotModelledError || error instanceof NoModelError) {
            return { run: undefined, problem: error.message };
        }
        throw error;
    }
}

/**
 * One run of any scenario over the topology, in slices.
 *
 * @throws NotModelledError, NoModelError, CancelledError
 */
export function simulateScenario(
    topology: Topology,
    scenario: Scenario,
    seed: number,
    options: Pick<ScenarioOptions, 'interrupt' | 'engines'>,
): Promise<Run> {
    return drive(runSteps(topology, scenario, seed, options.engines), options.interrupt);
}

function* runSteps(
    topology: Topology,
    scenario: Scenario,
    seed: number,
    engines: EngineLookup | undefined,
): Generator<void, Run> {
    const simulation = startSimulation(topology, scenario, (cluster) => behaviourFactory(topology, cluster, engines), {
        seed,
    });
    while (!simulation.advance(EVENTS_PER_STEP)) {
        yield;
    }
    return simulation.result();
}

function unanswered(scenario: Scenario, problem: string): Pick<Verdict, 'clauses' | 'notes'> {
    return {
        clauses: scenario.expectations.map(({ text, source }) => ({ text, source, status: 'error', actual: problem })),
        notes: [problem],
    };
}

function emptyRun(scenario: Scenario, seed: number): Run {
    return {
        seed,
        traceHash: '0'.repeat(16),
        events: 0,
        untilMs: scenario.untilMs,
        faults: [],
        outages: [],
        leaders: [],
        lostWrites: [],
        staleReads: [],
        workloads: [],
        splitBrains: [],
        processes: [],
        links: [],
        capacity: [],
        states: [],
        windows: [],
        untouchedByLoss: [],
        lateClusters: [],
        trace: [],
    };
}
