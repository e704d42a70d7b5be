import type { Objective, Scenario, Topology } from '../../topology/index.js';

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
const promises = new WeakMap<Objective, string>();

export function meaningOf(topology: Topology, objective: Objective): Meaning {
    return { design: once(designs, topology, designOf), promise: once(promises, objective, promiseOf) };
}

export function sameMeaning(left: Meaning, right: Meaning): boolean {
    return left.promise === right.promise && left.design === right.design;
}

/** All that a run of the scenario depends on, and what it is asked. */
export function scenarioMeaning(topology: Topology, scenario: Scenario): string {
    return `${once(designs, topology, designOf)}\n${plain(scenario)}`;
}

/** Everything but the questions about it. */
function designOf(topology: Topology): string {
    return plain({ ...topology, objectives: undefined, scenarios: undefined });
}

function promiseOf({ targets, clauses }: Objective): string {
    return plain({ targets, clauses });
}

function once<K extends object>(known: WeakMap<K, string>, key: K, work: (key: K) => string): string {
    let text = known.get(key);
    if (text === undefined) known.set(key, (text = work(key)));
    return text;
}

function plain(value: unknown): string {
    return JSON.stringify(value, (key, part: unknown) => (PRESENTATION.has(key) ? undefined : part));
}
