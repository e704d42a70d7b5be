import type { Assumption, Fix, Need, Waiver } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { operationOf, targetOf } from './references.js';
import { sourceOf, sourceOfProperty } from './source.js';
import type { Resolution } from './state.js';

export function resolveNeeds(statement: ast.Needs, resolution: Resolution): Need[] {
    return statement.needs.flatMap((need) => {
        const target = targetOf(need.target, resolution);
        if (!target) return [];
        return [{ kind: statement.kind, operation: operationOf(need.operation), target, source: sourceOf(need) }];
    });
}

export function resolveAssumption(statement: ast.Assumption, resolution: Resolution): Assumption | undefined {
    const minimumMs = resolution.figures.duration(statement.minimum, sourceOfProperty(statement, 'minimum'));
    const maximumMs = resolution.figures.duration(statement.maximum, sourceOfProperty(statement, 'maximum'));
    if (minimumMs === undefined || maximumMs === undefined) return undefined;
    if (minimumMs > maximumMs) {
        resolution.report.error(
            'language/out-of-bounds',
            sourceOf(statement),
            `An assumption goes from the least to the most, and ${statement.minimum} is more than ${statement.maximum}.`,
            'Swap the two durations.',
            undefined,
            [swapped(statement)],
        );
        return undefined;
    }
    return { what: statement.what, minimumMs, maximumMs, source: sourceOf(statement) };
}

function swapped(statement: ast.Assumption): Fix {
    const { what, minimum, maximum } = statement;
    const text = `assume ${what} takes ${maximum} to ${minimum}`;
    return { kind: 'replace', title: 'Swap the two durations', source: sourceOf(statement), text };
}

export function resolveWaiver(statement: ast.Waiver, resolution: Resolution): Waiver {
    const { code, reason, day } = statement;
    if (day !== undefined && !isDay(day)) {
        resolution.report.error(
            'language/date',
            sourceOfProperty(statement, 'day'),
            `'${day.slice(0, 40)}' is no day, so it is not known when this waiver ends.`,
            'Write the day as "2027-03-31".',
        );
    }
    return { code, reason, ...(day !== undefined && isDay(day) ? { until: day } : {}), source: sourceOf(statement) };
}

function isDay(text: string): boolean {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
    const time = Date.parse(`${text}T00:00:00Z`);
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
