import { assertNever, counted } from '../../topology/index.js';
import type { ClauseVerdict, Status, Verdict } from '../../analysis/index.js';
import type { Standing } from './verdicts.js';

const MARKS: Readonly<Record<Status, string>> = { passed: '✓', failed: '✗', 'not-proved': '?', error: '!' };

/** Longest title of a lens. */
const TITLE_LENGTH = 160;

/** What is known about an objective in one line. */
export function standingTitle(standing: Standing): string {
    if (standing.kind === 'proved') return verdictTitle(standing.verdict);
    return standing.before ? `… proving (before: ${verdictTitle(standing.before)})` : '… proving';
}

/** An objective that cannot be proved while something is half written. It says the same for every letter that is typed. */
export function waitingTitle(before: Verdict): string {
    return `… waiting until the errors are mended (before: ${verdictTitle(before)})`;
}

/** An objective's verdict in one line, the worst clauses first. */
function verdictTitle(verdict: Verdict): string {
    const order: readonly Status[] = ['failed', 'error', 'not-proved', 'passed'];
    const clauses = verdict.clauses.toSorted((left, right) => order.indexOf(left.status) - order.indexOf(right.status));
    const titles = clauses.map((clause) => clauseTitle(clause, clauses));
    const title =
        [...new Set(titles)].join('  ') || `${MARKS[verdict.status]} ${verdict.notes[0] ?? 'nothing to prove'}`;
    return title.length > TITLE_LENGTH ? `${title.slice(0, TITLE_LENGTH)}…` : title;
}

function basis(parts: readonly string[]): string {
    return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function clauseTitle(clause: ClauseVerdict, all: readonly ClauseVerdict[]): string {
    const { status, text, sets, assumptions, counterexample, actual } = clause;
    const subject = text.startsWith('tolerate ') ? `survives ${text.slice('tolerate '.length)}` : text;
    switch (status) {
        case 'passed':
            return `${MARKS.passed} ${subject}${basis([
                ...(sets === undefined ? [] : [counted(sets, 'set')]),
                ...(assumptions?.length ? [`on ${counted(assumptions.length, 'assumption')}`] : []),
            ])}`;
        case 'failed':
            return counterexample
                ? `${MARKS.failed} ${text}: broken by ${counterexample.faults.join(' and ')}`
                : `${MARKS.failed} ${text}: ${actual}`;
        case 'not-proved':
            return `${MARKS['not-proved']} not proved: ${text}`;
        case 'error':
            // What keeps several from being decided is said once, without them.
            return all.some((other) => other !== clause && other.status === 'error' && other.actual === actual)
                ? `${MARKS.error} ${actual}`
                : `${MARKS.error} ${text}: ${actual}`;
        default:
            return assertNever(status);
    }
}
