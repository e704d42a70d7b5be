/** Steps of scenarios that no run can take, told before anybody runs them. */
import { refusalsOf, type NotModelledError } from '../../simulator/index.js';
import type { Fault, Finding, Scenario, Step, Topology } from '../../topology/index.js';
import { behaviourFactory, NoModelError, type EngineLookup } from '../models.js';

/** Faults that only some systems take. The others are refused for what the design leaves out, of which there are findings of its own. */
const ASKED: ReadonlySet<Fault['kind']> = new Set(['drain', 'promote', 'switchover', 'wipe']);

/** A warning for each step that a run would be refused for, in the words of the refusal. */
export function refusedSteps(topology: Topology, lookup: EngineLookup): readonly Finding[] {
    return refusals(topology, distinct(topology.scenarios.flatMap(({ steps }) => steps)), lookup).map(
        ({ message, source }) => ({
            code: 'scenario/step-not-modelled',
            severity: 'warning',
            message: `${message} A scenario with this step cannot be run.`,
            help: 'Leave the step out, or write what it does with faults that are simulated.',
            source,
        }),
    );
}

/** A repetition stands in the text once. */
function distinct(steps: readonly Step[]): readonly Step[] {
    const asked = steps.filter(({ fault }) => ASKED.has(fault.kind));
    return [...new Map(asked.map((step) => [step.source, step])).values()];
}

/** None where a system has no model: that is told when it is asked. */
function refusals(topology: Topology, steps: readonly Step[], lookup: EngineLookup): readonly NotModelledError[] {
    const [first] = steps;
    if (first === undefined) {
        return [];
    }
    const rehearsal: Scenario = { name: '', source: first.source, seed: 1, steps, untilMs: 0, expectations: [] };
    try {
        return refusalsOf(topology, rehearsal, (cluster) => behaviourFactory(topology, cluster, lookup));
    } catch (error) {
        if (error instanceof NoModelError) {
            return [];
        }
        throw error;
    }
}
