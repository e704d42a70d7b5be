import type { AstNode } from 'langium';
import type { FailingPart, FailureRate, FailureRates } from '../../topology/index.js';
import { isFailureRates, type FailureRates as Statement } from '../generated/ast.js';
import { removal } from './report.js';
import { sourceOf, sourceOfProperty } from './source.js';
import type { Resolution } from './state.js';

/** The failure rates that a file, a cluster or a node gives, as an optional property. A second list is reported. */
export function failureRatesOf(
    items: readonly AstNode[],
    resolution: Resolution,
): { readonly failureRates?: FailureRates } {
    const [statement, second] = items.filter(isFailureRates);
    if (second) {
        resolution.report.error(
            'language/duplicate',
            sourceOf(second),
            'There is a list of failure rates here already, so it is not clear which one counts.',
            'Join the two lists.',
        );
    }
    return statement ? { failureRates: resolution.failureRates(statement, () => read(statement, resolution)) } : {};
}

function read({ rates }: Statement, { report, figures }: Resolution): FailureRates {
    const read: Partial<Record<FailingPart, FailureRate>> = {};
    for (const rate of rates) {
        const everyMs = figures.duration(rate.every, sourceOfProperty(rate, 'every'));
        const repairMs = figures.duration(rate.repair, sourceOfProperty(rate, 'repair'));
        if (read[rate.level] !== undefined) {
            report.error(
                'language/duplicate',
                sourceOf(rate),
                `The failures of a ${rate.level} are given twice.`,
                'Remove one of them.',
                undefined,
                removal(sourceOf(rate)),
            );
        } else if (everyMs !== undefined && repairMs !== undefined) {
            read[rate.level] = { everyMs, repairMs };
        }
    }
    return read;
}
