/** Clusters of Hadoop for tests: three racks, two NameNodes, and what happens to them. */
import type { Run, TraceEvent } from '../../../../src/simulator/index.js';
import type { Operation, Topology } from '../../../../src/topology/index.js';

export interface LakeText {
    readonly nodes?: string;
    readonly files?: string;
    readonly fencing?: string;
    readonly automatic?: boolean;
    readonly settings?: string;
    readonly workloads?: string;
    readonly steps?: string;
    readonly until?: string;
}

const NODES = `
    node nn-1 in dc.a as namenode  node nn-2 in dc.b as namenode
    nodes jn-[1..3] across zones as journalnode
    nodes zk-[1..3] across zones as zookeeper
    nodes dn-[1..6] across zones as datanode`;

export const SSH_THEN_SHELL = 'dfs.ha.fencing.methods = "sshfence, shell(/bin/true)"';
export const SHELL = 'dfs.ha.fencing.methods = "shell(/bin/true)"';
export const SSH = 'dfs.ha.fencing.methods = sshfence';

export function lakeText(parts: LakeText = {}): string {
    return `
        region dc { zone a  zone b  zone c }
        cluster lake: hadoop "3.4" in dc {
            ${parts.nodes ?? NODES}
            ${parts.files ?? 'files f { blocks 2 }'}
            settings { dfs.ha.automatic-failover.enabled = ${parts.automatic ?? true}  ${parts.fencing ?? SSH_THEN_SHELL}  ${parts.settings ?? ''} }
        }
        ${parts.workloads ?? ''}
        scenario failure { ${parts.steps ?? ''} until ${parts.until ?? '4m'} }`;
}

export function shardOf(topology: Topology, name: string): number {
    return topology.shards.find((shard) => shard.name === name)!.id;
}

export function eventsOf(run: Run, pattern: RegExp): readonly TraceEvent[] {
    return run.trace.filter((event) => pattern.test(event.text));
}

/** When the last outage of the shard ended, in milliseconds after `sinceMs`; 0: there was none, Infinity: it goes on. */
export function outageEnd(topology: Topology, run: Run, shard: string, operation: Operation, sinceMs: number): number {
    const id = shardOf(topology, shard);
    const ends = run.outages
        .filter((outage) => outage.shard === id && outage.operation === operation)
        .map(({ toMs }) => (toMs ?? Infinity) - sinceMs);
    return Math.max(0, ...ends);
}
