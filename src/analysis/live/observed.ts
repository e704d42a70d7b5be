/** Expectations that say what a run showed, so that a scenario which was clicked together guards it from then on. */
import type { Outage, Run } from '../../simulator/index.js';
import {
    literalDuration,
    type Cluster,
    type Expectation,
    type Operation,
    type SourceRange,
    type Target,
    type Topology,
} from '../../topology/index.js';
import { quoted } from '../names.js';
import { damageOf } from '../scenario/damage.js';
import { faultBefore } from '../scenario/service.js';
import { plural } from '../words.js';

/** Another seed draws other delays: what was measured may be half as much again. */
const MARGIN = 1.5;
const STEP_MS = 5_000;
/** So long before the end it is asked whether something is still down. */
const LOOK_BACK_MS = 30_000;

/**
 * For every cluster that clients missed: how soon reads and writes came back, or that they did not, and how much was lost. What
 * they still wait for when the run ends is not known.
 */
export function observedExpectations(topology: Topology, run: Run, source: SourceRange): readonly Expectation[] {
    return topology.clusters.flatMap((cluster) => {
        const services = (['read', 'write'] as const).flatMap((operation) => {
            const outages = damageOf(run).filter(
                (each) => each.cluster === cluster.id && each.operation === operation && each.isPending !== true,
            );
            return outages.length === 0 ? [] : [service(run, cluster, operation, outages, source)];
        });
        return services.length === 0 ? [] : [...services, loss(run, cluster, source)];
    });
}

function service(
    run: Run,
    cluster: Cluster,
    operation: Operation,
    outages: readonly Outage[],
    source: SourceRange,
): Expectation {
    const common = { kind: 'service', operation, target: targetOf(cluster), source } as const;
    const subject = `expect ${plural(operation)} of ${quoted(cluster.name)}`;
    if (outages.some(({ toMs }) => toMs === null)) {
        const atMs = run.untilMs - LOOK_BACK_MS;
        return {
            ...common,
            outcome: { kind: 'unavailable', atMs },
            text: `${subject} unavailable at ${literalDuration(atMs)}`,
        };
    }
    const longest = Math.max(...outages.map((outage) => (outage.toMs ?? run.untilMs) - faultBefore(run, outage)));
    const limitMs = Math.ceil((longest * MARGIN) / STEP_MS) * STEP_MS;
    return {
        ...common,
        outcome: { kind: 'restored', limitMs },
        text: `${subject} restored within ${literalDuration(limitMs)}`,
    };
}

function loss(run: Run, cluster: Cluster, source: SourceRange): Expectation {
    const lost = run.lostWrites
        .filter((each) => each.cluster === cluster.id)
        .reduce((sum, { count }) => sum + count, 0);
    const limit = Math.ceil(lost * MARGIN);
    const words = limit === 0 ? 'no' : `at most ${String(limit)}`;
    return {
        kind: 'lost-writes',
        bound: 'most',
        limit,
        target: targetOf(cluster),
        text: `expect ${words} lost writes in ${quoted(cluster.name)}`,
        source,
    };
}

function targetOf({ id, name }: Cluster): Target {
    return { kind: 'cluster', cluster: id, text: name };
}
