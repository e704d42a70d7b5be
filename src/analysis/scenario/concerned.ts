/** Which clusters an expectation is about. */
import { dependenciesOf, shardsOf, type ClusterId, type Expectation, type Topology } from '../../topology/index.js';

/** The clusters that it names or asks, and all that these need to answer, however far behind. */
export function clustersBehind(topology: Topology, expectation: Expectation): readonly ClusterId[] {
    const reached = new Set(namedBy(topology, expectation));
    // A set is gone through to its end, with what joins it meanwhile.
    for (const cluster of reached) {
        dependenciesOf(topology, cluster).forEach((each) => reached.add(each));
    }
    return [...reached];
}

function namedBy(topology: Topology, expectation: Expectation): readonly ClusterId[] {
    if (expectation.kind === 'drain') {
        return topology.clusters.map(({ id }) => id);
    }
    const targets =
        expectation.kind === 'availability'
            ? (topology.workloads[expectation.workload]?.demands ?? []).map(({ target }) => target)
            : [expectation.target];
    return targets.flatMap((target) =>
        target.kind === 'workload'
            ? shardsOf(topology, target).flatMap((shard) => topology.shards[shard]?.cluster ?? [])
            : target.cluster,
    );
}
