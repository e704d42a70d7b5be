/** The table of many runs of one scenario, and what is told of them once. */
import { expect, it } from 'vitest';
import type { ScenarioResult } from '../../src/analysis/index.js';
import { runsLines } from '../../src/cli/reporters/runs.js';
import { emptyRun, rangeIn } from './fakes.js';

const source = rangeIn('file:///a.cluster', 0, 0, 1);
const scenario = { name: 's', source, seed: 1, steps: [], untilMs: 0, expectations: [] };
const sources = { name: () => 'a.cluster', argument: () => 'a.cluster', line: () => undefined };

function result(seed: number, notes: readonly string[], assumption?: string): ScenarioResult {
    const verdict = { kind: 'scenario', name: 's', source, status: 'passed', seed, clauses: [], elapsedMs: 0 } as const;
    const assumptions = assumption === undefined ? [] : [{ cluster: 0, brief: assumption, sentence: assumption }];
    return { verdict: { ...verdict, notes }, run: { ...emptyRun(seed), assumptions } };
}

it('tells what runs rest on and leave out once, and of what is alike but for names and figures the first', () => {
    const lines = runsLines(
        scenario,
        [
            result(1, ['Held by luck: n-1 may lack 3 writes.', 'Not modelled: x.'], 'A page takes 35 s.'),
            result(2, ['Held by luck: n-2 may lack 4.5 writes.', 'Not modelled: x.', 'Only here.']),
        ],
        [],
        sources,
    );
    const texts = lines.map((line) =>
        'prose' in line ? line.prose : line.map((part) => (typeof part === 'string' ? part : part.text)).join(''),
    );
    expect(texts.slice(texts.indexOf('Assumptions'))).toEqual([
        'Assumptions',
        'A page takes 35 s. (In 1 of 2 runs.)',
        '',
        'Notes',
        'Held by luck: n-1 may lack 3 writes.',
        'Not modelled: x.',
        'Only here. (In 1 of 2 runs.)',
    ]);
});
