import type { Finding } from '../topology/index.js';
import type { ClauseVerdict, Verdict } from './verdict.js';

/** Refuted and unproved clauses as findings. */
export function verdictFindings(verdict: Verdict): Finding[] {
    return verdict.clauses.flatMap((clause) => {
        if (clause.status === 'passed') return [];
        return [clause.status === 'failed' ? refuted(clause) : notProved(clause)];
    });
}

function refuted({ text, actual, source, counterexample }: ClauseVerdict): Finding {
    const faults = counterexample?.faults.join(' and ');
    return {
        code: 'objective/refuted',
        severity: 'error',
        message: `'${text}' does not hold${faults ? `: the loss of ${faults} breaks it` : ''}. ${actual}`,
        help: 'Change the design, or ask for less.',
        source,
        related: (counterexample?.sources ?? []).map((each, index) => ({
            source: each,
            message: `${counterexample?.faults[index] ?? 'This'} fails.`,
        })),
    };
}

function notProved({ text, actual, source, assumptions }: ClauseVerdict): Finding {
    const resting = assumptions?.length ? ` It rests on: ${assumptions.join('; ')}.` : '';
    return {
        code: 'objective/not-proved',
        severity: 'warning',
        message: `'${text}' is neither proved nor refuted. ${actual}${resting}`,
        help: 'Bound what it rests on, or ask for less. A scenario shows what one course of events looks like.',
        source,
    };
}
