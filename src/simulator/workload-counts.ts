import type { Operation, WorkloadId } from '../topology/index.js';
import type { ClientStream } from './client-stream.js';
import type { WorkloadCount } from './result.js';

interface Counted {
    readonly workload: WorkloadId;
    readonly demand: number;
    readonly operation: Operation;
    sent: number;
    ok: number;
    failed: number;
    waiting: number;
    stale: number;
}

/** What each demand of the workloads sent, over all of its shards. */
export function workloadCounts(streams: readonly ClientStream[]): WorkloadCount[] {
    const counts = new Map<string, Counted>();
    for (const { spec, ok, failed, waiting, stale } of streams) {
        if (spec.workload !== undefined && spec.demand !== undefined) {
            const key = `${spec.workload}/${spec.demand}`;
            const count = counts.get(key) ?? {
                workload: spec.workload,
                demand: spec.demand,
                operation: spec.operation,
                sent: 0,
                ok: 0,
                failed: 0,
                waiting: 0,
                stale: 0,
            };
            count.sent += ok + failed;
            count.ok += ok;
            count.failed += failed;
            count.waiting += waiting;
            count.stale += stale.count;
            counts.set(key, count);
        }
    }
    return [...counts.values()].map(({ waiting, stale, ...count }) => ({
        ...count,
        ...(waiting > 0 && { waiting }),
        ...(stale > 0 && { stale }),
    }));
}
