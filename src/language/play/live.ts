import { liveScenario, type LiveOrder } from '../../analysis/index.js';
import { elementNamed } from '../../diagram/index.js';
import type { LiveStep } from '../../protocol/index.js';
import type { Scenario, Topology } from '../../topology/index.js';

/** The seed of scenarios that name none. */
const USUAL_SEED = 1;

/**
 * The scenario that somebody clicked together in the drawing.
 *
 * @throws Error if the text has changed so that an element is no longer there, or for a step that its element cannot take
 */
export function scenarioOf(topology: Topology, steps: readonly LiveStep[], seed = USUAL_SEED): Scenario {
    if (steps.length === 0) throw new Error('There is no step yet: break something first.');
    const start = { line: 0, character: 0 };
    const orders = steps.map((step) => orderOf(topology, step));
    return liveScenario(topology, orders, { seed, source: { uri: topology.uri, start, end: start } });
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
