/** The same scenario in less time, as long as it still fails. */
import { assertNever, looksUntilMs, type Expectation, type Scenario } from '../../topology/index.js';

export type Fails = (tried: Scenario) => Promise<boolean>;

/** Pauses between one step and the next that are tried in place of a longer one, in ms. */
const PAUSES_MS = [0, 1_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000];
/** What is tried in place of a less round time, in ms. */
const ROUND_MS = [600_000, 60_000, 30_000, 10_000, 5_000, 1_000];

/** Step by step: the shortest pause before it with which the scenario still fails, all later ones moved along; then rounder times. */
export async function withShorterPauses(scenario: Scenario, fails: Fails): Promise<Scenario> {
    let best = scenario;
    for (const index of scenario.steps.keys()) {
        const atMs = best.steps[index]?.atMs ?? 0;
        const earliest = best.steps[index - 1]?.atMs ?? 0;
        // Something works before the first thing fails.
        const pauses = PAUSES_MS.filter((pause) => pause > 0 || index > 0);
        const sooner = pauses.map((pause) => earliest + pause).filter((time) => time < atMs);
        const rounder = ROUND_MS.map((unit) => Math.floor(atMs / unit) * unit);
        best = await firstThat(
            [
                ...sooner.map((time) => moved(best, index, time, (at) => at >= index)),
                ...rounder
                    .filter((time) => time < atMs && time > 0 && time >= earliest)
                    .map((time) => moved(best, index, time, (at) => at === index)),
            ],
            fails,
            best,
        );
    }
    return best;
}

function moved(scenario: Scenario, index: number, toMs: number, isMoved: (index: number) => boolean): Scenario {
    const byMs = toMs - (scenario.steps[index]?.atMs ?? 0);
    const steps = scenario.steps.map((step, at) => (isMoved(at) ? { ...step, atMs: step.atMs + byMs } : step));
    return { ...scenario, steps };
}

/** How long a run may go on after the last that happens or is asked, in ms. */
const TAILS_MS = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000];

/**
 * The earliest end with which the scenario still fails, unless it fails for want of something that would have come by then.
 * `goesOn`: it fails because something lasts to the end.
 */
export async function endingSooner(scenario: Scenario, goesOn: boolean, fails: Fails): Promise<Scenario> {
    const isSeenByLimit = scenario.expectations.every((each) => limitOf(each) > 0);
    // Without a limit that runs out, what has not come back yet is not what never does.
    if (scenario.expectations.some(wantsToSee) || (goesOn && !isSeenByLimit)) {
        return scenario;
    }
    const needed = Math.max(0, ...scenario.steps.map(({ atMs }) => atMs), ...scenario.expectations.map(looksUntilMs));
    const limits = scenario.expectations.map(limitOf);
    const ends = TAILS_MS.flatMap((tail) => limits.map((limit) => Math.ceil((needed + limit + tail) / 1_000) * 1_000));
    const sooner = ends.filter((end) => end < scenario.untilMs).sort((one, other) => one - other);
    const shorter = sooner.map((untilMs) => ({ ...scenario, untilMs }));
    return firstThat(shorter, fails, scenario);
}

/** How long after a fault the expectation is decided. */
function limitOf(expectation: Expectation): number {
    return expectation.kind === 'service' && 'limitMs' in expectation.outcome ? expectation.outcome.limitMs : 0;
}

/** Whether the expectation wants something to happen that a shorter run may merely not get to. */
function wantsToSee(expectation: Expectation): boolean {
    switch (expectation.kind) {
        case 'service':
            return expectation.outcome.kind === 'interrupted';
        case 'lost-writes':
        case 'stale-reads':
            return expectation.bound === 'least';
        case 'capacity':
            return expectation.bound === 'most' && expectation.atMs === undefined;
        case 'split-brain':
            return expectation.expected;
        case 'leader':
        case 'availability':
        case 'replicated':
        case 'health':
        case 'drain':
            return false;
        default:
            return assertNever(expectation);
    }
}

async function firstThat(candidates: readonly Scenario[], fails: Fails, otherwise: Scenario): Promise<Scenario> {
    for (const candidate of candidates) {
        if (await fails(candidate)) {
            return candidate;
        }
    }
    return otherwise;
}
