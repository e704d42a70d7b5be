import {
    addressOf,
    distinct,
    figure,
    groupedBy,
    listed,
    setDuration,
    type Cluster,
    type Demand,
    type Target,
    type Topology,
} from '../topology/index.js';
import { bundleLink, bundlesOf } from './copying.js';
import type { Drawing, DrawnLink } from './drawing.js';
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

function traffic(topology: Topology): DrawnLink[] {
    return topology.workloads.flatMap((workload) => {
        const asked = workload.demands.flatMap((demand) =>
            drawnTargets(topology, demand.target).map((cluster) => ({ cluster, demand })),
        );
        return [...groupedBy(asked, ({ cluster }) => cluster)].map(([cluster, all]) => ({
            id: `link:traffic:${clientId(workload)}>${clusterId(cluster)}`,
            label: '',
            source: all[0]?.demand.source ?? workload.source,
            facts: trafficFacts(
                topology,
                workload.name,
                all.map(({ demand }) => demand),
            ),
            kind: 'traffic' as const,
            from: clientId(workload),
            to: clusterId(cluster),
            count: all.length,
            asynchronous: false,
        }));
    });
}

/** What is sent through an address is told apart: it goes to one of several. */
function trafficFacts(topology: Topology, workload: string, demands: readonly Demand[]): string[] {
    return [...groupedBy(demands, ({ target }) => (target.kind === 'workload' ? undefined : target.cluster))].map(
        ([id, all]) => {
            const cluster = topology.clusters[id ?? -1];
            const rate = all.reduce((sum, demand) => sum + demand.rate, 0);
            const address = cluster && addressOf(topology, cluster);
            const routes = address?.routes.map(({ text }) => text) ?? [];
            const leads = address === undefined ? '' : `, which leads to ${listed(routes, { word: 'or' })}`;
            return `${workload} sends ${figure(rate)} requests/s to ${cluster?.name ?? ''}${leads}.`;
        },
    );
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
