import type { Expectation } from './scenario.js';

/** "Available at T" looks at the requests that are sent within so many milliseconds from T on. */
export const AVAILABLE_WITHIN_MS = 1_000;

/** The instant that the expectation names, in milliseconds; undefined if it names none. */
export function momentOf(expectation: Expectation): number | undefined {
    if (expectation.kind === 'service') {
        return 'atMs' in expectation.outcome ? expectation.outcome.atMs : undefined;
    }
    return 'atMs' in expectation ? expectation.atMs : undefined;
}

/** How long a run must last, in milliseconds, for the expectation to see all that it looks at from its instant on; 0 if it names none. */
export function looksUntilMs(expectation: Expectation): number {
    const moment = momentOf(expectation);
    return moment === undefined ? 0 : expectation.kind === 'service' ? moment + AVAILABLE_WITHIN_MS : moment;
}
