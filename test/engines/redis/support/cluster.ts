/** Redis clusters for tests: three zones, three shards of one replica each, and what happens to them. */
import { engineContext, findEngine } from '../../../../src/engines/index.js';
import type { FailureState, ServiceRules } from '../../../../src/proof/index.js';
import type { Run, TraceEvent } from '../../../../src/simulator/index.js';
import type { Topology } from '../../../../src/topology/index.js';

export interface ClusterText {
    readonly version?: string;
    readonly timeoutMs?: number;
    readonly settings?: string;
    /** No snapshots unless said. */
    readonly save?: string;
    /** Nodes and shards; by default `m1`…`m3` with the replicas `r1`…`r3`, no pair in one zone. */
    readonly body?: string;
    readonly workloads?: string;
    /** Of the scenario. */
    readonly steps?: string;
    readonly until?: string;
}

const THREE_PAIRS = `
    node m1 in lab.z1  node r3 in lab.z1
    node m2 in lab.z2  node r1 in lab.z2
    node m3 in lab.z3  node r2 in lab.z3
    shard s1 on m1, r1
    shard s2 on m2, r2
    shard s3 on m3, r3`;

export function clusterText(parts: ClusterText): string {
    return `
        region lab { zone z1  zone z2  zone z3 }
        cluster c: redis "${parts.version ?? '7.2'}" in lab {
            ${parts.body ?? THREE_PAIRS}
            endpoint discovery
            settings { cluster-node-timeout = ${parts.timeoutMs ?? 5000}  ${parts.save ?? 'save = ""'}  ${parts.settings ?? ''} }
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

function nodeOf(topology: Topology, name: string): number {
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
