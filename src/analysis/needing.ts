/** A cluster that others need, as their nodes see it. */
import type { Cluster, Demand, Operation, PlaceId, Topology, Workload } from '../topology/index.js';

const OPERATIONS: readonly Operation[] = ['read', 'write'];

/** Requests to each shard in a second: nodes ask whenever they are asked themselves, which an observer does as often. */
const RATE = 50;

/** An answer is worth waiting for as long as an observer waits; a node that gets none asks once more. Milliseconds. */
const PATIENCE = { timeoutMs: 250, retries: 1 };

/**
 * The same topology where nobody asks the needed cluster but the nodes of the one that needs it: from the places where these stand,
 * and with nothing set, since a need names no settings of a client.
 */
export function askedFromNodes(topology: Topology, needed: Cluster, askedBy: Cluster): Topology {
    const { members, name, source } = askedBy;
    const places = new Map(
        members.map(({ node }) => {
            const place = placeOf(topology, node);
            return [JSON.stringify(place), place];
        }),
    );
    const demands = OPERATIONS.map((operation): Demand => ({
        operation,
        target: { kind: 'cluster', cluster: needed.id, text: needed.name },
        rate: RATE * Math.max(1, needed.shards.length),
        fromReplicas: false,
        settings: [],
        patience: PATIENCE,
        source,
    }));
    const workloads = [...places.values()].map((place, id): Workload => ({
        id,
        name,
        source,
        ...(place !== undefined && { place }),
        arrivals: 'even',
        demands,
    }));
    return { ...topology, workloads };
}

function placeOf({ nodes }: Topology, node: number): PlaceId | undefined {
    const { zone, region } = nodes[node] ?? {};
    if (zone !== undefined) {
        return { kind: 'zone', zone };
    }
    return region === undefined ? undefined : { kind: 'region', region };
}
