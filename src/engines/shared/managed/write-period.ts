import { clientStreams } from '../../../simulator/index.js';
import type { ShardId, Topology } from '../../../topology/index.js';

/** Every cluster of a topology asks for the same. */
const known = new WeakMap<Topology, ReadonlyMap<ShardId, number>>();

/** The smallest distance between two writes of one client to each shard, in ms; the probe writes where no workload does. */
export function writePeriodsMs(topology: Topology): ReadonlyMap<ShardId, number> {
    const periods = known.get(topology) ?? measured(topology);
    known.set(topology, periods);
    return periods;
}

function measured(topology: Topology): ReadonlyMap<ShardId, number> {
    const periods = new Map<ShardId, number>();
    for (const { shard, operation, periodMs } of clientStreams(topology, 0)) {
        if (operation === 'write') {
            periods.set(shard, Math.min(periods.get(shard) ?? Infinity, periodMs));
        }
    }
    return periods;
}
