import type { AstNode } from 'langium';
import type { GroupWord } from '../../engines/index.js';
import type { DisruptionBudget, ShardGroup } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { isDisruptionBudget, isProperty, isReplicas, isSpread } from '../generated/ast.js';
import { COUNT_OR_SHARE, countFrom, readProperties, type PropertyTable } from './properties.js';
import { placeOf } from './references.js';
import { removal } from './report.js';
import { sourceOf, sourceOfProperty } from './source.js';
import type { Resolution } from './state.js';

/** What a group's block says about all its shards. */
export interface GroupItems {
    /** How many shards; undefined where the block does not say. */
    readonly count?: number;
    /** As the system counts, in all places together. */
    readonly replicas?: number;
    /** What goes into the model as it is. */
    readonly properties: Partial<Pick<ShardGroup, 'perPlace' | 'spread' | 'required' | 'disruptionBudget'>>;
}

export const BUDGET_PROPERTIES: PropertyTable = { 'max-unavailable': COUNT_OR_SHARE, 'min-available': COUNT_OR_SHARE };

export function readGroup(statement: ast.ShardGroup, word: GroupWord, resolution: Resolution): GroupItems {
    const { report, figures } = resolution;
    const table: PropertyTable = {
        ...(word.countWord === undefined ? {} : { [word.countWord]: countFrom(1) }),
        ...(word.takes?.includes('required') ? { required: countFrom(1) } : {}),
    };
    const values = readProperties(statement.items.filter(isProperty), table, indefinite(word.word), report, figures);
    const count = word.countWord === undefined ? undefined : values.number(word.countWord);
    const required = values.number('required');
    const spread = statement.items.find(isSpread)?.over;
    const disruptionBudget = readBudget(statement.items.filter(isDisruptionBudget), word, resolution);
    return {
        ...(count === undefined ? {} : { count }),
        ...readReplicas(statement.items.filter(isReplicas), word, resolution, {
            ...(required === undefined ? {} : { required }),
            ...(spread === undefined ? {} : { spread }),
            ...(disruptionBudget === undefined ? {} : { disruptionBudget }),
        }),
    };
}

function readBudget(
    statements: readonly ast.DisruptionBudget[],
    word: GroupWord,
    resolution: Resolution,
): DisruptionBudget | undefined {
    const [statement, second] = statements;
    if (second) reportTwice(second, 'disruption-budget', resolution);
    if (!statement) return undefined;
    if (!word.takes?.includes('disruption-budget')) {
        resolution.report.error(
            'language/unknown-property',
            sourceOf(statement),
            `${indefinite(word.word)} has no disruption budget, so nothing would come of it.`,
            'Remove it.',
            undefined,
            removal(sourceOf(statement), 'Remove it'),
        );
        return undefined;
    }
    const { report, figures } = resolution;
    const values = readProperties(statement.properties, BUDGET_PROPERTIES, 'A disruption budget', report, figures);
    const [maxUnavailable, minAvailable] = [
        values.countOrShare('max-unavailable'),
        values.countOrShare('min-available'),
    ];
    return {
        ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
        ...(minAvailable === undefined ? {} : { minAvailable }),
        source: sourceOf(statement),
    };
}

function readReplicas(
    statements: readonly ast.Replicas[],
    word: GroupWord,
    resolution: Resolution,
    properties: GroupItems['properties'],
): Pick<GroupItems, 'replicas' | 'properties'> {
    const [statement, second] = statements;
    if (second) reportTwice(second, 'replicas', resolution);
    if (!statement) return { properties };
    const minimum = word.replicasCount === 'all' ? 1 : 0;
    if (statement.perPlace.length === 0) {
        const replicas = resolution.figures.count(statement.count, sourceOfProperty(statement, 'count'), minimum);
        return { ...(replicas === undefined ? {} : { replicas }), properties };
    }
    const perPlace = statement.perPlace.flatMap((part) => {
        const place = placeOf(part.place, resolution);
        const copies = resolution.figures.count(part.count, sourceOfProperty(part, 'count'), minimum);
        return place === undefined || copies === undefined ? [] : [{ place, copies }];
    });
    return {
        replicas: perPlace.reduce((sum, { copies }) => sum + copies, 0),
        properties: { ...properties, perPlace },
    };
}

function reportTwice(second: AstNode, keyword: string, resolution: Resolution): void {
    resolution.report.error(
        'language/duplicate',
        sourceOf(second),
        `'${keyword}' is said twice, so it is not clear which one counts.`,
        'Remove one of them.',
        undefined,
        removal(sourceOf(second)),
    );
}

/** The word of a group at the beginning of a sentence: `An index`, `A group of shards`. */
function indefinite(word: string): string {
    if (word.endsWith('s')) return `A group of ${word}`;
    return `${/^[aeiou]/.test(word) ? 'An' : 'A'} ${word}`;
}
