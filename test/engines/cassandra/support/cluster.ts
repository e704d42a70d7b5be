/** Cassandra clusters for tests: one datacenter or two, three racks each, and what happens to them. */
import { engineContext, findEngine } from '../../../../src/engines/index.js';
import type { FailureState, ServiceRules } from '../../../../src/proof/index.js';
import type { Run, TraceEvent } from '../../../../src/simulator/index.js';
import type { Topology } from '../../../../src/topology/index.js';

export interface ClusterText {
    readonly version?: string;
    readonly body?: string;
    readonly settings?: string;
    /** `replicas` of the keyspace. */
    readonly replicas?: string;
    readonly keyspace?: string;
    readonly workloads?: string;
    readonly steps?: string;
    readonly until?: string;
}

/** Six nodes in three racks of one datacenter. */
const ONE_DATACENTER = 'nodes n-[1..6] across us';
export const TWO_DATACENTERS = 'nodes n-[1..3] across us  nodes e-[1..3] across eu';

export function clusterText(parts: ClusterText): string {
    return `
        region us { zone a  zone b  zone c }
        region eu { zone a  zone b  zone c }
        cluster c: cassandra "${parts.version ?? '5.0'}" {
            ${parts.body ?? ONE_DATACENTER}
            keyspace k {
                replicas ${parts.replicas ?? '3'}
                settings { replication = NetworkTopologyStrategy  ${parts.keyspace ?? ''} }
            }
            settings { ${parts.settings ?? ''} }
        }
        ${parts.workloads ?? ''}
        scenario failure { ${parts.steps ?? ''} until ${parts.until ?? '60s'} }`;
}

export function rulesOf(topology: Topology): ServiceRules {
    const cluster = topology.clusters[0]!;
    const engine = findEngine(cluster.engine)!;
    return engine.rules!(engineContext(topology, cluster, engine));
}

/** These nodes have lost power, all at once. */
export function without(topology: Topology, ...names: readonly string[]): FailureState {
    const failed = names.map((name) => nodeOf(topology, name));
    const alive = new Uint8Array(topology.nodes.length).fill(1);
    failed.forEach((node) => (alive[node] = 0));
    return { alive, failed };
}

export function nodeOf(topology: Topology, name: string): number {
    return topology.nodes.find((node) => node.name === name)!.id;
}

export function shardOf(topology: Topology, name: string): number {
    return topology.shards.find((shard) => shard.name === name)!.id;
}

export function eventsOf(run: Run, kind: TraceEvent['kind'], pattern = /./): readonly TraceEvent[] {
    return run.trace.filter((event) => event.kind === kind && pattern.test(event.text));
}

export function lostIn(run: Run): number {
    return run.lostWrites.reduce((sum, { count }) => sum + count, 0);
}

export function staleIn(run: Run): number {
    return run.staleReads.reduce((sum, { count }) => sum + count, 0);
}
