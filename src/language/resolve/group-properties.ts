import type { GroupWord } from '../../engines/index.js';
import type * as ast from '../generated/ast.js';
import { isDisruptionBudget, isProperty, isReplicas, isSpread } from '../generated/ast.js';
import { countFrom, readProperties, type PropertyTable } from './properties.js';
import { sourceOf, sourceOfProperty } from './source.js';
import type { Resolution } from './state.js';

/** What a group's block says about all its shards. */
export interface GroupItems {
    /** How many shards; undefined where the block does not say. */
    readonly count?: number;
    /** As the system counts, in all places together. */
    readonly replicas?: number;
    readonly spread?: 'zone' | 'node' | 'none';
}

const BUDGET: PropertyTable = { 'max-unavailable': countFrom(0), 'min-available': countFrom(0) };

export function readGroup(statement: ast.ShardGroup, word: GroupWord, resolution: Resolution): GroupItems {
    const { report, figures } = resolution;
    const table: PropertyTable = {
        ...(word.countWord === undefined ? {} : { [word.countWord]: countFrom(1) }),
        required: countFrom(1),
    };
    const values = readProperties(statement.items.filter(isProperty), table, `A ${word.word}`, report, figures);
    for (const budget of statement.items.filter(isDisruptionBudget)) {
        readProperties(budget.properties, BUDGET, 'A disruption budget', report, figures);
    }
    const count = word.countWord === undefined ? undefined : values.number(word.countWord);
    const replicas = readReplicas(statement.items.filter(isReplicas), word, resolution);
    const spread = statement.items.find(isSpread)?.over;
    return {
        ...(count === undefined ? {} : { count }),
        ...(replicas === undefined ? {} : { replicas }),
        ...(spread === undefined ? {} : { spread }),
    };
}

/** Copies in all that each shard of the group has. */
export function copiesWanted({ replicas }: GroupItems, word: GroupWord): number {
    return (replicas ?? word.defaultReplicas) + (word.replicasCount === 'beside-primary' ? 1 : 0);
}

function readReplicas(
    statements: readonly ast.Replicas[],
    word: GroupWord,
    resolution: Resolution,
): number | undefined {
    const [statement, second] = statements;
    if (second) {
        resolution.report.error(
            'language/duplicate',
            sourceOf(second),
            "'replicas' is said twice, so it is not clear which one counts.",
            'Remove one of them.',
        );
    }
    if (!statement) return undefined;
    const minimum = word.replicasCount === 'all' ? 1 : 0;
    if (statement.perPlace.length === 0) {
        return resolution.figures.count(statement.count, sourceOfProperty(statement, 'count'), minimum);
    }
    return statement.perPlace
        .map((part) => resolution.figures.count(part.count, sourceOfProperty(part, 'count'), minimum) ?? 0)
        .reduce((sum, count) => sum + count, 0);
}
