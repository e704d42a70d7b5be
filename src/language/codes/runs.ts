import { besideServers } from './files.js';
import type { CodePage } from './page.js';

/** What only a run of a scenario shows. */
export const runCodes: readonly CodePage[] = [
    {
        code: 'scenario/fault-without-effect',
        title: 'A fault that changed nothing when its scenario was run',
        why: 'What it strikes was in that state already, so the scenario shows less than it seems to. It is told where the scenario was run.',
        fix: 'Correct its time or what it names, or leave it out.',
        example: scenario('at 30s fail node web-1', 'at 40s crash node web-1'),
        remedy: scenario('at 30s crash node web-1', 'at 40s fail node web-1'),
    },
];

function scenario(...steps: readonly string[]): string {
    return besideServers('scenario rough-night {', ...steps.map((step) => `  ${step}`), '  until 2m', '}');
}
