import { AstUtils, type AstNode, type Reference } from 'langium';
import type { Clause, Finding, Objective, Position, Scenario, SourceRange, Topology } from '../../topology/index.js';
import * as ast from '../generated/ast.js';
import { nameSource, sourceOf, uriOf } from './source.js';
import type { HalfTyped } from './half-typed.js';

/** An objective or a scenario that cannot be run, because something in it or beneath it is not understood, or is refused. */
export interface BrokenDeclaration {
    readonly kind: 'objective' | 'scenario';
    readonly name: string;
    readonly title?: string;
    readonly source: SourceRange;
    /** Why, as a sentence. */
    readonly message: string;
    /** The clauses of an objective that are understood; none for a scenario. */
    readonly clauses?: readonly Clause[];
}

/**
 * Takes out of a topology what must not be run. A half-understood scenario would give an answer about another system than
 * the one in the file, and one about a design that the system refuses would be about none: errors inside of it count, and
 * errors in everything that it may rest on. What is waived is no error.
 */
export function separateBroken(
    topology: Topology,
    findings: readonly Finding[],
    documents: readonly ast.Document[],
): { readonly topology: Topology; readonly broken: readonly BrokenDeclaration[] } {
    const errors = findings.filter(({ severity, runs }) => severity === 'error' && runs !== true);
    const [own] = documents;
    if (!own) return { topology, broken: [] };
    const foundation = errors.filter((error) => !liesInQuestion(error, documents));
    const broken: BrokenDeclaration[] = [];
    const keep = (
        declaration: ast.Objective | ast.Scenario,
        complete: boolean,
        clauses: readonly Clause[] = [],
    ): boolean => {
        const inside = errors.find((error) => encloses(sourceOf(declaration), error.source));
        const cause = inside ?? beneath(declaration, foundation, documents);
        if (cause || !complete) broken.push({ ...brokenBy(cause, declaration), clauses });
        return !cause && complete;
    };
    const objectives = own.declarations
        .filter(ast.isObjective)
        .map((each, index) =>
            keep(each, isWhole(each, topology.objectives[index]), topology.objectives[index]?.clauses),
        );
    const scenarios = own.declarations
        .filter(ast.isScenario)
        .map((each, index) => keep(each, isPlayable(each, topology.scenarios[index])));
    return {
        topology: {
            ...topology,
            objectives: topology.objectives.filter((_, index) => objectives[index]),
            scenarios: topology.scenarios.filter((_, index) => scenarios[index]),
        },
        broken,
    };
}

/**
 * What is objected to in designs, without those of clusters in which something is not understood: a group that is misspelt is
 * not a group that is missing.
 */
export function aboutUnderstood(
    design: readonly Finding[],
    findings: readonly Finding[],
    documents: readonly ast.Document[],
): readonly Finding[] {
    const errors = findings.filter(({ code, severity }) => severity === 'error' && code.startsWith('language/'));
    if (errors.length === 0) return design;
    const unclear = documents
        .flatMap(({ declarations }) => declarations.filter(ast.isCluster).map(sourceOf))
        .filter((cluster) => errors.some(({ source }) => encloses(cluster, source)));
    return design.filter(({ source }) => !unclear.some((cluster) => encloses(cluster, source)));
}

/** Whether every target and every clause has arrived in the model. */
function isWhole(declaration: ast.Objective, objective: Objective | undefined): boolean {
    return (
        objective?.targets.length === declaration.targets.length &&
        objective.clauses.length === declaration.clauses.length
    );
}

/** Whether every step and every expectation has arrived in the model. */
function isPlayable(declaration: ast.Scenario, scenario: Scenario | undefined): boolean {
    const steps = new Set(scenario?.steps.map((step) => step.source)).size;
    return (
        steps === declaration.items.filter(ast.isStep).length &&
        scenario?.expectations.length === declaration.items.filter(ast.isExpectation).length
    );
}

/** Whether an error lies inside an objective or a scenario, so that it concerns this one alone. */
export function liesInQuestion(error: Finding, documents: readonly ast.Document[]): boolean {
    return documents.some((document) =>
        document.declarations.some(
            (declaration) =>
                (ast.isObjective(declaration) || ast.isScenario(declaration)) &&
                encloses(sourceOf(declaration), error.source),
        ),
    );
}

/** The first error that the declaration may rest on. A cluster that it has nothing to do with does not count. */
function beneath(
    declaration: AstNode,
    errors: readonly Finding[],
    documents: readonly ast.Document[],
): Finding | undefined {
    if (errors.length === 0) return undefined;
    const needed = neededClusters(declaration);
    // A failure of a place strikes whatever stands there, and a report about it tells of everything.
    if (needed.size === 0) return errors[0];
    return errors.find((error) => {
        const concerned = concernedBy(error, documents);
        return concerned.size === 0 || [...concerned].some((cluster) => needed.has(cluster));
    });
}

/** The cluster that an error stands in, or those that the clients ask that it stands in; none where it may concern all. */
function concernedBy(error: Finding, documents: readonly ast.Document[]): ReadonlySet<ast.Cluster> {
    const around = documents
        .flatMap(({ declarations }) => declarations)
        .find((each) => encloses(sourceOf(each), error.source));
    if (around && ast.isCluster(around)) return new Set([around]);
    return around && ast.isTarget(around) ? neededClusters(around) : new Set();
}

/** Clusters that a declaration names, and those that these need in turn. */
function neededClusters(declaration: AstNode): ReadonlySet<ast.Cluster> {
    const met = new Set<AstNode>();
    const pending: AstNode[] = [declaration];
    for (let node = pending.pop(); node; node = pending.pop()) {
        for (const child of AstUtils.streamAst(node)) {
            const target = namedTarget(child);
            if (!target || met.has(target)) continue;
            met.add(target);
            pending.push(target);
        }
    }
    return new Set([...met].filter(ast.isCluster));
}

/** The cluster, or the workload or the address and so what it asks or leads to, that a part of a declaration names. */
function namedTarget(node: AstNode): ast.Target | undefined {
    const target = ast.isNodeRef(node) ? node.node?.ref?.$container : referenceIn(node)?.ref;
    return target && ast.isTarget(target) ? target : undefined;
}

function referenceIn(node: AstNode): Reference | undefined {
    if (ast.isTargetRef(node)) return (node as HalfTyped<ast.TargetRef>).cluster;
    if (ast.isExpectAvailability(node)) return (node as HalfTyped<ast.ExpectAvailability>).workload;
    if (ast.isRoll(node) || ast.isPromote(node) || ast.isSwitchover(node)) {
        return (node as HalfTyped<ast.Promote>).cluster;
    }
    return undefined;
}

function brokenBy(
    cause: Finding | undefined,
    declaration: ast.Objective | ast.Scenario,
): Omit<BrokenDeclaration, 'clauses'> {
    const message = cause
        ? `It cannot be run while there is an error in ${placeOf(cause.source, declaration)}: ${cause.message}`
        : 'It cannot be run, because a part of it is not understood.';
    return {
        kind: ast.isObjective(declaration) ? 'objective' : 'scenario',
        name: (declaration as HalfTyped<ast.Scenario>).name ?? '(no name)',
        ...(declaration.title === undefined ? {} : { title: declaration.title }),
        source: nameSource(declaration),
        message,
    };
}

/** `line 12`, and of which file if it is not the reader's own. */
function placeOf({ uri, start }: SourceRange, reader: AstNode): string {
    const line = `line ${String(start.line + 1)}`;
    return uri === uriOf(reader) ? line : `${line} of ${uri.slice(uri.lastIndexOf('/') + 1)}`;
}

export function encloses(outer: SourceRange, inner: SourceRange): boolean {
    return outer.uri === inner.uri && !before(inner.start, outer.start) && !before(outer.end, inner.start);
}

function before(left: Position, right: Position): boolean {
    return left.line < right.line || (left.line === right.line && left.character < right.character);
}
