import { type FailureCount, type FailureLevel, type Objective, type ObjectiveClause } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import type { HalfTyped } from './half-typed.js';
import { operationOf, present, targetsOf } from './references.js';
import { removal } from './report.js';
import { documented, nameSource, sourceOf, sourceOfProperty, textOf } from './source.js';
import type { Resolution } from './state.js';

export function resolveObjective(declaration: ast.Objective, resolution: Resolution): Objective {
    checkRepeatedTargets(declaration, resolution);
    return {
        name: declaration.name,
        source: nameSource(declaration),
        ...documented(declaration),
        ...(declaration.title === undefined ? {} : { title: declaration.title }),
        targets: targetsOf(declaration.targets, resolution),
        clauses: present(declaration.clauses.map((clause) => resolveClause(clause, resolution))),
    };
}

function checkRepeatedTargets({ targets }: ast.Objective, { report }: Resolution): void {
    const first = new Map<string, ast.TargetRef>();
    for (const target of targets) {
        const known = first.get(textOf(target));
        if (!known) {
            first.set(textOf(target), target);
            continue;
        }
        report.warning(
            'language/duplicate',
            target,
            `'${textOf(target).slice(0, 60)}' is named twice, and once is enough.`,
            'Remove one of them.',
            [{ source: sourceOf(known), message: 'It is named here first.' }],
            removal(sourceOf(target)),
        );
    }
}

function resolveClause(clause: ast.Clause, resolution: Resolution): ObjectiveClause | undefined {
    const common = { text: textOf(clause), source: sourceOf(clause) };
    const { figures } = resolution;
    switch (clause.$type) {
        case 'Tolerate': {
            const shape = present(clause.shape.map((part) => failureCount(part, resolution)));
            if (shape.length < clause.shape.length) return undefined;
            const operation = clause.operation && { operation: operationOf(clause.operation) };
            return { ...common, kind: 'tolerate', shape, ...operation };
        }
        case 'RestoreWithin': {
            const limitMs = figures.duration(clause.limit, sourceOfProperty(clause, 'limit'));
            if (limitMs === undefined) return undefined;
            return { ...common, kind: 'restore', operation: operationOf(clause.operation), limitMs };
        }
        case 'LoseWrites': {
            const limitMs = clause.none ? 0 : figures.duration(clause.limit, sourceOfProperty(clause, 'limit'));
            return limitMs === undefined ? undefined : { ...common, kind: 'lose', limitMs };
        }
        case 'MinimumAvailability': {
            const minimum = figures.share(clause.minimum, sourceOfProperty(clause, 'minimum'));
            return minimum === undefined ? undefined : { ...common, kind: 'availability', minimum };
        }
        case 'MinimumDurability': {
            const minimum = figures.share(clause.minimum, sourceOfProperty(clause, 'minimum'));
            return minimum === undefined ? undefined : { ...common, kind: 'durability', minimum };
        }
        default:
            // Half typed, it is none of them yet; the parser says so.
            return undefined;
    }
}

const LEVELS: Readonly<Record<ast.FailureCount['level'], FailureLevel>> = {
    node: 'node',
    nodes: 'node',
    rack: 'rack',
    racks: 'rack',
    zone: 'zone',
    zones: 'zone',
    region: 'region',
    regions: 'region',
};

function failureCount(part: HalfTyped<ast.FailureCount>, resolution: Resolution): FailureCount | undefined {
    // Half typed, it says how many and not yet of what; the parser says so.
    if (part.count === undefined || part.level === undefined) return undefined;
    const count = resolution.figures.count(part.count, sourceOfProperty(part, 'count'), 1);
    return count === undefined ? undefined : { count, level: LEVELS[part.level] };
}
