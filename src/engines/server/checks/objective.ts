/** Whether the timers of the address leave any chance to an objective. */
import { setDuration, assertNever, type ClusterId, type Finding, type Target } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { Front } from '../front.js';
import { balancerParts } from '../../shared/balancer/index.js';
import { activeParts, longest, vipParts } from '../rules/detection.js';
import { lowestPriority } from './policy.js';

export function checkObjectives(context: EngineContext, front: Front): readonly Finding[] {
    const { topology, cluster } = context;
    const slowest = detectionMs(context, front);
    // An unbounded detection has a finding of its own.
    if (slowest === Infinity) {
        return [];
    }
    return topology.objectives
        .filter((objective) => objective.targets.some((target) => names(target, cluster.id)))
        .flatMap((objective) => objective.clauses)
        .flatMap((clause) => (clause.kind === 'restore' && clause.limitMs < slowest ? [clause] : []))
        .map((clause) => ({
            code: 'server/slower-than-objective',
            severity: 'warning',
            message: `Noticing a dead server of ${cluster.name} can take ${setDuration(slowest)}, longer than the ${setDuration(clause.limitMs)} that the objective allows.`,
            help: front.kind === 'vip' ? 'Advertise more often.' : 'Check more often, or lower `fall` or `timeout`.',
            source: front.source,
            related: [{ source: clause.source, message: `\`${clause.text}\` cannot hold.` }],
        }));
}

function names(target: Target, cluster: ClusterId): boolean {
    return target.kind !== 'workload' && target.cluster === cluster;
}

function detectionMs({ cluster }: EngineContext, front: Front): number {
    switch (front.kind) {
        case 'vip':
            return longest(vipParts(front, lowestPriority(cluster.members)));
        case 'balancer':
            return longest(balancerParts(front));
        case 'active':
            return longest(activeParts(front));
        case 'list':
            return 0;
        default:
            return assertNever(front);
    }
}
