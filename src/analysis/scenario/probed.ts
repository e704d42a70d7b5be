/** Which requests are the probe's, which asks what no workload asks, 50 times a second. */
import { figure, shardsOf, type Operation, type ShardId, type Topology } from '../../topology/index.js';

/** Shards that no workload sends such requests to. */
function probedShards(topology: Topology, operation: Operation): (shard: ShardId) => boolean {
    const asked = new Set(
        topology.workloads.flatMap(({ demands }) =>
            demands
                .filter((demand) => demand.operation === operation)
                .flatMap(({ target }) => shardsOf(topology, target, operation)),
        ),
    );
    return (shard) => !asked.has(shard);
}

/** `, 3,000 of them of the probe, which writes where no workload does`, of what was counted by shard. */
export function probesShare(
    topology: Topology,
    operation: Operation,
    counts: readonly { readonly shard: ShardId; readonly count: number }[],
): string {
    const isProbed = probedShards(topology, operation);
    const probed = total(counts.filter(({ shard }) => isProbed(shard)));
    const verb = operation === 'write' ? 'writes' : 'reads';
    const share = probed === total(counts) ? 'sent by the probe' : `${figure(probed)} of them sent by the probe`;
    return probed === 0 ? '' : `, ${share}, which ${verb} where no workload does`;
}

function total(counts: readonly { readonly count: number }[]): number {
    return counts.reduce((sum, { count }) => sum + count, 0);
}
