import type { Minimised } from '../../analysis/index.js';
import { counted } from '../../topology/index.js';
import { linesOf, proseOf, styled, type Line } from '../output/page.js';

/** What is left of a scenario that fails, ready to be pasted. */
export function minimisedLines(least: Minimised | undefined): Line[] {
    if (least === undefined) {
        return [[], ['Nothing to minimise: no expectation failed.']];
    }
    const { clause, before, after, runs, text } = least;
    const left =
        after === 0
            ? 'No fault is needed'
            : `${String(after)} of ${counted(before, 'fault')} ${after === 1 ? 'is' : 'are'} needed`;
    return [
        [],
        [styled('bold', 'Minimised')],
        ...proseOf(
            `${left} for '${clause.text}' to fail in the same way (${counted(runs, 'run')}): ${clause.actual}`,
            2,
        ),
        ['  Paste it behind the file and run it:'],
        [],
        ...linesOf(text.trimEnd(), 2),
    ];
}
