import type { Operation, WorkloadId } from '../topology/index.js';
import type { ClientStream } from './client-stream.js';
import type { WorkloadCount } from './result.js';

/** What each demand of the workloads sent, over all of its shards. */
export function workloadCounts(streams: readonly ClientStream[]): WorkloadCount[] {
    const counts = new Map<
        string,
        { workload: WorkloadId; demand: number; operation: Operation; sent: number; ok: number; failed: number }
    >();
    for (const { spec, ok, failed } of streams) {
        if (spec.workload !== undefined && spec.demand !== undefined) {
            const key = `${spec.workload}/${spec.demand}`;
            const count = counts.get(key) ?? {
                workload: spec.workload,
                demand: spec.demand,
                operation: spec.operation,
                sent: 0,
                ok: 0,
                failed: 0,
            };
            count.sent += ok + failed;
            count.ok += ok;
            count.failed += failed;
            counts.set(key, count);
        }
    }
    return [...counts.values()];
}
