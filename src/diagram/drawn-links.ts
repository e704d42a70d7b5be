import { addressOf, distinct, setDuration, type Cluster, type Target, type Topology } from '../topology/index.js';
import { bundleLink, bundlesOf } from './copying.js';
import type { Drawing, DrawnLink } from './drawing.js';
import { clusterId } from './ids.js';
import { traffic } from './traffic.js';

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
            for (const target of drawnTargets(topology, need.target)) {
                if (target.id === cluster.id) {
                    continue;
                }
                const id = `link:needs:${clusterId(cluster)}>${clusterId(target)}`;
                const known = links.get(id);
                const fact = `${cluster.name} ${need.kind} ${need.operation}s of ${need.target.text}.`;
                const facts = [...(known?.facts ?? []), fact];
                // The legend says what such a line means; only the weaker kind is written on it.
                const label = need.kind === 'needs' || known?.label === '' ? '' : 'wants';
                const ends = { from: clusterId(cluster), to: clusterId(target) };
                const shared = {
                    kind: 'dependency' as const,
                    asynchronous: false,
                    source: known?.source ?? need.source,
                };
                links.set(id, { id, label, facts, ...ends, ...shared, count: facts.length });
            }
        }
    }
    return [...links.values()];
}

/** The clusters that stand in the drawing for a target: those behind an address, which has no place of its own there. */
function drawnTargets(topology: Topology, target: Target): readonly Cluster[] {
    const cluster = target.kind === 'workload' ? undefined : topology.clusters[target.cluster];
    const behind = cluster && addressOf(topology, cluster)?.routes.map((route) => route.cluster);
    return behind === undefined
        ? cluster === undefined
            ? []
            : [cluster]
        : distinct(behind).flatMap((id) => topology.clusters[id] ?? []);
}
