import type { NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

/** The nodes that gossip prefers. A file that names none is taken to mean the first node of each datacenter. */
export function seedsOf(context: EngineContext): readonly NodeId[] {
    const { topology, cluster } = context;
    const members = cluster.members.map(({ node }) => topology.nodes[node]!);
    const written = context
        .written('seeds')
        ?.values.map(({ text }) => text)
        .join(' ');
    if (written === undefined) {
        const first = new Map(members.toReversed().map(({ region, id }) => [region, id]));
        return [...first.values()];
    }
    const names = new Set(written.split(/[\s,]+/));
    return members.filter(({ name }) => names.has(name)).map(({ id }) => id);
}
