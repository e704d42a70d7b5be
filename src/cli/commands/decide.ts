import type { Verdict } from '../../analysis/index.js';
import type { Objective, Scenario } from '../../topology/index.js';
import type { Document } from '../rooms.js';
import type { Session } from '../session.js';

/** A scenario to run or an objective to decide. */
export type Item = { readonly document: Document } & (
    | { readonly kind: 'scenario'; readonly declared: Scenario }
    | { readonly kind: 'objective'; readonly declared: Objective }
);

/** The scenarios and objectives of a document in the order of its text; none of one that is not understood. */
export function itemsOf(document: Document): Item[] {
    const { scenarios } = document.topology;
    const items: Item[] = document.broken
        ? []
        : scenarios.map((declared): Item => ({ kind: 'scenario', declared, document }));
    return [...objectivesOf(document), ...items].sort(
        (a, b) => a.declared.source.start.line - b.declared.source.start.line,
    );
}

/** The objectives of a document; none of one that is not understood. */
export function objectivesOf(document: Document): Item[] {
    const { objectives } = document.topology;
    return document.broken ? [] : objectives.map((declared): Item => ({ kind: 'objective', declared, document }));
}

/** Verdicts in the order of the items, with a word about the progress on a terminal. */
export async function decide(items: readonly Item[], { rooms, console }: Session): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    if (items.length === 0) {
        return verdicts;
    }
    const analysis = await rooms.analysis();
    for (const item of items) {
        console.progress(`${verdicts.length + 1} of ${items.length}: ${item.declared.name}`);
        const { topology } = item.document;
        verdicts.push(
            item.kind === 'scenario'
                ? (await analysis.run(topology, item.declared, item.declared.seed)).verdict
                : await analysis.prove(topology, item.declared),
        );
    }
    console.progress(null);
    return verdicts;
}
