import type { Scenario } from '../../topology/index.js';
import { quoted } from '../names.js';
import { literalDuration } from '../words.js';

/** The scenario as a file has it, ready to be pasted. */
export function scenarioText(scenario: Scenario): string {
    const title = (scenario.title ?? '').replace(/["\\]/g, "'");
    return [
        `scenario ${quoted(scenario.name)} "${title}" {`,
        `  seed ${String(scenario.seed)}`,
        ...scenario.steps.map((step) => `  at ${literalDuration(step.atMs)}  ${step.text}`),
        `  until ${literalDuration(scenario.untilMs)}`,
        ...scenario.expectations.map((expectation) => `  ${expectation.text}`),
        '}',
        '',
    ].join('\n');
}
