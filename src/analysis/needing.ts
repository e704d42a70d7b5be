/** A cluster that others need, as their nodes see it, or that stands behind an address, as its clients do. */
import type { Cluster, Demand, Operation, PlaceId, Topology, Workload } from '../topology/index.js';

const OPERATIONS: readonly Operation[] = ['read', 'write'];

/** Requests to each shard in a second: nodes ask whenever they are asked themselves, which an observer does as often. */
const RATE = 50;

/** An answer is worth waiting for as long as an observer waits; a node that gets none asks once more. Milliseconds. */
const PATIENCE = { timeoutMs: 250, retries: 1 };

/** The same topology where nobody asks the cluster but those who do so by way of the other, which needs it or leads to it. */
export function askedBySome(topology: Topology, asked: Cluster, askedBy: Cluster): Topology {
    return askedBy.address === undefined
        ? askedFromNodes(topology, asked, askedBy)
        : askedThrough(topology, asked, askedBy);
}

/** Clients of an address ask as they do, whomever it sends them to. */
function askedThrough(topology: Topology, asked: Cluster, { id, address = -1 }: Cluster): Topology {
    const routes = topology.addresses[address]?.routes.filter(({ cluster }) => cluster === asked.id) ?? [];
    const workloads = topology.workloads.map((workload) => ({
        ...workload,
        demands: workload.demands
            .filter(({ target }) => target.kind === 'cluster' && target.cluster === id)
            .flatMap((demand) => routes.map((target) => ({ ...demand, target }))),
    }));
    return { ...topology, workloads };
}

/**
 * The same topology where nobody asks the needed cluster but the nodes of the one that needs it: from the places where these stand,
 * and with nothing set, since a need names no settings of a client.
 */
function askedFromNodes(topology: Topology, needed: Cluster, askedBy: Cluster): Topology {
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
