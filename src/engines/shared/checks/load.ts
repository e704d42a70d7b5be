/** Whether the members can carry what the workloads send. */
import { declaredLoad } from '../../../proof/index.js';
import { figure, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

export function checkLoad({ topology, cluster }: EngineContext): readonly Finding[] {
    // Members that hold nothing, such as masters, carry no load; one without a figure is never the bottleneck.
    const holders = new Set(cluster.shards.flatMap((id) => topology.shards[id]?.copies ?? []));
    const capacity = cluster.members
        .filter(({ node }) => holders.has(node))
        .reduce((sum, member) => sum + (member.capacity ?? Infinity), 0);
    const load = declaredLoad(topology, cluster.id);
    if (holders.size === 0 || load <= capacity) {
        return [];
    }
    return [
        {
            code: 'topology/overloaded',
            severity: 'warning',
            message: `The workloads send ${figure(load)} requests a second to ${cluster.name}, and all that could answer together carry ${figure(capacity)}: it is overloaded before anything fails.`,
            help: 'Add members, raise their `capacity` if it is more in truth, or lower the rates of the workloads.',
            source: cluster.source,
        },
    ];
}
