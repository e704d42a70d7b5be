import type { Topology } from './model.js';

/** The model of a file that says nothing. */
export function emptyTopology(uri: string): Topology {
    return {
        uri,
        regions: [],
        zones: [],
        nodes: [],
        clusters: [],
        groups: [],
        shards: [],
        workloads: [],
        replications: [],
        addresses: [],
        objectives: [],
        scenarios: [],
    };
}
