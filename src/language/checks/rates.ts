import * as ast from '../generated/ast.js';
import type { Figures } from '../resolve/figures.js';
import type { Report } from '../resolve/report.js';
import { sourceOf, sourceOfProperty } from '../resolve/source.js';

/** Failure rates: two durations for each kind of part, each kind once. */
export function checkFailureRates(document: ast.Document, report: Report, figures: Figures): void {
    const top = document.declarations.filter(ast.isFailureRates);
    for (const second of top.slice(1)) {
        report.error(
            'language/duplicate',
            sourceOf(second),
            'A file has one list of failure rates.',
            'Join the two lists.',
        );
    }
    const inside = document.declarations.flatMap((declaration) => {
        if (!ast.isCluster(declaration)) return [];
        return declaration.items.flatMap((item) =>
            ast.isNodes(item) ? item.items.filter(ast.isFailureRates) : ast.isFailureRates(item) ? [item] : [],
        );
    });
    for (const { rates } of [...top, ...inside]) {
        const seen = new Set<string>();
        for (const rate of rates) {
            figures.duration(rate.every, sourceOfProperty(rate, 'every'));
            figures.duration(rate.repair, sourceOfProperty(rate, 'repair'));
            if (seen.has(rate.level)) {
                report.error(
                    'language/duplicate',
                    sourceOf(rate),
                    `The failures of a ${rate.level} are given twice.`,
                    'Remove one of them.',
                );
            }
            seen.add(rate.level);
        }
    }
}
