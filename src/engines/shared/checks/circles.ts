/** Clusters that rest on themselves, by way of others or at once. */
import { listed, type ClusterId, type Finding, type Need, type Topology } from '../../../topology/index.js';

/** A circle of needs cannot start from cold: each waits for the next. An address needs one of those that it leads to. */
export function checkCircles(topology: Topology): readonly Finding[] {
    const circular = mayBeInCircles(topology);
    return [...circular].flatMap((id): Finding[] => {
        const way = wayBack(topology, id, circular);
        const cluster = topology.clusters[id];
        if (way === undefined || cluster === undefined || isAddress(topology, id)) {
            return [];
        }
        const next = way[0] ?? id;
        const through = way.map((each) => topology.clusters[each]?.name ?? '');
        return [
            {
                code: 'topology/needs-circle',
                severity: 'warning',
                message: `${cluster.name} needs itself${through.length === 0 ? '' : ` by way of ${listed(through)}`}: once ${whatIsDown(topology, way)} is down nobody can answer first, so it never comes back by itself.`,
                help: 'Let one cluster start without the other, with `wants` instead of `needs`, or leave the need out.',
                source: cluster.needs.find((need) => neededBy(need) === next)?.source ?? cluster.source,
            },
        ];
    });
}

function whatIsDown(topology: Topology, way: readonly ClusterId[]): string {
    const address = way.find((id) => isAddress(topology, id));
    return address === undefined ? 'all of it' : `everything behind ${topology.clusters[address]?.name ?? ''}`;
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

/** Clusters that are left when those that can answer without anybody who is left are taken away, again and again. */
function mayBeInCircles(topology: Topology): ReadonlySet<ClusterId> {
    const left = new Set(topology.clusters.map(({ id }) => id));
    for (let size = -1; size !== left.size;) {
        size = left.size;
        for (const id of left) {
            const next = neededFor(topology, id);
            const waits = (each: ClusterId): boolean => left.has(each);
            if (!(isAddress(topology, id) ? next.length > 0 && next.every(waits) : next.some(waits))) {
                left.delete(id);
            }
        }
    }
    return left;
}

/** The clusters on a shortest way from the cluster back to itself, without it; undefined if there is none. */
function wayBack(
    topology: Topology,
    start: ClusterId,
    circular: ReadonlySet<ClusterId>,
): readonly ClusterId[] | undefined {
    const before = new Map<ClusterId, ClusterId>();
    const pending = [start];
    for (const cluster of pending) {
        for (const next of neededFor(topology, cluster).filter((each) => circular.has(each))) {
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

/** What must answer before the cluster does; of an address, any one of those that it leads to. */
function neededFor({ clusters, addresses }: Topology, id: ClusterId): readonly ClusterId[] {
    const cluster = clusters[id];
    return cluster?.address === undefined
        ? (cluster?.needs ?? []).flatMap((need) => neededBy(need) ?? [])
        : (addresses[cluster.address]?.routes ?? []).map((route) => route.cluster);
}

function isAddress({ clusters }: Topology, id: ClusterId): boolean {
    return clusters[id]?.address !== undefined;
}

function neededBy({ kind, target }: Need): ClusterId | undefined {
    return kind === 'wants' || target.kind === 'workload' ? undefined : target.cluster;
}
