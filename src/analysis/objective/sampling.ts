/**
 * Runs of drafts. They confirm what a proof refutes; and where its bounds leave a question open, many seeds tell what is
 * usual and may find one that refutes.
 */
import { combinations, type FailureUnit } from '../../proof/index.js';
import { NotModelledError } from '../../simulator/index.js';
import { judge } from '../scenario/judge.js';
import { unseenBy } from '../scenario/observers.js';
import { simulateScenario } from '../scenario/run.js';
import type { ClauseVerdict, Counterexample } from '../verdict.js';
import type { ProofContext } from './context.js';
import type { Draft } from './draft.js';

export interface Sample {
    readonly draft: Draft;
    readonly clause: Pick<ClauseVerdict, 'status' | 'actual' | 'valueMs' | 'assumptions'>;
}

/** Runs the draft with seeds 1, 2, 3 …, so that everybody gets the same answer, and stops at the first that fails. */
export async function sampleSeeds(
    context: ProofContext,
    draftFor: (seed: number) => Draft,
): Promise<readonly Sample[]> {
    const samples: Sample[] = [];
    for (let seed = 1; seed <= context.samples; seed++) {
        const sample = await runDraft(context, draftFor(seed));
        samples.push(sample);
        if (sample.clause.status !== 'passed' || context.budget.expired?.() === true) {
            break;
        }
    }
    return samples;
}

/** Whether so little might break what the draft expects; what surely does not is not run. */
export type MayBreak = (units: readonly FailureUnit[]) => boolean;

/** The draft of a sample that failed, with as few of its failures as it still fails with, by the same seed. */
export async function withFewest(context: ProofContext, sample: Sample, mayBreak: MayBreak): Promise<Sample> {
    const { draft } = sample;
    for (let size = 1; size < draft.units.length; size++) {
        for (const units of combinations(draft.units, size)) {
            const fewer = mayBreak(units) ? await runDraft(context, { ...draft, units }) : undefined;
            if (fewer?.clause.status === 'failed') {
                return fewer;
            }
        }
    }
    return sample;
}

export interface Demonstration {
    readonly counterexample?: Counterexample;
    /** The run that failed, if one did. */
    readonly shown?: Sample;
    /** A sentence when no run showed what the rules say. */
    readonly doubt: string;
}

/** The first draft that fails when it is run; the first of all if none does, with the doubt that this raises. */
export async function demonstrate(
    context: ProofContext,
    drafts: readonly Draft[],
    mayBreak: MayBreak,
): Promise<Demonstration> {
    const samples: Sample[] = [];
    for (const draft of drafts) {
        const sample = await runDraft(context, draft);
        if (sample.clause.status === 'failed') {
            const shown = await withFewest(context, sample, mayBreak);
            return { counterexample: context.drafts.counterexample(shown.draft), shown, doubt: '' };
        }
        samples.push(sample);
    }
    const [first] = samples;
    // An overload of the servers that happen to serve shows in no expectation: requests are counted, not queued.
    if (first === undefined || first.draft.expectation.kind === 'capacity') {
        return { doubt: '' };
    }
    const blind = samples.find(({ clause }) => clause.status === 'error');
    if (blind !== undefined) {
        return { doubt: ` No scenario shows it: ${blind.clause.actual}` };
    }
    return {
        counterexample: context.drafts.counterexample(first.draft),
        doubt: ` When simulated, the scenario does not show it (${first.clause.actual}) Rules and simulation disagree here, which is a defect of Faultline.`,
    };
}

async function runDraft(context: ProofContext, draft: Draft): Promise<Sample> {
    const scenario = context.drafts.scenarioOf(draft);
    const topology = { ...context.topology, scenarios: [scenario] };
    try {
        const run = await simulateScenario(topology, scenario, draft.seed, context);
        const [clause] = judge(topology, scenario, run).clauses;
        const unseen = clause?.status === 'failed' ? undefined : unseenBy(topology, scenario, draft.expectation);
        return unseen === undefined
            ? { draft, clause: clause ?? { status: 'error', actual: 'Nothing was expected.' } }
            : { draft, clause: { status: 'error', actual: unseen } };
    } catch (error) {
        if (error instanceof NotModelledError) {
            return { draft, clause: { status: 'error', actual: error.message } };
        }
        throw error;
    }
}
