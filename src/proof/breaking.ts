/** Which of the failure sets that break a subject is named. */
import type { Audience } from './audience.js';
import { Best } from './best.js';
import { serviceBreakage, type Breakage, type ServiceBreakage } from './breakage.js';
import type { Purse } from './budget.js';
import type { Level } from './levels.js';
import type { ProofModel } from './model.js';
import type { Demand } from './questions.js';
import type { FailureState } from './rules.js';
import { stateAfter } from './state.js';
import { withNeeds, type Obligation, type Subject } from './subject.js';
import type { FailureUnit } from './units.js';

type FailureSet = readonly FailureUnit[];

/** Of the failure sets those that may break the subject as well as not, those that no client sees in a run, and the others. */
const OPEN = 0;
const UNSEEN = 1;
const SEEN = 2;

/**
 * A set that surely breaks the subject and that a run can show, since a client is left who misses something, is named before one
 * whose clients all fail with it or which takes another leader, and this before one that may break nothing.
 */
export class Breaking {
    private readonly best = new Best<{ readonly breakage: Breakage }>();

    constructor(
        private readonly model: ProofModel,
        private readonly subject: Subject,
        private readonly audience: Audience,
        private readonly breakageIn: (model: ProofModel, subject: Subject, state: FailureState) => Breakage | undefined,
    ) {}

    get found(): { readonly units: FailureSet; readonly rank: number; readonly breakage: Breakage } | undefined {
        return this.best.found;
    }

    /** Whether a run can show what was found, so that no larger set needs to be looked at. */
    get isSeen(): boolean {
        return this.best.figure === SEEN;
    }

    /** Whether this set is named if it breaks the subject, whatever else is found at its level. */
    mayName(units: FailureSet, level: Level): boolean {
        return !this.isSeen || level.rankOf(units) < (this.best.found?.rank ?? Infinity);
    }

    /**
     * Asks the questions about the sets of one level. Yields after each.
     *
     * @returns the set of which nobody could pay the question any more, if it came to that
     */
    *among(level: Level, questions: readonly Demand[], purse: Purse): Generator<void, FailureSet | undefined> {
        const { search, members } = level;
        for (const question of questions) {
            for (const units of search.sets(question, members)) {
                if (!purse.pay(question)) {
                    return units;
                }
                if (this.mayName(units, level) && !question.holds(stateAfter(this.model.topology, units))) {
                    this.take(units, level);
                    if (this.isSeen && this.found?.units === units && search.inOrder) {
                        break;
                    }
                    purse.pay({ weight: this.subject.all.length });
                }
                yield;
            }
        }
        return undefined;
    }

    /** Whether somebody waits for it, after the failure, until it comes back. */
    isAwaited(obligation: Obligation, state: FailureState): boolean {
        return (
            this.audience.sees(obligation, state) &&
            (this.found === undefined || this.breakageOf(obligation, state) === undefined)
        );
    }

    private take(units: FailureSet, level: Level): void {
        const state = stateAfter(this.model.topology, units);
        const breakage = this.breakageIn(this.model, this.subject, state) ?? contradicted(units);
        this.best.offer(this.figureOf(breakage, state), level.rankOf(units), units, { breakage });
    }

    private figureOf(breakage: Breakage, state: FailureState): number {
        if (breakage.kind === 'capacity') {
            return SEEN;
        }
        if (breakage.isOpen === true) {
            return OPEN;
        }
        if (breakage.unshown !== undefined) {
            return UNSEEN;
        }
        const { own } = this.subject;
        const watched = own.filter((obligation) => this.audience.sees(obligation, state));
        const isMissed = watched.length === own.length || watched.some((each) => this.isGone(each, state));
        return isMissed ? SEEN : UNSEEN;
    }

    private isGone(obligation: Obligation, state: FailureState): boolean {
        const breakage = this.breakageOf(obligation, state);
        return breakage !== undefined && breakage.isOpen !== true;
    }

    /** Why it does not answer, or something that it needs. */
    private breakageOf(obligation: Obligation, state: FailureState): ServiceBreakage | undefined {
        return serviceBreakage(this.model, { all: withNeeds(this.model.topology, [obligation]) }, state);
    }
}

/** For a set of which a condition of an engine's rules says that it breaks something, and the rules themselves do not. */
function contradicted(units: FailureSet): never {
    const names = units.map(({ name }) => name).join(', ');
    throw new Error(`The rules contradict what is said of their reach, where ${names} lose power.`);
}
