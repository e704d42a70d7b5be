import type { Step, Topology } from '../topology/index.js';

/**
 * The steps of a scenario with rolling restarts spelled out: the members of the cluster are restarted one after the other,
 * in order of declaration, one in each period.
 */
export function spelledOut(topology: Topology, steps: readonly Step[]): readonly Step[] {
    const all = steps.flatMap((step): readonly Step[] => {
        const { fault, atMs, text } = step;
        if (fault.kind !== 'roll') {
            return [step];
        }
        const { cluster, periodMs } = fault;
        return topology.clusters[cluster]!.members.map(({ node }, index) => ({
            ...step,
            atMs: atMs + index * periodMs,
            fault: { kind: 'restart', nodes: [{ kind: 'node', node, cluster }] },
            text: `${text}: restart node ${topology.nodes[node]!.name}`,
        }));
    });
    return all.toSorted((one, other) => one.atMs - other.atMs);
}
