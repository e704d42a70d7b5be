/** `tolerate any 1 zone`: proved, or broken by a smallest failure set. */
import {
    breakageOf,
    decideTolerance,
    failureSpace,
    stateAfter,
    subjectOf,
    type Breakage,
    type FailureUnit,
    type Subject,
    type ToleranceDecision,
} from '../../proof/index.js';
import { counted, figure, listed, assertNever, type Operation, type Topology } from '../../topology/index.js';
import { drive } from '../drive.js';
import { asClause } from './clause.js';
import { plural, shardPath } from '../words.js';
import { ENUMERATION, overBudget, type ClauseOf, type ProofContext, type Ruling } from './context.js';
import type { Draft } from './draft.js';
import { capacityDraft, serviceDraft } from './drafts.js';
import { demonstrate, type MayBreak } from './sampling.js';
import { faultNames } from './strike.js';

export async function proveTolerance(context: ProofContext, clause: ClauseOf<'tolerate'>): Promise<Ruling> {
    const { topology, objective, model, budget, interrupt } = context;
    const subject = subjectOf(topology, objective.targets, clause.operation);
    const space = failureSpace(topology, clause.shape, subject.nodes);
    if (space.missing !== undefined) {
        const actual = `Not proved: no node of what this is about stands in a ${space.missing}, so no ${space.missing} can fail. Declare where the nodes stand.`;
        return { status: 'not-proved', actual, sets: 0 };
    }
    const decision = await drive(decideTolerance(model, subject, space, budget), interrupt);
    return ruling(context, clause, subject, decision);
}

function ruling(
    context: ProofContext,
    clause: ClauseOf<'tolerate'>,
    subject: Subject,
    decision: ToleranceDecision,
): Ruling | Promise<Ruling> {
    const { sets } = decision;
    switch (decision.kind) {
        case 'holds':
            return {
                status: 'passed',
                actual: `Proved over ${counted(sets, 'failure set')}.`,
                sets,
                method: `${ENUMERATION}${monotony(context, subject)}`,
            };
        case 'over-budget':
            return overBudget(sets, decision.size, ', and all of them hold');
        case 'broken':
            return broken(context, clause.operation, subject, decision);
        default:
            return assertNever(decision);
    }
}

async function broken(
    context: ProofContext,
    operation: Operation | undefined,
    subject: Subject,
    { sets, units, breakage }: ToleranceDecision & { readonly kind: 'broken' },
): Promise<Ruling> {
    const drafts = isUnshown(breakage) ? [] : draftsOf(context, operation, units, breakage);
    const mayBreak: MayBreak = (few) =>
        breakageOf(context.model, subject, stateAfter(context.topology, few)) !== undefined;
    const { counterexample, shown, doubt } = await demonstrate(context, drafts, mayBreak);
    if (breakage.kind === 'service' && breakage.isOpen === true && doubt !== '') {
        return {
            status: 'not-proved',
            actual: `Not proved for ${listed(faultNames(context.topology, units))}: ${asClause(breakage.reason)}.`,
            sets,
            method: ENUMERATION,
        };
    }
    const named = shown?.draft.units ?? units;
    const what = breakageOf(context.model, subject, stateAfter(context.topology, named)) ?? breakage;
    const unshown = counterexample === undefined ? whyUnshown(breakage) : '';
    return {
        status: 'failed',
        actual: `${brokenSentence(context.topology, named, what)}${doubt}${unshown}`,
        sets,
        method: ENUMERATION,
        ...(counterexample === undefined ? {} : { counterexample }),
    };
}

/** Whether a run cannot show it, since it begins with another leader. */
export function isUnshown(breakage: Breakage): boolean {
    return breakage.kind === 'service' && breakage.unshown !== undefined;
}

/** A sentence where no scenario shows what the rules say. */
export function whyUnshown(breakage: Breakage): string {
    const why = breakage.kind === 'capacity' ? 'overload is proved, not simulated.' : breakage.unshown;
    return why === undefined ? '' : ` No scenario shows it: ${why}`;
}

function monotony({ model }: ProofContext, subject: Subject): string {
    const restless = subject.clusters.filter((cluster) => !model.rules(cluster.id).monotone).map(({ name }) => name);
    return restless.length === 0 ? '' : `; the rules of ${listed(restless)} are not monotone, so no set was left out`;
}

export function brokenSentence(topology: Topology, units: readonly FailureUnit[], breakage: Breakage): string {
    const what = consequence(topology, breakage);
    return units.length === 0
        ? `It does not even hold when nothing fails: ${what}`
        : `Broken by ${listed(faultNames(topology, units))}: ${what}`;
}

function consequence(topology: Topology, breakage: Breakage): string {
    if (breakage.kind === 'capacity') {
        const { cluster, capacity, load } = breakage.bottleneck ?? breakage;
        const name = topology.clusters[cluster]?.name ?? '';
        return `what serves of ${name} then carries ${figure(capacity)} requests/s, and the workloads send ${figure(load)}.`;
    }
    const { shard, operation, reason, isPart, broken, of } = breakage;
    const share =
        of === 1 ? '' : ` (${figure(broken)} of ${figure(of)} fail, reads and writes of a shard counted as two)`;
    const what = `${isPart === true ? 'not all' : 'no'} ${plural(operation)} of ${shardPath(topology, shard)}`;
    return `${what}, because ${asClause(reason)}${share}.`;
}

/** What shows the breakage, first what it is told of. Nothing for a load that is too high even in health. */
function draftsOf(
    context: ProofContext,
    operation: Operation | undefined,
    units: readonly FailureUnit[],
    breakage: Breakage,
): readonly Draft[] {
    if (breakage.kind === 'capacity') {
        return capacityDraft(context, units, breakage);
    }
    const { topology, objective, model } = context;
    const state = stateAfter(topology, units);
    const told = breakage.operation;
    const operations: readonly Operation[] =
        operation === undefined ? [told, told === 'read' ? 'write' : 'read'] : [operation];
    return objective.targets.flatMap((target) =>
        operations
            .filter((candidate) => {
                const subject = subjectOf(topology, [target], candidate);
                return subject.own.length > 0 && breakageOf(model, subject, state)?.kind === 'service';
            })
            .map((candidate) => serviceDraft(context, units, target, candidate)),
    );
}
