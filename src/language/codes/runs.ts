import { besideServers } from './files.js';
import type { CodePage } from './page.js';

/** What a run of a scenario shows, or would be refused for. */
export const runCodes: readonly CodePage[] = [
    {
        code: 'scenario/fault-without-effect',
        title: 'A fault that changed nothing when its scenario was run',
        why: 'What it strikes was in that state already, so the scenario shows less than it seems to. It is told where the scenario was run.',
        fix: 'Correct its time or what it names, or leave it out.',
        example: scenario('at 30s fail node web-1', 'at 40s crash node web-1'),
        remedy: scenario('at 30s crash node web-1', 'at 40s fail node web-1'),
    },
    {
        code: 'scenario/step-not-modelled',
        title: 'A step that no run can take',
        why: 'The system has no such order, or what it does is not simulated yet; the message says which. A scenario with such a step is not run at all, since what follows would be made up.',
        fix: 'Leave the step out, or write what it does with faults that are simulated: a drained node as `stop node`, say.',
        example: scenario('at 30s drain node web-1'),
        remedy: scenario('at 30s stop node web-1'),
    },
];

function scenario(...steps: readonly string[]): string {
    return besideServers('scenario rough-night {', ...steps.map((step) => `  ${step}`), '  until 2m', '}');
}
