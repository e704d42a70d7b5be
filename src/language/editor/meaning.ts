import type { Objective, Topology } from '../../topology/index.js';

/**
 * All that a proof depends on, in a form that can be compared. Two texts with the same meaning have the same verdicts, wherever
 * they write things and whatever comments, titles and scenarios they add.
 */
export interface Meaning {
    readonly design: string;
    readonly promise: string;
}

/** Where something is written and how it is explained, as against what it is. */
const PRESENTATION = new Set(['source', 'keySource', 'engineSource', 'documentation', 'title']);

const designs = new WeakMap<Topology, string>();

export function meaningOf(topology: Topology, { targets, clauses }: Objective): Meaning {
    return { design: designOf(topology), promise: plain({ targets, clauses }) };
}

export function sameMeaning(left: Meaning, right: Meaning): boolean {
    return left.promise === right.promise && left.design === right.design;
}

/** Everything but the questions about it, worked out once for all of them. */
function designOf(topology: Topology): string {
    let design = designs.get(topology);
    if (design === undefined) {
        design = plain({ ...topology, objectives: undefined, scenarios: undefined });
        designs.set(topology, design);
    }
    return design;
}

function plain(value: unknown): string {
    return JSON.stringify(value, (key, part: unknown) => (PRESENTATION.has(key) ? undefined : part));
}
