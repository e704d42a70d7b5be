import { liveScenario, type LiveOrder } from '../../analysis/index.js';
import { elementNamed } from '../../diagram/index.js';
import type { LiveStep } from '../../protocol/index.js';
import type { Scenario, Topology } from '../../topology/index.js';

/** The seed of scenarios that name none. */
const USUAL_SEED = 1;

export interface LiveRun {
    readonly steps: readonly LiveStep[];
    readonly seed?: number;
    /** The played scenario that goes on behind this instant, in milliseconds from its start, with the steps. */
    readonly after?: { readonly scenario: Scenario; readonly untilMs: number };
}

/**
 * The scenario that somebody clicked together in the drawing.
 *
 * @throws Error if the text has changed so that an element is no longer there, or for a step that its element cannot take
 */
export function scenarioOf(topology: Topology, { steps, seed = USUAL_SEED, after }: LiveRun): Scenario {
    if (steps.length === 0) throw new Error('There is no step yet: break something first.');
    const start = { line: 0, character: 0 };
    const orders = steps.map((step) => orderOf(topology, step));
    const source = { uri: topology.uri, start, end: start };
    return liveScenario(topology, orders, { seed, source, ...(after && { after }) });
}

function orderOf(topology: Topology, { atMs, action, element }: LiveStep): LiveOrder {
    if (element === null) return { atMs, action };
    const target = elementNamed(topology, element);
    if (!target) throw new Error(`The drawing's '${element}' is no longer in the file. Begin the live scenario anew.`);
    return { atMs, action, target };
}

/** The topology with one more scenario, and where it stands. */
export function withScenario(
    topology: Topology,
    scenario: Scenario,
): { readonly topology: Topology; readonly index: number } {
    return {
        topology: { ...topology, scenarios: [...topology.scenarios, scenario] },
        index: topology.scenarios.length,
    };
}
