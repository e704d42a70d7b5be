import {
    counted,
    isControlPlane,
    isLeaderless,
    setDuration,
    figure,
    listed,
    type Cluster,
    type Node,
    type NodeId,
    type Shard,
    type SourceRange,
    type Topology,
    distinct,
} from '../topology/index.js';
import { targetCluster } from './drawn-client.js';
import { PLACELESS_ID, unzonedId, type DrawnLink } from './drawing.js';
import { clientId, clusterId, regionId, shardPath, zoneId } from './ids.js';
import { FACT_LIMIT } from './facts.js';

export function drawnLinks(topology: Topology): DrawnLink[] {
    return [...shardLinks(topology), ...clusterCopies(topology), ...dependencies(topology), ...traffic(topology)];
}

/**
 * Members that serve together or in turns have no data to copy: the file speaks of failover and of no shard. Copies that
 * are equals follow nobody.
 */
function hasFollowers(topology: Topology, cluster: Cluster, shard: Shard): boolean {
    const onlyTakesTurns = shard.name === cluster.name && cluster.failover !== undefined;
    return !onlyTakesTurns && !isLeaderless(topology, shard);
}

interface Bundle {
    readonly from: Standing;
    readonly to: Standing;
    readonly shards: string[];
    readonly source: SourceRange;
}

interface Standing {
    readonly id: string;
    readonly name: string;
}

/** From the leader's place to each follower's. What stays inside one place has no line. */
function shardLinks(topology: Topology): DrawnLink[] {
    const bundles = new Map<string, Bundle>();
    for (const shard of topology.shards.filter((each) => !isControlPlane(topology, each))) {
        const cluster = topology.clusters[shard.cluster];
        const [leader, ...followers] = shard.copies;
        if (cluster === undefined || leader === undefined || !hasFollowers(topology, cluster, shard)) {
            continue;
        }
        for (const follower of followers) {
            const [from, to] = ends(topology, leader, follower);
            if (from.id !== to.id) {
                const key = `${from.id} → ${to.id}`;
                const bundle = bundles.get(key) ?? { from, to, shards: [], source: shard.source };
                bundle.shards.push(shardPath(cluster, shard));
                bundles.set(key, bundle);
            }
        }
    }
    return [...bundles.values()].map(bundleLink);
}

function bundleLink({ from, to, shards, source }: Bundle): DrawnLink {
    const only = shards.length === 1 ? shards[0] : undefined;
    const names = distinct(shards);
    return {
        id: `link:replication:${from.id}>${to.id}`,
        label: only === undefined ? counted(shards.length, 'copy', 'copies') : only.slice(only.indexOf('.') + 1),
        source,
        facts: [
            `${counted(shards.length, 'copy', 'copies')} in ${to.name} ${shards.length === 1 ? 'follows a leader' : 'follow leaders'} in ${from.name}.`,
            `${names.length === 1 ? 'Shard' : 'Shards'} ${listed(names, { limit: FACT_LIMIT })}.`,
        ],
        kind: 'replication',
        from: from.id,
        to: to.id,
        count: shards.length,
        asynchronous: false,
    };
}

/** The places of two nodes: their zones inside one region, otherwise their regions. */
function ends(topology: Topology, first: NodeId, second: NodeId): readonly [Standing, Standing] {
    const [left, right] = [standing(topology, topology.nodes[first]), standing(topology, topology.nodes[second])];
    return left.region.id === right.region.id ? [left.place, right.place] : [left.region, right.region];
}

function standing(topology: Topology, node: Node | undefined): { region: Standing; place: Standing } {
    const nowhere = { id: PLACELESS_ID, name: 'no declared place' };
    const zone = node?.zone === undefined ? undefined : topology.zones[node.zone];
    const region = topology.regions[zone?.region ?? node?.region ?? -1];
    if (region === undefined) {
        return { region: nowhere, place: nowhere };
    }
    const wide = { id: regionId(region), name: `region ${region.name}` };
    return zone === undefined
        ? { region: wide, place: { id: unzonedId(wide.id), name: `region ${region.name} outside its zones` } }
        : { region: wide, place: { id: zoneId(zone), name: `zone ${zone.qualifiedName}` } };
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
