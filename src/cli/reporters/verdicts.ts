import type { ClauseVerdict, Status, Verdict } from '../../analysis/index.js';
import type { Sources } from '../input/sources.js';
import { linesOf, proseOf, styled, type Line, type Span } from '../output/page.js';
import { shellQuoted } from './shell.js';
import { counted, distinct, listed } from '../../topology/index.js';

/** One line for a scenario or an objective; below it the clauses that do not hold, and how to see it again. */
export function verdictLines(verdict: Verdict, sources: Sources): Line[] {
    const title = verdict.title === undefined ? [] : [styled('dim', ` · ${verdict.title}`)];
    return [
        ['  ', mark(verdict.status), ` ${verdict.kind} `, styled('bold', verdict.name), ...title],
        ...verdict.clauses.filter((clause) => tellsMore(clause, verdict)).flatMap(clauseLines),
        ...assumptionLines(verdict.clauses, 6),
        ...verdict.notes.flatMap((note) => proseOf(`note: ${note}`, 6)),
        ...(verdict.status === 'passed' ? [] : replayLines(verdict, sources)),
    ];
}

/** What the verdicts about these clauses take for granted, whether they hold or not. */
export function assumptionLines(clauses: readonly ClauseVerdict[], indent: number): Line[] {
    return distinct(clauses.flatMap(({ assumptions = [] }) => assumptions)).flatMap((assumption) =>
        proseOf(`assumes: ${assumption}`, indent),
    );
}

/** Passed clauses need no words; nor does one that only repeats why nothing could be run. */
function tellsMore(clause: ClauseVerdict, verdict: Verdict): boolean {
    return clause.status !== 'passed' && !(clause.status === 'error' && verdict.notes.includes(clause.actual));
}

/** `4 passed, 1 failed, 1 not proved.` */
export function verdictsSummary(verdicts: readonly Verdict[]): Line {
    const parts = (['passed', 'failed', 'not-proved', 'error'] as const).flatMap((status) => {
        const count = verdicts.filter((verdict) => verdict.status === status).length;
        return count === 0 ? [] : [`${count} ${STATUS_WORD[status]}`];
    });
    return [`${listed(parts)} of ${whatWasDecided(verdicts)}.`];
}

function whatWasDecided(verdicts: readonly Verdict[]): string {
    const kinds = new Set(verdicts.map(({ kind }) => kind));
    return kinds.size === 1
        ? counted(verdicts.length, [...kinds].join(''))
        : counted(verdicts.length, 'scenario or objective', 'scenarios and objectives');
}

export function mark(status: Status): Span {
    return MARKS[status];
}

const STATUS_WORD: Readonly<Record<Status, string>> = {
    passed: 'passed',
    failed: 'failed',
    'not-proved': 'not proved',
    error: 'could not be decided',
};

const MARKS: Readonly<Record<Status, Span>> = {
    passed: styled('green', '✓'),
    failed: styled('red', '✗'),
    'not-proved': styled('yellow', '?'),
    error: styled('red', '!'),
};

/** A clause with what was found; for a refuted objective also the scenario that shows it, ready to be pasted. */
export function clauseLines(clause: ClauseVerdict): Line[] {
    const line = clause.source.start.line + 1;
    return [
        ['    ', mark(clause.status), ` ${clause.text}`, styled('dim', `  (line ${line})`)],
        ...proseOf(clause.actual, 8),
        ...counterexampleLines(clause),
    ];
}

function counterexampleLines(clause: ClauseVerdict): Line[] {
    if (clause.counterexample === undefined) {
        return [];
    }
    return [
        ['        This scenario shows it; paste it behind the file and run it:'],
        [],
        ...linesOf(clause.counterexample.scenario.trimEnd(), 8),
        [],
    ];
}

function replayLines(verdict: Verdict, sources: Sources): Line[] {
    if (verdict.kind !== 'scenario' || verdict.seed === undefined) {
        return [];
    }
    const command = replayCommand(verdict, verdict.seed, sources);
    return [[`      seed ${verdict.seed}, replay: `, styled('cyan', command)]];
}

/** The command line that runs a scenario again with one seed. */
export function replayCommand(verdict: Verdict, seed: number, sources: Sources): string {
    const file = shellQuoted(sources.argument(verdict.source.uri));
    return `faultline simulate ${file} --scenario ${shellQuoted(verdict.name)} --seed ${seed}`;
}
