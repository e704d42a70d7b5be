import type { ClauseVerdict, Verdict } from '../../analysis/index.js';
import type { Finding } from '../../topology/index.js';

/** What `check --prove` adds: an error for every clause that is refuted, a warning for one that could not be decided. */
export function objectiveFindings(verdict: Verdict): Finding[] {
    return verdict.clauses
        .filter((clause) => clause.status !== 'passed')
        .map((clause) => (clause.status === 'not-proved' ? undecided(verdict, clause) : refuted(verdict, clause)));
}

function refuted(verdict: Verdict, clause: ClauseVerdict): Finding {
    const faults = clause.counterexample?.faults ?? [];
    return {
        code: 'objective/refuted',
        severity: 'error',
        message: `Objective ${verdict.name}, ${clause.text}: ${clause.actual}`,
        help: `Change the placement or the settings so that it holds${
            faults.length === 0 ? '' : ` without ${faults.join(' and ')}`
        }, or ask for less. faultline prove prints the scenario that shows it.`,
        source: clause.source,
        related: (clause.counterexample?.sources ?? []).map((source, index) => ({
            source,
            message: `fails in the counterexample: ${faults[index] ?? 'this element'}`,
        })),
    };
}

function undecided(verdict: Verdict, clause: ClauseVerdict): Finding {
    return {
        code: 'objective/not-proved',
        severity: 'warning',
        message: `Objective ${verdict.name}, ${clause.text}: ${clause.actual}`,
        help: 'Nothing shows that it holds. Bound the delays that it rests on, or ask for less.',
        source: clause.source,
    };
}
