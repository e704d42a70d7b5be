/** Runs of scenarios: started, taken to their end, or refused. */
import type { Cluster, Scenario, Topology } from '../topology/index.js';
import type { BehaviourFactory } from './behaviour.js';
import type { NotModelledError } from './not-modelled.js';
import type { Run } from './result.js';
import { ScenarioRun, type Simulation } from './scenario-run.js';

export interface SimulationOptions {
    /** Overrides the scenario's own seed. */
    readonly seed?: number;
}

/**
 * Starts a run.
 *
 * @throws NotModelledError before anything runs, if a step of the scenario cannot be simulated truthfully.
 */
export function startSimulation(
    topology: Topology,
    scenario: Scenario,
    behaviourOf: (cluster: Cluster) => BehaviourFactory,
    options: SimulationOptions = {},
): Simulation {
    return new ScenarioRun(topology, scenario, behaviourOf, options.seed ?? scenario.seed);
}

/** What a run would be refused with for each of these steps. Nothing runs. */
export function refusalsOf(
    topology: Topology,
    scenario: Scenario,
    behaviourOf: (cluster: Cluster) => BehaviourFactory,
): readonly NotModelledError[] {
    return new ScenarioRun(topology, { ...scenario, steps: [] }, behaviourOf, scenario.seed).refusalsOf(scenario.steps);
}

/** Runs a scenario to its end in one go. */
export function simulate(
    topology: Topology,
    scenario: Scenario,
    behaviourOf: (cluster: Cluster) => BehaviourFactory,
    options: SimulationOptions = {},
): Run {
    const simulation = startSimulation(topology, scenario, behaviourOf, options);
    while (!simulation.advance(Number.MAX_SAFE_INTEGER));
    return simulation.result();
}
