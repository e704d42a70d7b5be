import type { Cluster, Scenario, Topology } from '../topology/index.js';
import type { BehaviourFactory } from './behaviour.js';
import type { Run } from './result.js';

export interface SimulationOptions {
    /** Overrides the scenario's own seed. */
    readonly seed?: number;
}

/** A run that can be advanced in slices, so that it never holds its thread for long. */
export interface Simulation {
    /** Processes at most `maxEvents` events; returns whether the run has reached its end. */
    advance(maxEvents: number): boolean;
    /** The finished run. Throws if it has not reached its end. */
    result(): Run;
}

/** Starts a run. `behaviourOf` gives undefined for a cluster whose engine models no failures. */
export declare function startSimulation(
    topology: Topology,
    scenario: Scenario,
    behaviourOf: (cluster: Cluster) => BehaviourFactory,
    options?: SimulationOptions,
): Simulation;
