/** Kafka clusters for tests, and what happens to them. */
import { engineContext, findEngine } from '../../../../src/engines/index.js';
import type { FailureState, ServiceRules } from '../../../../src/proof/index.js';
import type { Run, TraceEvent } from '../../../../src/simulator/index.js';
import type { Topology } from '../../../../src/topology/index.js';

export interface ClusterText {
    readonly version?: string;
    readonly settings?: string;
    readonly topicSettings?: string;
    /** In-sync replicas that a write with `acks=all` needs; 2 unless said. */
    readonly needed?: number;
    /** Nodes and topics; by default three controllers, three brokers and one partition on all of them. */
    readonly body?: string;
    readonly workloads?: string;
    /** Of the scenario. */
    readonly steps?: string;
    readonly until?: string;
}

export const NODES = `
    node c1 in lab.z1 as controller  node c2 in lab.z2 as controller  node c3 in lab.z3 as controller
    node b1 in lab.z1 as broker  node b2 in lab.z2 as broker  node b3 in lab.z3 as broker`;

export function clusterText(parts: ClusterText): string {
    const topic = `topic t {
        partition 0 on b1, b2, b3
        settings { min.insync.replicas = ${parts.needed ?? 2}  ${parts.topicSettings ?? ''} }
    }`;
    return `
        region lab { zone z1  zone z2  zone z3 }
        cluster k: kafka "${parts.version ?? '4.1'}" in lab {
            ${parts.body ?? `${NODES}\n${topic}`}
            settings { ${parts.settings ?? ''} }
        }
        ${parts.workloads ?? ''}
        scenario failure { ${parts.steps ?? ''} until ${parts.until ?? '60s'} }`;
}

/** A workload that sends so many requests a second to partition 0 of `t`. */
export function writer(rate: number, options: string, name = 'w'): string {
    return `workload ${name} { writes k.t ${String(rate)}/s with ${options} }`;
}

export function rulesOf(topology: Topology): ServiceRules {
    const cluster = topology.clusters[0]!;
    const engine = findEngine(cluster.engine)!;
    return engine.rules!(engineContext(topology, cluster, engine));
}

/** These nodes have lost power, all at once. */
export function without(topology: Topology, ...names: readonly string[]): FailureState {
    const failed = names.map((name) => topology.nodes.find((node) => node.name === name)!.id);
    const alive = new Uint8Array(topology.nodes.length).fill(1);
    failed.forEach((node) => (alive[node] = 0));
    return { alive, failed };
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

export function least(values: readonly number[]): number {
    return values.reduce((one, other) => Math.min(one, other), Infinity);
}

export function most(values: readonly number[]): number {
    return values.reduce((one, other) => Math.max(one, other), -Infinity);
}
