/** What is told about reads that a workload wants `from replicas`, where a system's reads otherwise go to the owner. */
import type { Engine } from '../engines/index.js';
import { systemBehind, type ClusterId, type Topology } from '../topology/index.js';
import type { EngineLookup } from './models.js';

/** Of an objective about these clusters: the rules of no engine ask for replicas. */
export function replicaNotesOfProof(
    topology: Topology,
    clusters: ReadonlySet<ClusterId>,
    lookup: EngineLookup,
): readonly string[] {
    return replicaReads(topology, lookup)
        .filter(({ cluster }) => clusters.has(cluster))
        .map(
            ({ workload, target }) =>
                `${workload} reads ${target} from replicas; it is proved that the owner answers reads, not that a replica does.`,
        );
}

/** Of a scenario: where the engine does not simulate them. */
export function replicaNotesOfRun(topology: Topology, lookup: EngineLookup): readonly string[] {
    return replicaReads(topology, lookup)
        .filter(({ replicaReads: how }) => how === 'not-modelled')
        .map(
            ({ workload, target }) =>
                `Not modelled: reads from replicas of ${target}. Those of ${workload} are sent to the owner, as all others are, so none is stale.`,
        );
}

interface ReplicaRead {
    readonly workload: string;
    readonly target: string;
    readonly cluster: ClusterId;
    readonly replicaReads: Engine['replicaReads'];
}

/** Each workload and target of such reads, but those of systems whose reads go to any copy anyway. */
function replicaReads(topology: Topology, lookup: EngineLookup): readonly ReplicaRead[] {
    return topology.workloads.flatMap((workload) =>
        workload.demands.flatMap(({ target, operation, fromReplicas }) => {
            if (!fromReplicas || operation !== 'read' || target.kind === 'workload') {
                return [];
            }
            const how = lookup(systemBehind(topology, target.cluster)?.engine ?? '')?.replicaReads;
            return how === undefined
                ? []
                : [{ workload: workload.name, target: target.text, cluster: target.cluster, replicaReads: how }];
        }),
    );
}
