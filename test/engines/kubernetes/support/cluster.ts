/** Kubernetes clusters for tests: three zones, stacked control planes and workers, and what happens to them. */
import { engineContext, findEngine } from '../../../../src/engines/index.js';
import type { FailureState, ServiceRules } from '../../../../src/proof/index.js';
import type { Run, TraceEvent } from '../../../../src/simulator/index.js';
import type { Topology } from '../../../../src/topology/index.js';

export interface ClusterText {
    readonly version?: string;
    readonly nodes?: string;
    readonly groups?: string;
    readonly settings?: string;
    readonly endpoint?: string;
    readonly workloads?: string;
    /** Of the scenario. */
    readonly steps?: string;
    readonly expectations?: string;
    readonly until?: string;
}

const NODES = 'nodes cp-[1..3] across zones as control-plane\n nodes w-[1..6] across zones as worker';

export function clusterText(parts: ClusterText): string {
    return `
        region lab { zone a  zone b  zone c }
        cluster k: kubernetes "${parts.version ?? '1.32'}" in lab {
            ${parts.nodes ?? NODES}
            ${parts.groups ?? 'deployment web { replicas 3  spread zone }'}
            ${parts.endpoint ?? ''}
            settings { ${parts.settings ?? ''} }
        }
        ${parts.workloads ?? ''}
        scenario failure { ${parts.steps ?? ''} until ${parts.until ?? '10m'} ${parts.expectations ?? ''} }`;
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

export function eventsOf(run: Run, pattern: RegExp): readonly TraceEvent[] {
    return run.trace.filter(({ text }) => pattern.test(text));
}
