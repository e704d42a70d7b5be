import type { ClauseVerdict, Status } from './verdict.js';

const FROM_BEST: readonly Status[] = ['passed', 'not-proved', 'error', 'failed'];

/** The worst status of the clauses. What demands nothing has passed. */
export function worstStatus(clauses: readonly Pick<ClauseVerdict, 'status'>[]): Status {
    return clauses.reduce<Status>(
        (worst, { status }) => (FROM_BEST.indexOf(status) > FROM_BEST.indexOf(worst) ? status : worst),
        'passed',
    );
}
