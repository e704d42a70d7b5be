import type { Verdict } from '../../analysis/index.js';
import type { BrokenDeclaration } from '../../language/index.js';
import { assertNever, type Objective, type Scenario, type Topology } from '../../topology/index.js';
import type { Analysis, Document } from '../rooms.js';
import type { Session } from '../session.js';

/** A scenario to run, an objective to decide, or one of both that cannot be, because it is not understood. */
export type Item =
    | { readonly kind: 'scenario'; readonly topology: Topology; readonly declared: Scenario }
    | { readonly kind: 'objective'; readonly topology: Topology; readonly declared: Objective }
    | { readonly kind: 'broken'; readonly declared: BrokenDeclaration };

/** The scenarios and objectives of a document in the order of its text, with those that cannot be run. */
export function itemsOf({ topology, broken }: Document): Item[] {
    const items: Item[] = [
        ...topology.objectives.map((declared): Item => ({ kind: 'objective', declared, topology })),
        ...topology.scenarios.map((declared): Item => ({ kind: 'scenario', declared, topology })),
        ...broken.map((declared): Item => ({ kind: 'broken', declared })),
    ];
    return items.sort((a, b) => a.declared.source.start.line - b.declared.source.start.line);
}

/** The objectives among {@link itemsOf}. */
export function objectivesOf(document: Document): Item[] {
    return itemsOf(document).filter(
        (item) => item.kind === 'objective' || (item.kind === 'broken' && item.declared.kind === 'objective'),
    );
}

/** Verdicts in the order of the items, with a word about the progress on a terminal. */
export async function decide(
    items: readonly Item[],
    { rooms, console }: Session,
    /** Time for each objective, in ms. */
    timeoutMs?: number,
): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    if (items.length === 0) {
        return verdicts;
    }
    const analysis = await rooms.analysis();
    for (const item of items) {
        console.progress(`${verdicts.length + 1} of ${items.length}: ${item.declared.name}`);
        verdicts.push(await verdictOf(item, analysis, timeoutMs));
    }
    console.progress(null);
    return verdicts;
}

function verdictOf(item: Item, analysis: Analysis, timeoutMs: number | undefined): Promise<Verdict> {
    switch (item.kind) {
        case 'scenario':
            return analysis.run(item.topology, item.declared, item.declared.seed).then((result) => result.verdict);
        case 'objective':
            return analysis.prove(item.topology, item.declared, timeoutMs);
        case 'broken':
            return Promise.resolve(brokenVerdict(item.declared));
        default:
            return assertNever(item);
    }
}

function brokenVerdict({ kind, name, title, source, message }: BrokenDeclaration): Verdict {
    return { kind, name, title, source, status: 'error', clauses: [], notes: [message], elapsedMs: 0 };
}
