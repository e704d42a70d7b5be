/** ELK's answers by what was asked, names left out: neither the same skeleton nor a renamed one is laid out again. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { LayoutWorker } from './layout-worker.js';

interface Answer {
    readonly key: string;
    readonly graph: ElkNode;
}

export class LayoutMemory {
    #last: Answer | undefined;

    constructor(private readonly worker: LayoutWorker) {}

    /** The answer if it is known. */
    recall(graph: ElkNode): ElkNode | undefined {
        const { plain, names } = unnamed(graph);
        return this.#last?.key === JSON.stringify(plain) ? named(this.#last.graph, names) : undefined;
    }

    /** As the worker's `layout`. */
    async layout(graph: ElkNode): Promise<ElkNode | undefined> {
        const { plain, names } = unnamed(graph);
        const key = JSON.stringify(plain);
        const answer = await this.worker.layout(plain);
        if (answer !== undefined) {
            this.#last = { key, graph: answer };
        }
        return answer === undefined ? undefined : named(answer, names);
    }
}

/** The graph with numbers in place of ids, in the order of their first appearance; words count only by their size. */
function unnamed(graph: ElkNode): { readonly plain: ElkNode; readonly names: readonly string[] } {
    const numbers = new Map<string, string>();
    const number = (id: string): string => {
        const known = numbers.get(id) ?? String(numbers.size);
        numbers.set(id, known);
        return known;
    };
    // ELK gives words without a letter no place.
    const plain = renamed(graph, number, '·');
    return { plain, names: [...numbers.keys()] };
}

function named(graph: ElkNode, names: readonly string[]): ElkNode {
    return renamed(graph, (id) => names[Number(id)] ?? id);
}

function renamed(node: ElkNode, name: (id: string) => string, words?: string): ElkNode {
    const ends = (ids: readonly string[]): string[] => ids.map(name);
    return {
        ...node,
        id: name(node.id),
        ...(node.ports && { ports: node.ports.map((port) => ({ ...port, id: name(port.id) })) }),
        ...(node.children && { children: node.children.map((child) => renamed(child, name, words)) }),
        ...(node.edges && {
            edges: node.edges.map((edge) => ({
                ...edge,
                id: name(edge.id),
                sources: ends(edge.sources),
                targets: ends(edge.targets),
                ...(edge.labels && {
                    labels: edge.labels.map((label) => ({ ...label, text: words ?? label.text ?? '' })),
                }),
            })),
        }),
    };
}
