import { counted, listed, type Finding, type Severity } from '../../topology/index.js';
import { placeOf, type Sources } from '../input/sources.js';
import { proseOf, styled, type Line, type Span, type Style } from '../output/page.js';
import { excerpt } from './excerpt.js';

const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', information: 'cyan' };

/** One finding: where, what kind, the source line with the place underlined, what is wrong and what to do. */
export function findingLines(finding: Finding, sources: Sources): Line[] {
    const style = SEVERITY_STYLE[finding.severity];
    return [
        [position(finding, sources), ' ', styled(style, finding.severity), ' ', styled('dim', finding.code)],
        ...excerpt(finding.source, sources, style),
        ...proseOf(finding.message, 2),
        ...(finding.help === '' ? [] : proseOf(`help: ${finding.help}`, 2)),
        ...(finding.related ?? []).flatMap((related) => {
            const place = placeOf(related.source, sources);
            return proseOf(`see ${place.file}:${place.line}:${place.column}: ${related.message}`, 2);
        }),
        [],
    ];
}

/** `2 errors and 1 warning in 3 files.` */
export function findingsSummary(findings: readonly Finding[], files: number): Line {
    const counts = (['error', 'warning', 'information'] as const).flatMap((severity) => {
        const count = findings.filter((finding) => finding.severity === severity).length;
        return count === 0 ? [] : [counted(count, ...NOUN[severity])];
    });
    const found = counts.length === 0 ? 'No findings' : listed(counts);
    return [`${found} in ${counted(files, 'file')}.`];
}

const NOUN: Readonly<Record<Severity, [string, string]>> = {
    error: ['error', 'errors'],
    warning: ['warning', 'warnings'],
    information: ['note', 'notes'],
};

function position(finding: Finding, sources: Sources): Span {
    const place = placeOf(finding.source, sources);
    return styled('bold', `${place.file}:${place.line}:${place.column}:`);
}
