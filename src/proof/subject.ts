/** What an objective is about: the services that must answer, with all that they need, and the nodes that can fail them. */
import {
    shardsOf,
    type Cluster,
    type ClusterId,
    type NodeId,
    type Operation,
    type ShardId,
    type Target,
    type Topology,
} from '../topology/index.js';

/** What clients ask for. */
export interface Service {
    readonly shard: ShardId;
    readonly operation: Operation;
}

/** One service that must answer. */
export interface Obligation extends Service {
    readonly cluster: ClusterId;
    /** The cluster that needs it, whose nodes ask for it; missing: clients do. */
    readonly askedBy?: ClusterId;
}

export const OPERATIONS: readonly Operation[] = ['read', 'write'];

export interface Subject {
    readonly targets: readonly Target[];
    /** What the targets themselves promise. */
    readonly own: readonly Obligation[];
    /** The same with everything that they need, transitively; each once. */
    readonly all: readonly Obligation[];
    /** Clusters of {@link all}, in order of declaration. */
    readonly clusters: readonly Cluster[];
    /** Nodes that run a member of one of the clusters, or of one that an address among them leads to. */
    readonly nodes: ReadonlySet<NodeId>;
}

/** Both operations unless one is named. A workload stands for its own requests. */
export function subjectOf(topology: Topology, targets: readonly Target[], operation?: Operation): Subject {
    const operations = operation === undefined ? OPERATIONS : [operation];
    const own = distinct(targets.flatMap((target) => promises(topology, target, operations)));
    const all = withNeeds(topology, own);
    const ids = new Set(all.map((obligation) => obligation.cluster));
    const clusters = topology.clusters.filter((cluster) => ids.has(cluster.id));
    return { targets, own, all, clusters, nodes: nodesOf(topology, clusters) };
}

/** Nodes that run a member of one of the clusters or, behind an address, of one that it may send requests to. */
export function nodesOf(topology: Topology, clusters: readonly Cluster[]): ReadonlySet<NodeId> {
    const ids = new Set(clusters.map(({ id }) => id));
    // A set is gone through to its end, with what joins it meanwhile.
    for (const id of ids) {
        const address = topology.addresses[topology.clusters[id]?.address ?? -1];
        const behind = address?.routes.flatMap((route) =>
            withNeeds(topology, promises(topology, route, OPERATIONS)).map(({ cluster }) => cluster),
        );
        behind?.forEach((each) => ids.add(each));
    }
    return new Set([...ids].flatMap((id) => (topology.clusters[id]?.members ?? []).map(({ node }) => node)));
}

function promises(topology: Topology, target: Target, operations: readonly Operation[]): readonly Obligation[] {
    if (target.kind === 'workload') {
        const demands = topology.workloads[target.workload]?.demands ?? [];
        return demands
            .filter((demand) => demand.target.kind !== 'workload' && operations.includes(demand.operation))
            .flatMap((demand) => promises(topology, demand.target, [demand.operation]));
    }
    return shardsOf(topology, target).flatMap((shard) =>
        operations.map((operation) => ({ cluster: target.cluster, shard, operation })),
    );
}

/**
 * A cluster answers only while what it needs answers, so everything reachable must hold at once. Clusters that need each
 * other in a circle are reached once: they hold or break together.
 */
export function withNeeds(topology: Topology, own: readonly Obligation[]): readonly Obligation[] {
    const found = new Map(own.map((obligation) => [obligationKey(obligation), obligation]));
    const asked = new Set<ClusterId>();
    // A Map may grow while it is walked: what is added is visited too.
    for (const obligation of found.values()) {
        if (asked.has(obligation.cluster)) {
            continue;
        }
        asked.add(obligation.cluster);
        for (const needed of needsOf(topology, obligation.cluster)) {
            found.set(obligationKey(needed), found.get(obligationKey(needed)) ?? needed);
        }
    }
    return [...found.values()];
}

/** Where an acknowledged write of the obligations is stored: with them, and with whatever their clusters need for writes. */
export function storedBy(topology: Topology, own: readonly Obligation[]): readonly Obligation[] {
    const found = new Map(own.map((obligation) => [serviceKey(obligation), obligation]));
    const asked = new Set<ClusterId>();
    for (const { cluster } of found.values()) {
        if (!asked.has(cluster)) {
            asked.add(cluster);
            for (const needed of needsOf(topology, cluster).filter(({ operation }) => operation === 'write')) {
                found.set(serviceKey(needed), needed);
            }
        }
    }
    return [...found.values()];
}

/** What must answer so that the cluster does; not what it merely wants. */
export function needsOf(topology: Topology, cluster: ClusterId): readonly Obligation[] {
    const needs = topology.clusters[cluster]?.needs ?? [];
    return needs
        .filter((need) => need.kind === 'needs')
        .flatMap((need) => promises(topology, need.target, [need.operation]))
        .map((needed) => ({ ...needed, askedBy: cluster }));
}

function distinct(obligations: readonly Obligation[]): readonly Obligation[] {
    return [...new Map(obligations.map((obligation) => [serviceKey(obligation), obligation])).values()];
}

function obligationKey(obligation: Obligation): string {
    return `${serviceKey(obligation)} ${String(obligation.askedBy)}`;
}

export function serviceKey({ shard, operation }: Service): string {
    return `${String(shard)} ${operation}`;
}
