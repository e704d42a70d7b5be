import { besideServers } from './files.js';
import type { CodePage } from './page.js';

/** Objectives and scenarios that are understood and yet cannot mean what they say. */
export const questionCodes: readonly CodePage[] = [
    {
        code: 'language/after-until',
        title: 'A step or an expectation after the end of its scenario',
        why: 'The simulation ends at `until`, so the step never happens and the moment is never looked at. `available at T` and `unavailable at T` look at the whole second after T.',
        fix: 'Move it before the end, or let the scenario go on longer.',
        example: scenario('at 10s crash node web-1', 'at 20m restore node web-1', 'until 15m'),
        remedy: scenario('at 10s crash node web-1', 'at 10m restore node web-1', 'until 15m'),
    },
    {
        code: 'language/nothing-to-restore',
        title: 'A restore of what has not failed',
        why: 'The step changes nothing; most often its name or its time is not the one that was meant.',
        fix: 'Name what an earlier step fails, crashes, stops or isolates.',
        example: scenario('at 10s crash node web-1', 'at 2m restore node web-2'),
        remedy: scenario('at 10s crash node web-1', 'at 2m restore node web-1'),
    },
    {
        code: 'language/nothing-to-heal',
        title: 'A heal where no link is hurt',
        why: '`heal` takes back partitions, cuts, delays and losses. An isolation is none of them, so what was isolated stays so.',
        fix: 'Take an isolation back with `restore`, which names the node or the place.',
        example: scenario('at 10s isolate node web-1', 'at 2m heal'),
        remedy: scenario('at 10s isolate node web-1', 'at 2m restore node web-1'),
    },
    {
        code: 'language/more-than-there-are',
        title: 'More failures than there are parts',
        why: 'No set of that many can fail, so the answer is to another question than the one that was meant.',
        fix: 'Write a smaller number, or say where the nodes stand.',
        example: besideServers('objective sound for web {', '  tolerate any 99 nodes', '}'),
        remedy: besideServers('objective sound for web {', '  tolerate any 1 node', '}'),
    },
];

function scenario(...lines: readonly string[]): string {
    return besideServers('scenario crash {', ...lines.map((line) => `  ${line}`), '}');
}
