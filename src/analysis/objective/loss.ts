/** `lose no writes`, `lose at most 2s of writes`: for the worst of the objective's failure sets. */
import {
    decideLoss,
    mayLose,
    storedBy,
    subjectOf,
    type BoundedLoss,
    type FailureUnit,
    type LossDecision,
} from '../../proof/index.js';
import {
    counted,
    duration,
    listed,
    assertNever,
    type Cluster,
    type ClusterId,
    type Target,
    type Topology,
} from '../../topology/index.js';
import { drive } from '../drive.js';
import { asClause } from './clause.js';
import { ENUMERATION, overBudget, type ClauseOf, type ProofContext, type Ruling, type Spaces } from './context.js';
import { lossDraft } from './drafts.js';
import { sampleSeeds, withFewest, type MayBreak, type Sample } from './sampling.js';
import { faultNames } from './strike.js';

type Lose = ClauseOf<'lose'>;

export async function proveLoss(context: ProofContext, clause: Lose, spaces: Spaces): Promise<Ruling> {
    const { topology, objective, model, budget, interrupt } = context;
    const chosen = spaces.of(undefined);
    if (chosen.length === 0) {
        const actual =
            "Not proved: this objective has no 'tolerate' clause with anything that can fail, so it is not said which failures this should hold for. Add one, such as 'tolerate any 1 node'.";
        return { status: 'not-proved', actual };
    }
    const subject = subjectOf(topology, objective.targets, 'write');
    const decision = await drive(decideLoss(model, subject, chosen, budget), interrupt);
    return ruling(context, clause, decision);
}

function ruling(context: ProofContext, clause: Lose, decision: LossDecision): Ruling | Promise<Ruling> {
    const { sets } = decision;
    switch (decision.kind) {
        case 'over-budget':
            return overBudget(sets, decision.size);
        case 'bounded':
            return decision.loss.kind === 'none'
                ? proved(context, decision, 'no acknowledged write is lost')
                : bounded(context, clause, decision, decision.loss);
        default:
            return assertNever(decision);
    }
}

type Bounded = LossDecision & { readonly kind: 'bounded' };

function proved(context: ProofContext, decision: Bounded, what: string): Ruling {
    const { sets } = decision;
    return {
        status: 'passed',
        actual: `Proved over ${counted(sets, 'failure set')}: ${what}.`,
        sets,
        method: ENUMERATION,
        assumptions: [
            ...decision.assumptions,
            ...unpromoted(context.topology, context.objective.targets),
            ...askedAsUsual(context.topology, context.objective.targets),
        ],
    };
}

/** What is lost of a needed cluster depends on when its writers take a write for acknowledged, and `needs` does not say. */
function askedAsUsual(topology: Topology, targets: readonly Target[]): readonly string[] {
    const { own } = subjectOf(topology, targets, 'write');
    const asked = new Set(own.map(({ cluster }) => cluster));
    const needed = new Set(storedBy(topology, own).map(({ cluster }) => cluster));
    return topology.clusters
        .filter(({ id }) => needed.has(id) && !asked.has(id))
        .map(
            ({ name }) =>
                `Whoever needs writes of ${name} sends them with the settings of its workloads, or its clients' defaults: 'needs' names none.`,
        );
}

/** An operator can promote a copy at any time, and what is proved holds for what clusters do by themselves. */
function unpromoted(topology: Topology, targets: readonly Target[]): readonly string[] {
    return subjectOf(topology, targets, 'write').clusters.flatMap(({ id, name }) => {
        const copies = topology.replications
            .filter(({ from }) => from === id)
            .map(({ to }) => topology.clusters[to]?.name ?? '');
        return copies.length === 0
            ? []
            : [
                  `Nobody promotes ${listed(copies)} while ${name} takes writes or comes back by itself: a promotion does not wait for what has not been copied.`,
              ];
    });
}

function bounded(context: ProofContext, clause: Lose, decision: Bounded, loss: BoundedLoss): Ruling | Promise<Ruling> {
    const { sets, units, cluster, assumptions } = decision;
    if (loss.isModelled === false) {
        return { status: 'not-proved', actual: `Not proved: ${asClause(loss.reason)}.` };
    }
    if (clause.limitMs > 0 && loss.windowMs <= clause.limitMs) {
        const window = loss.windowMs === 0 ? 'of that very instant' : `of the last ${duration(loss.windowMs)}`;
        return proved(context, decision, `at most the writes ${window} are lost`);
    }
    const faults = listed(faultNames(context.topology, units));
    const of = losingNeed(context, cluster);
    const whose = of === undefined ? '' : ` of ${of.name}, which is needed,`;
    const actual = `Not proved: after ${faults} ${units.length === 1 ? 'fails' : 'fail together'}, ${extentOf(loss, whose)}, because ${asClause(loss.reason)}.`;
    const open: Ruling = { status: 'not-proved', actual, sets, method: ENUMERATION, assumptions };
    return clause.limitMs === 0 && loss.byHand !== true
        ? searched(context, units, targetsOf(context, cluster), open)
        : open;
}

/** `whose`: ` of s,` or nothing. */
function extentOf({ windowMs }: BoundedLoss, whose: string): string {
    if (windowMs === 0) {
        return `writes${whose} that were acknowledged in that very instant may be lost`;
    }
    return windowMs === Infinity
        ? `acknowledged writes${whose} may be lost, and no bound is known`
        : `the acknowledged writes${whose} of up to the last ${duration(windowMs)} may be lost`;
}

/** The cluster that loses, if the objective is not about it but about what needs it. */
function losingNeed({ topology, objective }: ProofContext, losing: ClusterId | undefined): Cluster | undefined {
    const own = subjectOf(topology, objective.targets, 'write').own;
    return losing === undefined || own.some(({ cluster }) => cluster === losing)
        ? undefined
        : topology.clusters[losing];
}

/** The objective's own targets, unless what they need loses the writes: then that is asked. */
function targetsOf(context: ProofContext, losing: ClusterId | undefined): readonly Target[] {
    const cluster = losingNeed(context, losing);
    return cluster === undefined
        ? context.objective.targets
        : [{ kind: 'cluster', cluster: cluster.id, text: cluster.name }];
}

/** A seed that loses a write refutes `lose no writes`; none that does proves nothing. */
async function searched(
    context: ProofContext,
    units: readonly FailureUnit[],
    targets: readonly Target[],
    open: Ruling,
): Promise<Ruling> {
    for (const target of targets) {
        const samples = await sampleSeeds(context, (seed) => lossDraft(context, units, target, seed));
        const refuting = samples.find((sample) => sample.clause.status === 'failed');
        if (refuting !== undefined) {
            const subject = subjectOf(context.topology, context.objective.targets, 'write');
            const mayBreak: MayBreak = (few) => mayLose(context.model, subject, few);
            return refuted(context, open, await withFewest(context, refuting, mayBreak));
        }
    }
    return open;
}

function refuted(context: ProofContext, open: Ruling, { draft, clause }: Sample): Ruling {
    const { units } = draft;
    const faults = listed(faultNames(context.topology, units));
    return {
        ...open,
        status: 'failed',
        actual: `After ${faults} ${units.length === 1 ? 'fails' : 'fail together'}, with seed ${String(draft.seed)}: ${clause.actual}`,
        method: `${ENUMERATION}; refuted by simulating the worst of them with seeds from 1`,
        counterexample: context.drafts.counterexample(draft),
    };
}
