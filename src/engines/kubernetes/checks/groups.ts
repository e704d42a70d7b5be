/** What the checks ask about a group of pods. */
import type { NodeId, ShardGroup } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

/** A group whose pods have their places. */
export interface Pods {
    readonly group: ShardGroup;
    /** Node of each pod, by its number. */
    readonly nodes: readonly NodeId[];
    /** Pods that make the group available. */
    readonly required: number;
}

/** Deployments, StatefulSets and DaemonSets of the cluster, without those that could not be placed. */
export function podGroups({ cluster, topology }: EngineContext): readonly Pods[] {
    return cluster.groups.flatMap((id) => {
        const group = topology.groups[id]!;
        const nodes = group.shards.flatMap((shard) => topology.shards[shard]!.copies);
        return nodes.length === 0 ? [] : [{ group, nodes, required: group.required ?? 1 }];
    });
}

/** Pods that are left in the worst case when one node fails. */
export function leftWithoutNode({ nodes }: Pods): number {
    return nodes.length - largest(countBy(nodes, (node) => node));
}

/** Pods that are left in the worst case when one zone fails. */
export function leftWithoutZone(context: EngineContext, { nodes }: Pods): number {
    return nodes.length - largest(podsByZone(context, nodes));
}

/** How many pods stand in each zone; those outside all zones are left out. */
export function podsByZone({ topology }: EngineContext, nodes: readonly NodeId[]): ReadonlyMap<number, number> {
    return countBy(
        nodes.filter((node) => topology.nodes[node]!.zone !== undefined),
        (node) => topology.nodes[node]!.zone!,
    );
}

function largest(counts: ReadonlyMap<number, number>): number {
    return [...counts.values()].reduce((most, count) => Math.max(most, count), 0);
}

function countBy(nodes: readonly NodeId[], keyOf: (node: NodeId) => number): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    for (const node of nodes) {
        const key = keyOf(node);
        found.set(key, (found.get(key) ?? 0) + 1);
    }
    return found;
}

/** `one pod`, `3 pods`. */
export function pods(count: number): string {
    return count === 1 ? 'one pod' : `${String(count)} pods`;
}
