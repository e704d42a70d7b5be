/** Workloads that read from replicas. */
import type { Finding, Shard, Target } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

export function checkReads(context: EngineContext): readonly Finding[] {
    return context.topology.workloads.flatMap((workload) =>
        workload.demands.flatMap(({ operation, fromReplicas, target, source }): Finding[] => {
            const single = shardsOf(context, target).find(({ copies }) => copies.length === 2);
            if (operation !== 'read' || !fromReplicas || single === undefined) {
                return [];
            }
            return [
                {
                    code: 'elasticache/reads-from-one-replica',
                    severity: 'warning',
                    message: `${workload.name} reads ${single.name} from replicas, and it has one: when that fails, or is promoted in place of the primary, none is left to read from until AWS has created another.`,
                    help: 'Add a second replica, or read from the primary.',
                    source,
                    related: [{ source: single.source, message: `${single.name} is declared here.` }],
                },
            ];
        }),
    );
}

function shardsOf({ cluster, topology }: EngineContext, target: Target): readonly Shard[] {
    if (target.kind === 'workload' || target.cluster !== cluster.id) {
        return [];
    }
    switch (target.kind) {
        case 'cluster':
            return cluster.shards.map((id) => topology.shards[id]!);
        case 'group':
            return topology.groups[target.group]!.shards.map((id) => topology.shards[id]!);
        case 'shard':
            return [topology.shards[target.shard]!];
    }
}
