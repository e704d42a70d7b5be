import { literalDuration, type Scenario } from '../../topology/index.js';
import { quoted } from '../names.js';

/** A scenario as text that can be pasted behind its file. */
export function written(scenario: Scenario): string {
    const title = scenario.title === undefined ? '' : ` "${scenario.title.replace(/["\\]/g, "'")}"`;
    return [
        `scenario ${quoted(scenario.name)}${title} {`,
        `  seed ${String(scenario.seed)}`,
        ...scenario.steps.map((step) => `  at ${literalDuration(step.atMs)}  ${step.text}`),
        `  until ${literalDuration(scenario.untilMs)}`,
        ...scenario.expectations.map((expectation) => `  ${expectation.text}`),
        '}',
        '',
    ].join('\n');
}
