/** What of the steps that were clicked together still holds at an instant, beside what each node looks like. */
import type { LiveStep } from './actions.js';
import type { Moment } from './moment.js';
import type { NodeConnection } from './playback.js';

export interface Standing {
    /** Each as it was isolated: it ends when all of it is restored. */
    readonly islands: readonly Island[];
    /** Ids of the elements that were slowed down. */
    readonly slowed: ReadonlySet<string>;
    /** Ids of the links that were cut, and of nodes that are cut off from some. */
    readonly cut: ReadonlySet<string>;
}

interface Island {
    /** Id of the element that was isolated. */
    readonly element: string;
    /** Ids of its nodes. */
    readonly nodes: readonly string[];
}

/** Before anything was done. */
const WHOLE: Standing = { islands: [], slowed: new Set(), cut: new Set() };

/**
 * What a scenario has left standing that was not clicked together, as far as its nodes show it. `places`: ids of those that may
 * have been isolated as a whole.
 */
export function standingIn(
    { nodes }: Moment,
    places: readonly string[],
    nodesOf: (element: string) => readonly string[],
): Standing {
    const connected = (...kinds: readonly NodeConnection[]): readonly string[] =>
        [...nodes].flatMap(([id, { connection }]) => (kinds.includes(connection) ? [id] : []));
    const isolated = new Set(connected('isolated'));
    const whole = [...places, ...isolated]
        .map((element) => ({ element, nodes: nodesOf(element) }))
        .filter((island) => island.nodes.length > 0 && island.nodes.every((node) => isolated.has(node)));
    return { islands: whole, slowed: new Set(connected('slow')), cut: new Set(connected('cut')) };
}

/** `nodesOf`: ids of the nodes that an element stands for. Steps stand in order of time, behind what stood before them. */
export function standingAt(
    steps: readonly LiveStep[],
    atMs: number,
    nodesOf: (element: string) => readonly string[],
    before: Standing = WHOLE,
): Standing {
    let { islands } = before;
    const slowed = new Set(before.slowed);
    const cut = new Set(before.cut);
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
