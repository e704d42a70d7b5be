/** Nodes that can change places without any answer changing. When in doubt two nodes are not alike. */
import type { Cluster, NodeId, Topology } from '../topology/index.js';
import type { ProofModel } from './model.js';
import type { Subject } from './subject.js';

/**
 * For each node that has an interchangeable one before it, the last of those. Nodes are interchangeable if they stand in
 * the same zone and rack, run members of the same clusters with the same roles, capacity and settings, and the rules of
 * each of these clusters say that they are.
 */
export function interchangeable(model: ProofModel, { clusters, nodes }: Subject): ReadonlyMap<NodeId, NodeId> {
    const before = new Map<NodeId, NodeId>();
    // Without a word from every system nothing is alike, and no description has to be compared.
    if (clusters.some(({ id }) => model.rules(id).alike === undefined)) {
        return before;
    }
    const classes = new Map<string, NodeId[]>();
    for (const node of [...nodes].sort((one, other) => one - other)) {
        const look = lookOf(model.topology, clusters, node);
        const like = classes.get(look) ?? [];
        const last = like.at(-1);
        if (last !== undefined && membersOn(clusters, node).every(({ id }) => model.rules(id).alike?.(last, node))) {
            before.set(node, last);
        }
        classes.set(look, [...like, node]);
    }
    return before;
}

function membersOn(clusters: readonly Cluster[], node: NodeId): readonly Cluster[] {
    return clusters.filter(({ members }) => members.some((member) => member.node === node));
}

/** All that the file says of the node, but its name and where it says so. */
function lookOf({ nodes }: Topology, clusters: readonly Cluster[], node: NodeId): string {
    const place = nodes[node];
    const members = clusters.flatMap(({ id, members }) =>
        members.filter((member) => member.node === node).map((member) => [id, { ...member, node: 0 }]),
    );
    return JSON.stringify([place?.zone, place?.region, place?.rack, members], (key, value: unknown) =>
        key === 'source' ? undefined : value,
    );
}
