/** Positions of a thousand nodes: the own layout beside ELK's own layout of the same nodes in the same zones. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { cpuUsage } from 'node:process';
import { layoutDrawing, toDrawing, type Drawing } from '../src/diagram/index.js';
import { large, topologyOf } from '../test/diagram/topologies.js';

const NODES = 1_000;
const RUNS = 15;

export async function bench(): Promise<{ what: string; value: string; limit: string; note: string }[]> {
    const drawing = toDrawing(topologyOf(large(NODES)));
    const own = median(Array.from({ length: RUNS }, () => elapsed(() => layoutDrawing(drawing))));
    const peer = await elkWholeGraph(drawing);
    return [
        {
            what: `positions of ${NODES} nodes`,
            value: `${own.toFixed(1)} ms`,
            limit: '20 ms',
            note: `median of ${RUNS}; elkjs layered, INCLUDE_CHILDREN, once: ${peer.toFixed(0)} ms CPU (${(peer / own).toFixed(0)} ×)`,
        },
    ];
}

function elapsed(work: () => void): number {
    const start = performance.now();
    work();
    return performance.now() - start;
}

function median(values: readonly number[]): number {
    return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

/** Every node and a line from each leader to its replicas, all in one call. */
async function elkWholeGraph(drawing: Drawing): Promise<number> {
    const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
    const nodes = drawing.regions.flatMap((region) => region.zones.flatMap((zone) => zone.nodes));
    const holders = new Map<string, string[]>();
    for (const node of nodes) {
        for (const copy of node.copies) {
            const known = holders.get(copy.shard) ?? [];
            holders.set(copy.shard, copy.role === 'leader' ? [node.id, ...known] : [...known, node.id]);
        }
    }
    const graph: ElkNode = {
        id: 'root',
        layoutOptions: {
            'elk.algorithm': 'layered',
            'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
            'elk.edgeRouting': 'ORTHOGONAL',
        },
        children: drawing.regions.map((region) => ({
            id: region.id,
            children: region.zones.map((zone) => ({
                id: zone.id,
                children: zone.nodes.map((node) => ({ id: node.id, width: 136, height: 64 })),
            })),
        })),
        edges: [...holders].flatMap(([shard, [leader, ...replicas]]) =>
            leader === undefined
                ? []
                : replicas.map((replica) => ({ id: `${shard} ${replica}`, sources: [leader], targets: [replica] })),
        ),
    };
    const before = cpuUsage();
    await new Elk().layout(graph);
    const { user, system } = cpuUsage(before);
    return (user + system) / 1_000;
}
