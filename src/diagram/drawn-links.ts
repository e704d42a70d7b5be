import { distinct, figure, setDuration, type Topology } from '../topology/index.js';
import { bundleLink, bundlesOf } from './copying.js';
import type { Drawing, DrawnLink } from './drawing.js';
import { targetCluster } from './drawn-client.js';
import { clientId, clusterId } from './ids.js';

/** `drawing`: the places with what stands in them. */
export function drawnLinks(topology: Topology, drawing: Pick<Drawing, 'regions' | 'placeless'>): DrawnLink[] {
    return [
        ...bundlesOf(drawing).map(bundleLink),
        ...clusterCopies(topology),
        ...dependencies(topology),
        ...traffic(topology),
    ];
}

function clusterCopies(topology: Topology): DrawnLink[] {
    return topology.replications.flatMap((replication) => {
        const [from, to] = [topology.clusters[replication.from], topology.clusters[replication.to]];
        if (from === undefined || to === undefined) {
            return [];
        }
        const lag = replication.lagMs === undefined ? '' : ` with a lag of ${setDuration(replication.lagMs)}`;
        return [
            {
                id: `link:copy:${clusterId(from)}>${clusterId(to)}`,
                label: replication.lagMs === undefined ? 'asynchronous' : `lag ${setDuration(replication.lagMs)}`,
                source: replication.source,
                facts: [`${from.name} is copied asynchronously to ${to.name}${lag}.`],
                kind: 'replication' as const,
                from: clusterId(from),
                to: clusterId(to),
                count: 1,
                asynchronous: true,
            },
        ];
    });
}

function dependencies(topology: Topology): DrawnLink[] {
    const links = new Map<string, DrawnLink>();
    for (const cluster of topology.clusters) {
        for (const need of cluster.needs) {
            const target = topology.clusters[targetCluster(need.target) ?? -1];
            if (target === undefined || target.id === cluster.id) {
                continue;
            }
            const id = `link:needs:${clusterId(cluster)}>${clusterId(target)}`;
            const known = links.get(id);
            const fact = `${cluster.name} ${need.kind} ${need.operation}s of ${need.target.text}.`;
            const facts = [...(known?.facts ?? []), fact];
            // The legend says what such a line means; only the weaker kind is written on it.
            const label = need.kind === 'needs' || known?.label === '' ? '' : 'wants';
            const ends = { from: clusterId(cluster), to: clusterId(target) };
            const shared = { kind: 'dependency' as const, asynchronous: false, source: known?.source ?? need.source };
            links.set(id, { id, label, facts, ...ends, ...shared, count: facts.length });
        }
    }
    return [...links.values()];
}

function traffic(topology: Topology): DrawnLink[] {
    return topology.workloads.flatMap((workload) =>
        distinct(workload.demands.map((demand) => targetCluster(demand.target))).flatMap((id) => {
            const cluster = topology.clusters[id ?? -1];
            if (cluster === undefined) {
                return [];
            }
            const demands = workload.demands.filter((demand) => targetCluster(demand.target) === id);
            const rate = demands.reduce((sum, demand) => sum + demand.rate, 0);
            return [
                {
                    id: `link:traffic:${clientId(workload)}>${clusterId(cluster)}`,
                    label: '',
                    source: demands[0]?.source ?? workload.source,
                    facts: [`${workload.name} sends ${figure(rate)} requests/s to ${cluster.name}.`],
                    kind: 'traffic' as const,
                    from: clientId(workload),
                    to: clusterId(cluster),
                    count: demands.length,
                    asynchronous: false,
                },
            ];
        }),
    );
}
