import type { ClauseVerdict, Verdict } from '../../analysis/index.js';
import type { Clause, SourceRange, Topology } from '../../topology/index.js';

/** A verdict with the names of the places that it points at, since their lines move while the text is edited. */
export interface Placeable {
    readonly verdict: Verdict;
    /** For each clause: the elements whose failure breaks it. */
    readonly culprits: readonly (readonly Culprit[])[];
}

interface Culprit {
    readonly list: 'nodes' | 'zones' | 'regions';
    readonly name: string;
}

/** An objective as far as it is written in the present text. */
export interface WrittenObjective {
    readonly name: string;
    readonly title?: string;
    readonly source: SourceRange;
    readonly clauses?: readonly Clause[];
}

/** @param topology the one that the verdict is about */
export function placeable(verdict: Verdict, topology: Topology): Placeable {
    const culprits = verdict.clauses.map(({ counterexample }) =>
        (counterexample?.sources ?? []).flatMap((source) => culpritAt(source, topology)),
    );
    return { verdict, culprits };
}

/** The verdict at the places of another text. Clauses that are no longer there are left out. */
export function placed(
    { verdict, culprits }: Placeable,
    { name, title, source, clauses = [] }: WrittenObjective,
    topology: Topology,
): Verdict {
    const written = counterparts(verdict.clauses, clauses);
    const moved = verdict.clauses.flatMap((clause, index): ClauseVerdict[] => {
        const at = written[index]?.source;
        if (!at) return [];
        const { counterexample } = clause;
        if (!counterexample) return [{ ...clause, source: at }];
        const sources = (culprits[index] ?? []).map((culprit) => sourceOf(culprit, topology) ?? source);
        return [{ ...clause, source: at, counterexample: { ...counterexample, sources } }];
    });
    const { title: _, ...rest } = verdict;
    return { ...rest, name, ...(title === undefined ? {} : { title }), source, clauses: moved };
}

/** For each old clause the one that says the same now, or else the one that has taken its place. */
function counterparts(old: readonly Clause[], now: readonly Clause[]): (Clause | undefined)[] {
    const free = new Set(now);
    const take = (clause: Clause | undefined): Clause | undefined =>
        clause && free.delete(clause) ? clause : undefined;
    const same = old.map(({ text }) => take([...free].find((clause) => clause.text === text)));
    return same.map((clause, index) => clause ?? take(now[index]));
}

function culpritAt(source: SourceRange, { nodes, zones, regions }: Topology): Culprit[] {
    const at = ({ source: candidate }: { readonly source: SourceRange }): boolean => sameRange(candidate, source);
    const zone = zones.find(at);
    if (zone) return [{ list: 'zones', name: zone.qualifiedName }];
    const region = regions.find(at);
    if (region) return [{ list: 'regions', name: region.name }];
    const node = nodes.find(at);
    return node ? [{ list: 'nodes', name: node.qualifiedName }] : [];
}

function sourceOf({ list, name }: Culprit, topology: Topology): SourceRange | undefined {
    switch (list) {
        case 'nodes':
        case 'zones':
            return topology[list].find((element) => element.qualifiedName === name)?.source;
        case 'regions':
            return topology.regions.find((region) => region.name === name)?.source;
    }
}

function sameRange(left: SourceRange, right: SourceRange): boolean {
    return (
        left.uri === right.uri &&
        left.start.line === right.start.line &&
        left.start.character === right.start.character &&
        left.end.line === right.end.line &&
        left.end.character === right.end.character
    );
}
