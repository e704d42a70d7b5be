/** What of the steps that were clicked together still holds at an instant, beside what each node looks like. */
import type { LiveStep } from './actions.js';

export interface Standing {
    /** Each as it was isolated: it ends when all of it is restored. */
    readonly islands: readonly Island[];
    /** Ids of the elements that were slowed down. */
    readonly slowed: ReadonlySet<string>;
    /** Ids of the links that were cut. */
    readonly cut: ReadonlySet<string>;
}

interface Island {
    /** Id of the element that was isolated. */
    readonly element: string;
    /** Ids of its nodes. */
    readonly nodes: readonly string[];
}

/** `nodesOf`: ids of the nodes that an element stands for. Steps stand in order of time. */
export function standingAt(
    steps: readonly LiveStep[],
    atMs: number,
    nodesOf: (element: string) => readonly string[],
): Standing {
    let islands: readonly Island[] = [];
    const slowed = new Set<string>();
    const cut = new Set<string>();
    for (const { action, element } of steps.filter((step) => step.atMs <= atMs)) {
        if (element === null) {
            slowed.clear();
            cut.clear();
        } else if (action === 'isolate') {
            islands = [...islands, { element, nodes: nodesOf(element) }];
        } else if (action === 'restore') {
            const back = new Set(nodesOf(element));
            islands = islands.filter(({ nodes }) => !nodes.every((node) => back.has(node)));
        } else if (action === 'slow') {
            slowed.add(element);
        } else if (action === 'cut') {
            cut.add(element);
        }
    }
    return { islands, slowed, cut };
}

/** A link between two places is cut both ways, and so is the one that leads back. */
export function isCut({ cut }: Standing, link: string): boolean {
    return cut.has(link) || cut.has(link.replace(/^link:replication:([^>]+)>([^>]+)$/, 'link:replication:$2>$1'));
}
