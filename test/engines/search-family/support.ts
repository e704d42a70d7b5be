/** What the tests of both products look at. */
import { collectFindings } from '../../../src/analysis/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import type { Finding, Topology } from '../../../src/topology/index.js';

export async function findingsOf(text: string): Promise<readonly Finding[]> {
    const [document] = await loadWorkspace([{ uri: 'file:///test.cluster', text }], { design: collectFindings });
    return document!.findings;
}

/** One line a shard: `products.0: data-1 a, data-2 b`, the primary first, each with its zone. */
export function placementTable({ shards, nodes, zones }: Topology, ...only: readonly string[]): string {
    return shards
        .filter(({ name }) => only.length === 0 || only.includes(name.split('.')[0]!))
        .map(({ name, copies }) => {
            const places = copies.map((id) => `${nodes[id]!.name} ${zones[nodes[id]!.zone ?? -1]?.name ?? '-'}`);
            return `${name}: ${places.join(', ')}`;
        })
        .join('\n');
}
