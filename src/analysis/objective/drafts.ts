/** The scenarios that show a broken objective: each fails when it is run. */
import { settlingMs, subjectOf, type Breakage, type FailureUnit } from '../../proof/index.js';
import { literalDuration, type Operation, type Target } from '../../topology/index.js';
import { plural } from '../words.js';
import type { ProofContext } from './context.js';
import { USUAL_SEED, type Draft } from './draft.js';
import { STRIKE_MS } from './strike.js';

/** Long enough for every automatic recovery that is bounded by minutes. */
const SETTLED_MS = 5 * 60_000;
const MARGIN_MS = 60_000;

/** `expect writes of sessions available at 5m`, which the failure set prevents and no part of it does any more by then. */
export function serviceDraft(
    { topology, objective, model }: ProofContext,
    units: readonly FailureUnit[],
    target: Target,
    operation: Operation,
): Draft {
    const settlesMs = STRIKE_MS + settlingMs(model, subjectOf(topology, [target], operation), units);
    const settledMs = Math.max(SETTLED_MS, roundUp(settlesMs, 60_000));
    return {
        units,
        title: `${target.text} does not come back`,
        untilMs: settledMs + MARGIN_MS,
        seed: USUAL_SEED,
        expectation: {
            kind: 'service',
            operation,
            target,
            outcome: { kind: 'available', atMs: settledMs },
            text: `expect ${plural(operation)} of ${target.text} available at ${literalDuration(settledMs)}`,
            source: objective.source,
        },
    };
}

/**
 * `expect capacity of web at 5m at least 80%`, the share that the declared load needs. None if the load is more than all
 * members together declare.
 */
export function capacityDraft(
    { topology, objective }: ProofContext,
    units: readonly FailureUnit[],
    breakage: Breakage & { readonly kind: 'capacity' },
): readonly Draft[] {
    const cluster = topology.clusters[breakage.cluster];
    const declared = (cluster?.members ?? []).reduce((sum, member) => sum + (member.capacity ?? 1), 0);
    const hundredths = Math.ceil((breakage.load / declared) * 10_000);
    if (cluster === undefined || hundredths > 10_000) {
        return [];
    }
    const share = `${String(hundredths / 100)}%`;
    return [
        {
            units,
            title: `${cluster.name} is overloaded`,
            untilMs: SETTLED_MS + MARGIN_MS,
            seed: USUAL_SEED,
            expectation: {
                kind: 'capacity',
                target: { kind: 'cluster', cluster: cluster.id, text: cluster.name },
                bound: 'least',
                share: hundredths / 10_000,
                atMs: SETTLED_MS,
                text: `expect capacity of ${cluster.name} at ${literalDuration(SETTLED_MS)} at least ${share}`,
                source: objective.source,
            },
        },
    ];
}

/** `expect writes of sessions restored within 35s`, with a seed that takes longer. */
export function restoreDraft(
    { objective }: ProofContext,
    units: readonly FailureUnit[],
    target: Target,
    operation: Operation,
    limitMs: number,
    seed: number,
): Draft {
    return {
        units,
        title: `${target.text} takes longer`,
        untilMs: roundUp(Math.max(SETTLED_MS, STRIKE_MS + 2 * limitMs) + MARGIN_MS, 1_000),
        seed,
        expectation: {
            kind: 'service',
            operation,
            target,
            outcome: { kind: 'restored', limitMs },
            text: `expect ${plural(operation)} of ${target.text} restored within ${literalDuration(limitMs)}`,
            source: objective.source,
        },
    };
}

/** `expect no lost writes in sessions`, with a seed that loses some. */
export function lossDraft(
    { objective }: ProofContext,
    units: readonly FailureUnit[],
    target: Target,
    seed: number,
): Draft {
    return {
        units,
        title: `${target.text} loses acknowledged writes`,
        untilMs: SETTLED_MS,
        seed,
        expectation: {
            kind: 'lost-writes',
            bound: 'most',
            limit: 0,
            target,
            text: `expect no lost writes in ${target.text}`,
            source: objective.source,
        },
    };
}

function roundUp(ms: number, toMs: number): number {
    return Math.ceil(ms / toMs) * toMs;
}
