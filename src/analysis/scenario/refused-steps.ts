/** Steps of scenarios that no run can take, told before anybody runs them. */
import { NotModelledError, startSimulation } from '../../simulator/index.js';
import type { Fault, Finding, Scenario, Step, Topology } from '../../topology/index.js';
import { behaviourFactory, NoModelError, type EngineLookup } from '../models.js';

/** Faults that only some systems take. The others are refused for what the design leaves out, of which there are findings of its own. */
const ASKED: ReadonlySet<Fault['kind']> = new Set(['drain', 'promote', 'switchover', 'wipe']);

/** A warning for each step that a run would be refused for, in the words of the refusal. */
export function refusedSteps(topology: Topology, lookup: EngineLookup): readonly Finding[] {
    const findings: Finding[] = [];
    let steps = distinct(topology.scenarios.flatMap((scenario) => scenario.steps));
    for (
        let refusal = firstRefusal(topology, steps, lookup);
        refusal;
        refusal = firstRefusal(topology, steps, lookup)
    ) {
        const { message, source } = refusal;
        findings.push({
            code: 'scenario/step-not-modelled',
            severity: 'warning',
            message: `${message} A scenario with this step cannot be run.`,
            help: 'Leave the step out, or write what it does with faults that are simulated.',
            source,
        });
        steps = steps.filter((step) => step.source !== source);
    }
    return findings;
}

/** A repetition stands in the text once. */
function distinct(steps: readonly Step[]): readonly Step[] {
    const asked = steps.filter(({ fault }) => ASKED.has(fault.kind));
    return [...new Map(asked.map((step) => [step.source, step])).values()];
}

/** Starts a run with these steps, and asks nothing but whether it may start. */
function firstRefusal(topology: Topology, steps: readonly Step[], lookup: EngineLookup): NotModelledError | undefined {
    const [first] = steps;
    if (first === undefined) {
        return undefined;
    }
    const rehearsal: Scenario = { name: '', source: first.source, seed: 1, steps, untilMs: 0, expectations: [] };
    try {
        startSimulation(topology, rehearsal, (cluster) => behaviourFactory(topology, cluster, lookup));
        return undefined;
    } catch (error) {
        if (error instanceof NotModelledError) {
            return error;
        }
        if (error instanceof NoModelError) {
            return undefined;
        }
        throw error;
    }
}
