import { observedExpectations, scenarioText, type ScenarioResult } from '../../analysis/index.js';
import type { SaveScenarioReply } from '../../protocol/index.js';
import type { Scenario, Topology } from '../../topology/index.js';
import { scenarioOf, withScenario, type LiveRun } from './live.js';

export type RunScenario = (topology: Topology, index: number) => Promise<ScenarioResult>;

/**
 * The steps as a scenario to be written at the end of the text, with expectations that say what its run showed. Those that
 * its own run does not meet are left out.
 */
export async function scenarioToSave(
    topology: Topology,
    text: string,
    live: LiveRun,
    run: RunScenario,
): Promise<SaveScenarioReply> {
    const scenario = scenarioOf(topology, live);
    const first = await runOf(topology, scenario, run);
    const observed = { ...scenario, expectations: observedExpectations(topology, first.run, scenario.source) };
    const second = await runOf(topology, observed, run);
    const expectations = observed.expectations.filter((_, at) => second.verdict.clauses[at]?.status === 'passed');
    const lines = text.split('\n');
    const last = lines.at(-1) ?? '';
    const gap = text.trim() === '' ? '' : last.trim() === '' ? '\n' : '\n\n';
    return {
        kind: 'done',
        name: scenario.name,
        line: lines.length - 1,
        character: last.length,
        text: gap + scenarioText({ ...observed, expectations }),
    };
}

function runOf(topology: Topology, scenario: Scenario, run: RunScenario): Promise<ScenarioResult> {
    const extended = withScenario(topology, scenario);
    return run(extended.topology, extended.index);
}
