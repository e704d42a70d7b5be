/** Positions of a hundred to ten thousand nodes: the own layout beside ELK's and graphviz's of the same nodes in the same zones. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { cpuUsage } from 'node:process';
import { layoutDrawing, toDrawing, type Drawing, type DrawnNode } from '../src/diagram/index.js';
import { large, topologyOf } from '../test/diagram/topologies.js';

interface Row {
    readonly what: string;
    readonly value: string;
    readonly limit: string;
    readonly note: string;
}

/** Peers lay out every node with a line from each leader to its replicas; where they take minutes they are not asked. */
const SIZES = [
    { nodes: 100, limit: '5 ms', peers: true },
    { nodes: 1_000, limit: '20 ms', peers: true },
    { nodes: 10_000, limit: '150 ms', peers: false },
] as const;
const RUNS = 15;

export async function bench(): Promise<Row[]> {
    const rows: Row[] = [];
    for (const { nodes, limit, peers } of SIZES) {
        const drawing = toDrawing(topologyOf(large(nodes)));
        const own = median(Array.from({ length: RUNS }, () => spent(() => layoutDrawing(drawing))));
        const others = peers ? await beside(drawing, own) : 'peers not asked: they take minutes';
        const what = `positions of ${nodes.toLocaleString('en')} nodes`;
        rows.push({ what, value: `${own.toFixed(1)} ms CPU`, limit, note: `median of ${RUNS}; ${others}` });
    }
    return rows;
}

async function beside(drawing: Drawing, own: number): Promise<string> {
    const elk = await elkWholeGraph(drawing);
    const dot = await graphvizWholeGraph(drawing);
    const told = (time: number): string => `${time.toFixed(0)} ms CPU (${(time / own).toFixed(0)} ×)`;
    return `elkjs layered, INCLUDE_CHILDREN, once: ${told(elk)}; graphviz dot, once: ${told(dot)}`;
}

/** CPU time in milliseconds, as of the peers: others may use the machine too. */
function spent(work: () => void): number {
    const before = cpuUsage();
    work();
    const { user, system } = cpuUsage(before);
    return (user + system) / 1_000;
}

function median(values: readonly number[]): number {
    return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

interface Line {
    readonly shard: string;
    readonly leader: string;
    readonly replica: string;
}

function linesOf(drawing: Drawing): readonly Line[] {
    const holders = new Map<string, string[]>();
    for (const node of nodesOf(drawing)) {
        for (const copy of node.copies) {
            const known = holders.get(copy.shard) ?? [];
            holders.set(copy.shard, copy.role === 'leader' ? [node.id, ...known] : [...known, node.id]);
        }
    }
    return [...holders].flatMap(([shard, [leader, ...replicas]]) =>
        leader === undefined ? [] : replicas.map((replica) => ({ shard, leader, replica })),
    );
}

function nodesOf(drawing: Drawing): readonly DrawnNode[] {
    return drawing.regions.flatMap((region) => region.zones.flatMap((zone) => zone.nodes));
}

/** As a graph with a cluster a zone, laid out by `dot` with orthogonal lines left out: they take it far longer. */
async function graphvizWholeGraph(drawing: Drawing): Promise<number> {
    const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
    const graphviz = await Graphviz.load();
    const zones = drawing.regions.flatMap((region) => region.zones);
    const clusters = zones.map(
        ({ nodes }, at) => `subgraph cluster_${at} { ${nodes.map(({ id }) => JSON.stringify(id)).join(' ')} }`,
    );
    const lines = linesOf(drawing).map(
        ({ leader, replica }) => `${JSON.stringify(leader)} -> ${JSON.stringify(replica)}`,
    );
    const graph = `digraph { node [shape=box width=1.9 height=0.9 fixedsize=true] ${clusters.join(' ')} ${lines.join(' ')} }`;
    return cpu(() => Promise.resolve(graphviz.layout(graph, 'plain', 'dot')));
}

async function elkWholeGraph(drawing: Drawing): Promise<number> {
    const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
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
        edges: linesOf(drawing).map(({ shard, leader, replica }) => ({
            id: `${shard} ${replica}`,
            sources: [leader],
            targets: [replica],
        })),
    };
    return cpu(() => new Elk().layout(graph));
}

async function cpu(work: () => Promise<unknown>): Promise<number> {
    const before = cpuUsage();
    await work();
    const { user, system } = cpuUsage(before);
    return (user + system) / 1_000;
}
