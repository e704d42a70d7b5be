import {
    assertNever,
    type Cluster,
    type Fault,
    type NodeSelector,
    type PlaceId,
    type Selection,
    type Topology,
} from '../topology/index.js';
import { stands } from './network.js';

/**
 * Whether the fault may touch the cluster: an order that it is given, a process of its own, or a host or a link of one of its
 * members. What is struck elsewhere leaves it as healthy as it was, whatever of its own failures is not modelled.
 */
export function concerns(topology: Topology, fault: Fault, cluster: Cluster): boolean {
    switch (fault.kind) {
        case 'promote':
        case 'switchover':
            return fault.cluster === cluster.id;
        case 'roll':
            return sharesNodes(cluster, topology.clusters[fault.cluster]!);
        case 'crash':
        case 'restart':
        case 'freeze':
        case 'unfreeze':
        case 'drain':
        case 'wipe':
            return fault.nodes.some((node) => mayMeanProcess(node, cluster));
        case 'stop':
            return fault.nodes.some((node) => mayMeanHost(topology, node, cluster));
        case 'fail':
        case 'restore':
        case 'isolate':
        case 'slow':
            return isStruck(topology, sideOf(fault.selection), cluster);
        case 'partition':
            return fault.sides.some((side) => isStruck(topology, side, cluster));
        case 'cut':
        case 'drop':
            return [fault.from, fault.to].some((side) => isStruck(topology, side, cluster));
        case 'heal':
            // Only what was cut before, which has been looked at.
            return false;
        default:
            return assertNever(fault);
    }
}

interface Struck {
    readonly places: readonly PlaceId[];
    readonly nodes: readonly NodeSelector[];
}

function sideOf(selection: Selection): Struck {
    return selection.kind === 'places'
        ? { places: selection.places, nodes: [] }
        : { places: [], nodes: selection.nodes };
}

function isStruck(topology: Topology, { places, nodes }: Struck, cluster: Cluster): boolean {
    return (
        nodes.some((node) => mayMeanHost(topology, node, cluster)) ||
        cluster.members.some(({ node }) => places.some((place) => stands(topology.nodes[node]!, place)))
    );
}

function mayMeanProcess(selector: NodeSelector, cluster: Cluster): boolean {
    if (selector.kind === 'leader') {
        return selector.of.kind === 'workload' || selector.of.cluster === cluster.id;
    }
    return (selector.cluster ?? cluster.id) === cluster.id && hasMember(cluster, selector.node);
}

function mayMeanHost(topology: Topology, selector: NodeSelector, cluster: Cluster): boolean {
    if (selector.kind === 'node') {
        return hasMember(cluster, selector.node);
    }
    return selector.of.kind === 'workload' || sharesNodes(cluster, topology.clusters[selector.of.cluster]!);
}

function sharesNodes(cluster: Cluster, other: Cluster): boolean {
    return other.members.some(({ node }) => hasMember(cluster, node));
}

function hasMember({ members }: Cluster, wanted: number): boolean {
    return members.some(({ node }) => node === wanted);
}
