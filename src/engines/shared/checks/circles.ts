/** Clusters that rest on themselves, by way of others or at once. */
import { listed, type ClusterId, type Finding, type Need, type Topology } from '../../../topology/index.js';

/** A circle of needs cannot start from cold: each waits for the next. */
export function checkCircles(topology: Topology): readonly Finding[] {
    return [...mayBeInCircles(topology)].flatMap((id): Finding[] => {
        const way = wayBack(topology, id);
        const cluster = topology.clusters[id];
        if (way === undefined || cluster === undefined) {
            return [];
        }
        const next = way[0] ?? id;
        const through = way.map((each) => topology.clusters[each]?.name ?? '');
        return [
            {
                code: 'topology/needs-circle',
                severity: 'warning',
                message: `${cluster.name} needs itself${through.length === 0 ? '' : ` by way of ${listed(through)}`}: once all of it is down nobody can answer first, so it never comes back by itself.`,
                help: 'Let one cluster start without the other, with `wants` instead of `needs`, or leave the need out.',
                source: cluster.needs.find((need) => neededBy(need) === next)?.source ?? cluster.source,
            },
        ];
    });
}

/** A copy of itself is none. */
export function checkCopiesOfItself({ clusters, replications }: Topology): readonly Finding[] {
    return replications
        .filter(({ from, to }) => from === to)
        .map(({ from, source }) => ({
            code: 'topology/copy-of-itself',
            severity: 'error',
            message: `${clusters[from]?.name ?? 'The cluster'} is copied to itself: what is lost with it is lost with the copy.`,
            help: 'Name another cluster behind `to`.',
            source,
        }));
}

/** Clusters that are left when those that need nobody who is left are taken away, again and again. */
function mayBeInCircles({ clusters }: Topology): ReadonlySet<ClusterId> {
    const left = new Set(clusters.filter(({ needs }) => needs.length > 0).map(({ id }) => id));
    for (let size = -1; size !== left.size;) {
        size = left.size;
        for (const id of left) {
            const needs = clusters[id]?.needs ?? [];
            if (!needs.some((need) => left.has(neededBy(need) ?? -1))) {
                left.delete(id);
            }
        }
    }
    return left;
}

/** The clusters on a shortest way from the cluster back to itself, without it; undefined if there is none. */
function wayBack(topology: Topology, start: ClusterId): readonly ClusterId[] | undefined {
    const before = new Map<ClusterId, ClusterId>();
    const pending = [start];
    for (const cluster of pending) {
        for (const next of (topology.clusters[cluster]?.needs ?? []).flatMap((need) => neededBy(need) ?? [])) {
            if (next === start) {
                return wayTo(cluster, start, before);
            }
            if (!before.has(next)) {
                before.set(next, cluster);
                pending.push(next);
            }
        }
    }
    return undefined;
}

function wayTo(last: ClusterId, start: ClusterId, before: ReadonlyMap<ClusterId, ClusterId>): readonly ClusterId[] {
    const way: ClusterId[] = [];
    for (let at: ClusterId | undefined = last; at !== undefined && at !== start; at = before.get(at)) {
        way.unshift(at);
    }
    return way;
}

function neededBy({ kind, target }: Need): ClusterId | undefined {
    return kind === 'wants' || target.kind === 'workload' ? undefined : target.cluster;
}
