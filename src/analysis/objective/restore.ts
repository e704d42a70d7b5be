/** `restore writes within 35s`: for the worst of the objective's failure sets. */
import {
    decideRestore,
    mayTakeLonger,
    subjectOf,
    type DelayBound,
    type DelayPart,
    type FailureUnit,
    type RestoreDecision,
    type Subject,
} from '../../proof/index.js';
import { LONGEST_GAP } from '../../simulator/index.js';
import { counted, duration, listed, assertNever, type Target, type Topology } from '../../topology/index.js';
import { drive } from '../drive.js';
import { asClause } from './clause.js';
import { median, percentile } from '../summary.js';
import { ENUMERATION, overBudget, type ClauseOf, type ProofContext, type Ruling, type Spaces } from './context.js';
import type { Draft } from './draft.js';
import { restoreDraft } from './drafts.js';
import { demonstrate, sampleSeeds, withFewest, type MayBreak, type Sample } from './sampling.js';
import { faultNames } from './strike.js';
import { brokenSentence, isUnshown, whyUnshown } from './tolerate.js';

type Restore = ClauseOf<'restore'>;
type Bounded = RestoreDecision & { readonly kind: 'bounded' };
type Undecided = { readonly sets: number; readonly units: readonly FailureUnit[]; readonly bound: DelayBound };

export async function proveRestore(context: ProofContext, clause: Restore, spaces: Spaces): Promise<Ruling> {
    const { topology, objective, model, budget, interrupt } = context;
    const chosen = spaces.of(clause.operation);
    if (chosen.length === 0) {
        const actual = `Not proved: this objective has no 'tolerate' clause about ${clause.operation}s with anything that can fail, so it is not said which failures this should hold for. Add one, such as 'tolerate any 1 node'.`;
        return { status: 'not-proved', actual };
    }
    const subject = subjectOf(topology, objective.targets, clause.operation);
    const decision = await drive(decideRestore(model, subject, chosen, clause.limitMs, budget), interrupt);
    return ruling(context, clause, subject, decision);
}

function ruling(
    context: ProofContext,
    clause: Restore,
    subject: Subject,
    decision: RestoreDecision,
): Ruling | Promise<Ruling> {
    const { sets } = decision;
    switch (decision.kind) {
        case 'over-budget':
            return overBudget(sets, decision.size);
        case 'never':
            return never(context, clause, subject, decision);
        case 'too-slow':
            return tooSlow(context, clause, subject, decision);
        case 'bounded':
            return decision.bound.maxMs <= clause.limitMs
                ? proved(context, decision)
                : undecided(context, clause, subject, decision);
        default:
            return assertNever(decision);
    }
}

async function never(
    context: ProofContext,
    clause: Restore,
    subject: Subject,
    { sets, units, breakage }: RestoreDecision & { readonly kind: 'never' },
): Promise<Ruling> {
    const drafts = units.length === 0 || isUnshown(breakage) ? [] : draftsOf(context, clause, units, 1);
    const { counterexample, shown, doubt } = await demonstrate(context, drafts, slowWhere(context, clause, subject));
    if (breakage.kind === 'service' && breakage.isOpen === true && shown === undefined) {
        const actual = `Not proved for ${listed(faultNames(context.topology, units))}: ${asClause(breakage.reason)}.`;
        return { status: 'not-proved', actual, sets, method: ENUMERATION };
    }
    const unshown = counterexample === undefined ? whyUnshown(breakage) : '';
    return {
        status: 'failed',
        actual:
            fewer(context, shown, units) ?? `${brokenSentence(context.topology, units, breakage)}${doubt}${unshown}`,
        sets,
        method: ENUMERATION,
        ...(counterexample === undefined ? {} : { counterexample }),
    };
}

async function tooSlow(context: ProofContext, clause: Restore, subject: Subject, decision: Undecided): Promise<Ruling> {
    const { units, bound } = decision;
    const drafts = draftsOf(context, clause, units, 1);
    const { counterexample, shown, doubt } = await demonstrate(context, drafts, slowWhere(context, clause, subject));
    const over = duration(bound.minMs - clause.limitMs);
    return {
        ...common(context, decision),
        status: 'failed',
        actual:
            fewer(context, shown, units) ??
            `After ${faultsOf(context, units)} it takes at least ${duration(bound.minMs)}, ${over} longer than allowed${breakdown(bound)}.${doubt}`,
        ...(counterexample === undefined ? {} : { counterexample }),
    };
}

/** Which subsets of a failure set may be too slow as well, so that one of them is named instead. */
function slowWhere({ model }: ProofContext, { limitMs }: Restore, subject: Subject): MayBreak {
    return (units) => mayTakeLonger(model, subject, units, limitMs);
}

/** What was seen where fewer failures do it already than those that the rules name. */
function fewer(context: ProofContext, shown: Sample | undefined, units: readonly FailureUnit[]): string | undefined {
    return shown === undefined || shown.draft.units.length === units.length ? undefined : seen(context, shown);
}

function seen(context: ProofContext, { clause, draft }: Sample): string {
    return `After ${faultsOf(context, draft.units)}, with seed ${String(draft.seed)}: ${clause.actual}`;
}

function proved(context: ProofContext, decision: Bounded): Ruling {
    const { sets, units, bound, leavesOut } = decision;
    const most =
        bound.maxMs === 0
            ? 'clients notice nothing'
            : `at most ${duration(bound.maxMs)}, after ${faultsOf(context, units)}${breakdown(bound)}`;
    return {
        ...common(context, decision),
        status: 'passed',
        actual: `Proved over ${counted(sets, 'failure set')}: ${most}.${leavesOut ? LEFT_OUT : ''}`,
    };
}

const LEFT_OUT = ' What all clients of a shard fail together with is left out for it: nobody waits.';

/** The bounds allow both answers: a seed may refute it, and else the figures of many seeds say what is usual. */
async function undecided(context: ProofContext, clause: Restore, subject: Subject, decision: Bounded): Promise<Ruling> {
    const { units } = decision;
    const possible = possibleSentence(context, clause, decision);
    const measured: number[] = [];
    let runs = 0;
    let problem: string | undefined;
    for (const target of context.objective.targets) {
        const samples = await sampleSeeds(context, (seed) => draftOf(context, clause, units, target, seed));
        const refuting = samples.find((sample) => sample.clause.status === 'failed');
        if (refuting !== undefined && restsOnDraw(refuting, decision)) {
            const actual = `Not proved: ${possible}. In a run with seed ${String(refuting.draft.seed)}, for which the delay was drawn: ${refuting.clause.actual}`;
            return { ...common(context, decision), status: 'not-proved', actual };
        }
        if (refuting !== undefined) {
            return refuted(context, decision, await withFewest(context, refuting, slowWhere(context, clause, subject)));
        }
        problem ??= samples.find((sample) => sample.clause.status === 'error')?.clause.actual;
        runs = Math.max(runs, samples.length);
        measured.push(...samples.flatMap((sample) => sample.clause.valueMs ?? []));
    }
    return {
        ...common(context, decision),
        status: 'not-proved',
        actual: `Not proved: ${possible}.${problem === undefined ? figures(runs, measured) : ` No scenario shows it: ${problem}`}`,
    };
}

/** A run that took too long refutes nothing where nobody knows how long what was drawn for it can take. */
function restsOnDraw({ clause }: Sample, { bound }: Bounded): boolean {
    return bound.maxMs === Infinity && (clause.assumptions ?? []).length > 0;
}

function refuted(context: ProofContext, decision: Bounded, sample: Sample): Ruling {
    const { clause, draft } = sample;
    const method = `${ENUMERATION}; refuted by simulating the worst of them with seeds from 1`;
    return {
        ...common(context, decision),
        method,
        status: 'failed',
        actual: seen(context, sample),
        ...(clause.valueMs === undefined ? {} : { valueMs: clause.valueMs }),
        counterexample: context.drafts.counterexample(draft),
    };
}

function possibleSentence(context: ProofContext, clause: Restore, { units, bound }: Undecided): string {
    const faults = faultsOf(context, units);
    if (bound.maxMs !== Infinity) {
        const over = duration(Math.ceil(bound.maxMs - clause.limitMs));
        return `after ${faults} it may take up to ${duration(bound.maxMs)}, ${over} longer than the ${duration(clause.limitMs)} allowed${breakdown(bound)}`;
    }
    const endless = bound.parts.filter((part) => part.maxMs === Infinity);
    const what = endless.length === 0 ? 'the recovery' : listed(endless.map(({ label }) => `'${label}'`));
    const remedies = [...new Set(endless.flatMap(({ remedy }) => (remedy === undefined ? [] : `'${remedy}'`)))];
    const declared = remedies.length === 0 ? '' : `. Declare one in the cluster with ${listed(remedies)}`;
    return `after ${faults}, ${what} has no documented maximum${declared}`;
}

function figures(runs: number, measured: readonly number[]): string {
    const sorted = [...measured].sort((a, b) => a - b);
    const middle = median(sorted);
    const high = percentile(sorted, 0.99);
    return middle === null || high === null
        ? ''
        : ` In ${counted(runs, 'simulated run')} the median was ${duration(middle)} and the 99th percentile ${duration(high)}; that is a sample, not a proof.`;
}

function common(
    { topology }: ProofContext,
    { sets, bound }: Undecided,
): Pick<Ruling, 'sets' | 'method' | 'assumptions' | 'valueMs'> {
    return {
        sets,
        method: `${ENUMERATION}; delays bounded`,
        assumptions: [...bound.assumptions, ...randomArrivals(topology)],
        ...(bound.maxMs === Infinity ? {} : { valueMs: bound.maxMs }),
    };
}

function randomArrivals({ workloads }: Topology): readonly string[] {
    const random = workloads.filter(({ arrivals }) => arrivals === 'poisson').map(({ name }) => name);
    return random.length === 0
        ? []
        : [
              `No gap between two random requests of ${listed(random)} is longer than ${String(LONGEST_GAP)} times the mean.`,
          ];
}

/** One draft for each target: a bound does not say which of them is the slowest. */
function draftsOf(
    context: ProofContext,
    clause: Restore,
    units: readonly FailureUnit[],
    seed: number,
): readonly Draft[] {
    return context.objective.targets.map((target) => draftOf(context, clause, units, target, seed));
}

function draftOf(
    context: ProofContext,
    { operation, limitMs }: Restore,
    units: readonly FailureUnit[],
    target: Target,
    seed: number,
): Draft {
    return restoreDraft(context, units, target, operation, limitMs, seed);
}

function faultsOf({ topology }: ProofContext, units: readonly FailureUnit[]): string {
    const verb = units.length === 1 ? 'fails' : 'fail together';
    return `${listed(faultNames(topology, units))} ${verb}`;
}

function breakdown({ parts }: DelayBound): string {
    return parts.length === 0 ? '' : ` (${parts.map(partSentence).join('; ')})`;
}

function partSentence({ label, minMs, maxMs }: DelayPart): string {
    return minMs === maxMs ? `${label} ${duration(maxMs)}` : `${label} ${duration(minMs)} to ${duration(maxMs)}`;
}
