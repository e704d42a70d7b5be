/** A subject in parts that have no node, no need and no copy in common: whether one answers never depends on another's nodes. */
import type { ClusterId, NodeId, Topology } from '../topology/index.js';
import { nodesOf, type Subject } from './subject.js';

/** In order of the first cluster of each. */
export function partsOf(topology: Topology, subject: Subject): readonly Subject[] {
    const ids = subject.clusters.map(({ id }) => id);
    const root = new Map<ClusterId, ClusterId>(topology.clusters.map(({ id }) => [id, id]));
    const find = (id: ClusterId): ClusterId => {
        let found = id;
        while (root.get(found) !== found) {
            found = root.get(found) ?? found;
        }
        return found;
    };
    const join = (one: ClusterId, other: ClusterId): void => {
        root.set(Math.max(find(one), find(other)), Math.min(find(one), find(other)));
    };
    const first = new Map<NodeId, ClusterId>();
    for (const { id, members, needs } of topology.clusters) {
        for (const { node } of members) {
            join(id, first.get(node) ?? id);
            first.set(node, first.get(node) ?? id);
        }
        for (const { target } of needs) {
            if (target.kind !== 'workload') {
                join(id, target.cluster);
            }
        }
    }
    for (const { cluster, routes } of topology.addresses) {
        routes.forEach((route) => {
            join(cluster, route.cluster);
        });
    }
    topology.replications.forEach(({ from, to }) => {
        join(from, to);
    });
    const groups = [...new Set(ids.map(find))];
    return groups.length < 2 ? [subject] : groups.map((group) => partOf(topology, subject, (id) => find(id) === group));
}

function partOf(
    topology: Topology,
    { targets, own, all, clusters }: Subject,
    holds: (cluster: ClusterId) => boolean,
): Subject {
    const inPart = clusters.filter(({ id }) => holds(id));
    return {
        targets,
        own: own.filter(({ cluster }) => holds(cluster)),
        all: all.filter(({ cluster }) => holds(cluster)),
        clusters: inPart,
        nodes: nodesOf(topology, inPart),
    };
}
