import type { NodeId, Topology, WorkloadId } from '../topology/index.js';
import type { Point } from './behaviour.js';
import { workloadPoint } from './demands.js';
import type { Network } from './network.js';

/** Who is out of whose reach because of the links between them; whether anybody is up is another matter. */
export interface Reach {
    /** Nodes and clients by group: those of a group are alike to all others. */
    readonly groups: readonly { readonly nodes: readonly NodeId[]; readonly workloads: readonly WorkloadId[] }[];
    /** Pairs of indices of groups: what the first sends does not arrive at the second. */
    readonly severed: readonly (readonly [from: number, to: number])[];
}

export const ALL_REACH_ALL: Reach = { groups: [], severed: [] };

export function reachOf(topology: Topology, network: Network): Reach {
    const groups = new Map<number, { points: Point[]; nodes: NodeId[]; workloads: WorkloadId[] }>();
    const groupAt = (point: Point): { points: Point[]; nodes: NodeId[]; workloads: WorkloadId[] } => {
        const links = network.linksOf(point);
        const group = groups.get(links) ?? { points: [], nodes: [], workloads: [] };
        groups.set(links, group);
        group.points.push(point);
        return group;
    };
    topology.nodes.forEach(({ id }) => groupAt(id).nodes.push(id));
    topology.workloads.forEach(({ id }) => groupAt(workloadPoint(topology, id)).workloads.push(id));
    const found = [...groups.values()];
    const severed = found.flatMap((one, from) =>
        found.flatMap((other, to) => {
            const [first, second] = [one.points[0], other.points[from === to ? 1 : 0]];
            const isSevered = first !== undefined && second !== undefined && network.delay(first, second) < 0;
            return isSevered ? [[from, to] as const] : [];
        }),
    );
    return severed.length === 0
        ? ALL_REACH_ALL
        : { groups: found.map(({ nodes, workloads }) => ({ nodes, workloads })), severed };
}
