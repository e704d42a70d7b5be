/** What has to be asked about each failure set so that a subject is decided, each question with its reach. */
import type { ClusterId, NodeId } from '../topology/index.js';
import { inCircle, NO_DELAY, pathDelay, DelayCalculator, slowest } from './delay.js';
import type { Condition, Reach, ReachOf } from './locality.js';
import { declaredLoad } from './load.js';
import type { ProofModel } from './model.js';
import { partsOf } from './parts.js';
import type { DelayBound, FailureState, LossBound } from './rules.js';
import type { Question } from './search.js';
import { needsOf, storedBy, type Obligation, type Subject } from './subject.js';
import { breakageOf, serviceBreakage } from './breakage.js';

/** Something that must hold. */
export interface Demand extends Question {
    holds(state: FailureState): boolean;
}

/** Whether the subject answers, and whether its clusters carry their load. */
export function serviceQuestions(model: ProofModel, subject: Subject): readonly Demand[] {
    return questionsOf(model, subject, true);
}

/** Whether the subject answers. */
export function answerQuestions(model: ProofModel, subject: Subject): readonly Demand[] {
    return questionsOf(model, subject, false);
}

function questionsOf(model: ProofModel, subject: Subject, withCapacity: boolean): readonly Demand[] {
    const local = new Set<Condition>();
    const clusters = subject.clusters.map(({ id }) => id);
    for (const { cluster, shard, operation, askedBy } of subject.all) {
        model
            .rules(cluster, askedBy)
            .locality?.serves(shard, operation)
            .forEach((condition) => local.add(condition));
    }
    for (const cluster of withCapacity ? clusters : []) {
        const load = declaredLoad(model.topology, cluster);
        const conditions = load === 0 ? [] : (model.rules(cluster).locality?.capacity(load) ?? []);
        conditions.forEach((condition) => local.add(condition));
    }
    const broken = withCapacity ? breakageOf : serviceBreakage;
    const opaque = partsOf(model.topology, subject)
        .map((part) => ({ part, rest: withoutLocal(model, part) }))
        .filter(({ rest }) => rest.all.length > 0)
        .map(({ part, rest }) => ({
            reach: everything(part.nodes),
            weight: rest.all.length,
            holds: (state: FailureState) => broken(model, rest, state) === undefined,
        }));
    return [...[...local].map(asked), ...opaque];
}

function asked(condition: Condition): Demand {
    return { reach: condition.reach, weight: 1, holds: (state) => condition.holds(state) };
}

/** What is left of a subject without the clusters whose rules say what each answer depends on. */
function withoutLocal(model: ProofModel, subject: Subject): Subject {
    const isOpaque = (cluster: ClusterId): boolean => model.rules(cluster).locality === undefined;
    return {
        targets: subject.targets,
        own: subject.own.filter(({ cluster }) => isOpaque(cluster)),
        all: subject.all.filter(({ cluster }) => isOpaque(cluster)),
        clusters: subject.clusters.filter(({ id }) => isOpaque(id)),
        nodes: subject.nodes,
    };
}

function everything(nodes: ReadonlySet<NodeId>): ReachOf {
    const reach: Reach = { nodes: [...nodes] };
    return () => reach;
}

/** A delay that must be bounded. */
export interface DelayQuestion extends Question {
    bound(state: FailureState): DelayBound;
}

/** Whether a client waits for it after the failure. */
export type Awaited = (obligation: Obligation, state: FailureState) => boolean;

/** The longest of these is that of the subject, as those see it who are left. Each chain of needs is asked for by itself. */
export function* delayQuestions(model: ProofModel, subject: Subject, isAwaited: Awaited): Generator<DelayQuestion> {
    for (const part of partsOf(model.topology, subject)) {
        if (part.clusters.some(({ id }) => model.rules(id).locality === undefined || inCircle(model.topology, id))) {
            yield {
                reach: everything(part.nodes),
                weight: part.all.length,
                bound: (state) => {
                    const delays = new DelayCalculator(model, state);
                    const awaited = part.own.filter((obligation) => isAwaited(obligation, state));
                    return slowest(awaited.map((obligation) => delays.of(obligation)));
                },
            };
        } else {
            yield* chainsOf(model, part, isAwaited);
        }
    }
}

function* chainsOf(model: ProofModel, { own }: Subject, isAwaited: Awaited): Generator<DelayQuestion> {
    for (const obligation of own) {
        for (const path of pathsFrom(model, obligation)) {
            const reaches = path.map(
                ({ cluster, shard, operation, askedBy }) =>
                    model.rules(cluster, askedBy).locality?.recovery(shard, operation) ?? NOWHERE,
            );
            yield {
                reach: reaches.length === 1 ? (reaches[0] ?? NOWHERE) : together(reaches),
                weight: path.length,
                bound: (state) => (isAwaited(obligation, state) ? pathDelay(model, path, state) : NO_DELAY),
            };
        }
    }
}

const NOWHERE: ReachOf = () => ({ nodes: [] });

/** What an answer depends on that is made of several others. */
function together(reaches: readonly ReachOf[]): ReachOf {
    return (struck, more) => {
        const each = reaches.map((reach) => reach(struck, more));
        return {
            nodes: each.flatMap(({ nodes }) => nodes),
            counted: each.flatMap(({ counted = [] }) => counted),
        };
    };
}

/** The obligation, something that its cluster needs, something that this needs, and so on. */
function* pathsFrom(model: ProofModel, obligation: Obligation): Generator<readonly Obligation[]> {
    const needs = needsOf(model.topology, obligation.cluster);
    if (needs.length === 0) {
        yield [obligation];
    }
    for (const needed of needs) {
        for (const path of pathsFrom(model, needed)) {
            yield [obligation, ...path];
        }
    }
}

/** A loss that must be bounded. */
export interface LossQuestion extends Question {
    readonly cluster: ClusterId;
    loss(state: FailureState): LossBound;
}

export function lossQuestions(model: ProofModel, subject: Subject): readonly LossQuestion[] {
    return partsOf(model.topology, subject).flatMap((part) =>
        storedBy(model.topology, part.own).map(({ cluster, shard }) => {
            const rules = model.rules(cluster);
            return {
                cluster,
                reach: rules.locality?.loss(shard) ?? everything(part.nodes),
                weight: 1,
                loss: (state: FailureState) => rules.loss(shard, state),
            };
        }),
    );
}
