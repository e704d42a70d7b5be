import { type Expectation } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import type { HalfTyped } from './half-typed.js';
import { ledTargetOf, operationOf, placeOf, selectorOf, selectorsOf, targetOf } from './references.js';
import { sourceOf, sourceOfProperty, textOf } from './source.js';
import type { Resolution } from './state.js';

/** An expectation without its text and place. */
type Bare<E> = E extends unknown ? Omit<E, 'text' | 'source'> : never;

/** Undefined when a figure or a name in it is not understood; that has been reported. */
export function resolveExpectation(expectation: ast.Expectation, resolution: Resolution): Expectation | undefined {
    const bare = resolveBare(expectation, resolution);
    return bare && { ...bare, text: textOf(expectation), source: sourceOf(expectation) };
}

function resolveBare(expectation: HalfTyped<ast.Expectation>, resolution: Resolution): Bare<Expectation> | undefined {
    switch (expectation.$type) {
        case 'ExpectService':
            return serviceExpectation(expectation, resolution);
        case 'ExpectCount': {
            const target = targetOf(expectation.target, resolution);
            const limit = expectation.none
                ? 0
                : resolution.figures.count(expectation.limit, sourceOfProperty(expectation, 'limit'));
            if (!target || limit === undefined) return undefined;
            const kind = expectation.lost ? 'lost-writes' : 'stale-reads';
            return { kind, bound: expectation.bound ?? 'most', limit, target };
        }
        case 'ExpectAvailability': {
            const workload = expectation.workload?.ref && resolution.workloadIds.get(expectation.workload.ref);
            const minimum = resolution.figures.share(expectation.minimum, sourceOfProperty(expectation, 'minimum'));
            return workload === undefined || minimum === undefined
                ? undefined
                : { kind: 'availability', workload, minimum };
        }
        case 'ExpectCapacity':
            return capacityExpectation(expectation, resolution);
        case 'ExpectSplitBrain': {
            const target = ledTargetOf(expectation.target, 'warning', resolution);
            return target && { kind: 'split-brain', expected: !expectation.none, target };
        }
        case 'ExpectLeader':
        case 'ExpectReplicated':
        case 'ExpectHealth':
        case 'ExpectDrain':
            return resolveInstant(expectation, resolution);
        default:
            // Half typed, it is none of them yet; the parser says so.
            return undefined;
    }
}

type Instant = ast.ExpectLeader | ast.ExpectReplicated | ast.ExpectHealth | ast.ExpectDrain;

/** What is expected of one instant. */
function resolveInstant(expectation: HalfTyped<Instant>, resolution: Resolution): Bare<Expectation> | undefined {
    switch (expectation.$type) {
        case 'ExpectLeader': {
            const target = ledTargetOf(expectation.target, 'warning', resolution);
            const atMs = timeOf(expectation, resolution);
            const leaders = selectorsOf(expectation.leaders, resolution);
            if (!target || atMs === undefined || leaders.length !== expectation.leaders.length) return undefined;
            return { kind: 'leader', target, leaders, atMs };
        }
        case 'ExpectReplicated': {
            const [target, atMs] = [targetOf(expectation.target, resolution), timeOf(expectation, resolution)];
            return !target || atMs === undefined ? undefined : { kind: 'replicated', target, atMs };
        }
        case 'ExpectHealth': {
            const [target, atMs] = [targetOf(expectation.target, resolution), timeOf(expectation, resolution)];
            const { colour } = expectation;
            return !target || !colour || atMs === undefined ? undefined : { kind: 'health', target, colour, atMs };
        }
        case 'ExpectDrain': {
            const [node, atMs] = [selectorOf(expectation.node, resolution), timeOf(expectation, resolution)];
            const { state } = expectation;
            return !node || !state || atMs === undefined ? undefined : { kind: 'drain', node, state, atMs };
        }
    }
}

type ServiceExpectation = Extract<Bare<Expectation>, { kind: 'service' }>;

function serviceExpectation(
    expectation: HalfTyped<ast.ExpectService>,
    resolution: Resolution,
): ServiceExpectation | undefined {
    const target = targetOf(expectation.target, resolution);
    const outcome = outcomeOf(expectation, resolution);
    const from = expectation.from && placeOf(expectation.from, resolution);
    if (!target || !outcome || !expectation.operation || (expectation.from && !from)) return undefined;
    const operation = operationOf(expectation.operation);
    return { kind: 'service', operation, target, ...(from ? { from } : {}), outcome };
}

function outcomeOf(
    expectation: HalfTyped<ast.ExpectService>,
    resolution: Resolution,
): ServiceExpectation['outcome'] | undefined {
    switch (expectation.outcome) {
        case 'uninterrupted':
            return { kind: 'uninterrupted' };
        case 'restored':
        case 'interrupted': {
            const limitMs = resolution.figures.duration(expectation.limit, sourceOfProperty(expectation, 'limit'));
            return limitMs === undefined ? undefined : { kind: expectation.outcome, limitMs };
        }
        case 'available':
        case 'unavailable': {
            const atMs = timeOf(expectation, resolution);
            return atMs === undefined ? undefined : { kind: expectation.outcome, atMs };
        }
        case undefined:
            // A half-typed expectation has no outcome yet; the parser says so.
            return undefined;
    }
}

function capacityExpectation(
    expectation: HalfTyped<ast.ExpectCapacity>,
    resolution: Resolution,
): Bare<Expectation> | undefined {
    const target = targetOf(expectation.target, resolution);
    const share = resolution.figures.share(expectation.share, sourceOfProperty(expectation, 'share'));
    const atMs = timeOf(expectation, resolution);
    const { bound } = expectation;
    if (!target || !bound || share === undefined || (expectation.time !== undefined && atMs === undefined))
        return undefined;
    return { kind: 'capacity', target, bound, share, ...(atMs === undefined ? {} : { atMs }) };
}

function timeOf(
    expectation: HalfTyped<ast.Expectation> & { time?: string | undefined },
    resolution: Resolution,
): number | undefined {
    return resolution.figures.duration(expectation.time, sourceOfProperty(expectation, 'time'));
}
