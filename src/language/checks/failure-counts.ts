import {
    counted,
    dependenciesOf,
    type ClusterId,
    type FailureLevel,
    type Objective,
    type Target,
    type Topology,
} from '../../topology/index.js';
import type { Report } from '../resolve/report.js';

/** `tolerate any 99 nodes` of two: it is the same question as all of them, and hardly the one that was meant. */
export function checkCounts(objective: Objective, topology: Topology, report: Report): void {
    const clusters = clustersBeneath(objective.targets, topology);
    // A cluster without members has a finding of its own.
    const areWhole = [...clusters].every((id) => {
        const cluster = topology.clusters[id];
        return cluster?.address !== undefined || (cluster?.members ?? []).length > 0;
    });
    if (!areWhole) return;
    for (const clause of objective.clauses) {
        if (clause.kind !== 'tolerate') continue;
        for (const { count, level } of clause.shape) {
            const there = partsOf(clusters, level, topology);
            if (count <= there) continue;
            report.warning(
                'language/more-than-there-are',
                clause.source,
                `What this objective rests on stands on ${there === 0 ? `no ${level} that is declared` : counted(there, level)}, so ${counted(count, level)} cannot fail.`,
                there === 0 ? `Say in which ${level} its nodes stand.` : 'Write a smaller number.',
            );
        }
    }
}

function partsOf(clusters: ReadonlySet<ClusterId>, level: FailureLevel, { clusters: all, nodes }: Topology): number {
    const parts = new Set<string | number | undefined>();
    for (const id of clusters) {
        for (const member of all[id]?.members ?? []) {
            const node = nodes[member.node];
            parts.add(level === 'node' ? node?.id : level === 'rack' ? rackOf(node) : node?.[level]);
        }
    }
    parts.delete(undefined);
    return parts.size;
}

/** Racks of one name in two zones are two. */
function rackOf(node: Topology['nodes'][number] | undefined): string | undefined {
    return node?.rack === undefined ? undefined : `${String(node.zone)} ${node.rack}`;
}

/** The clusters of the targets, those that workloads among them ask, and all that these need in turn. */
function clustersBeneath(targets: readonly Target[], topology: Topology): ReadonlySet<ClusterId> {
    const named = targets.flatMap((target) =>
        target.kind === 'workload'
            ? (topology.workloads[target.workload]?.demands ?? []).map((demand) => demand.target)
            : [target],
    );
    const met = new Set(named.flatMap((target) => (target.kind === 'workload' ? [] : [target.cluster])));
    // A set is gone through to its end, with what joins it meanwhile.
    for (const cluster of met) dependenciesOf(topology, cluster).forEach((each) => met.add(each));
    return met;
}
