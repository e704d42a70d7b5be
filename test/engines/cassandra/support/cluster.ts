/** Cassandra clusters for tests: one datacenter or two, three racks each, and what happens to them. */
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
