/** Whether the members can carry what the workloads send. */
import { declaredLoad } from '../../../proof/index.js';
import { figure, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

export function checkLoad({ topology, cluster }: EngineContext): readonly Finding[] {
    // A member without a figure is never the bottleneck.
    const capacity = cluster.members.reduce((sum, member) => sum + (member.capacity ?? Infinity), 0);
    const load = declaredLoad(topology, cluster.id);
    if (load <= capacity) {
        return [];
    }
    return [
        {
            code: 'topology/overloaded',
            severity: 'warning',
            message: `The workloads send ${figure(load)} requests a second to ${cluster.name}, and all its members together carry ${figure(capacity)}: it is overloaded before anything fails.`,
            help: 'Add members, raise their `capacity` if it is more in truth, or lower the rates of the workloads.',
            source: cluster.source,
        },
    ];
}
