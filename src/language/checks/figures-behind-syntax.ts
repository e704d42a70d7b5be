import type { LangiumDocument } from 'langium';
import type { Finding, SourceRange } from '../../topology/index.js';

/**
 * A figure that goes on behind a syntax error, as `100 rps` and `1,000/s` do, is one mistake. Where the error has a fix for
 * the whole of it, nothing else is said; where it has none, no fix is left that would mend the first half alone.
 */
export function withoutHalfFigures(findings: readonly Finding[], document: LangiumDocument): readonly Finding[] {
    const uri = document.uri.toString();
    const errors = findings.filter(({ code, source }) => code === 'language/syntax' && source.uri === uri);
    if (errors.length === 0) return findings;
    return findings.flatMap((finding): readonly Finding[] => {
        if (finding.code !== 'language/unit' || finding.source.uri !== uri) return [finding];
        if (errors.some((error) => isMendedBy(finding, error))) return [];
        const { fixes, ...bare } = finding;
        return [fixes && errors.some((error) => isBehind(finding.source, error.source, document)) ? bare : finding];
    });
}

function isMendedBy({ source }: Finding, { fixes = [] }: Finding): boolean {
    return fixes.some((fix) => {
        if (fix.kind !== 'replace') return false;
        const isReached = isOrdered(fix.source.start, source.end) && isOrdered(source.start, fix.source.start);
        return isReached && isOrdered(source.end, fix.source.end);
    });
}

/** Whether only blanks of its line stand between a figure and what follows. */
function isBehind({ end }: SourceRange, { start }: SourceRange, { textDocument }: LangiumDocument): boolean {
    return (
        start.line === end.line &&
        isOrdered(end, start) &&
        textDocument.getText({ start: end, end: start }).trim() === ''
    );
}

function isOrdered(left: SourceRange['start'], right: SourceRange['start']): boolean {
    return left.line < right.line || (left.line === right.line && left.character <= right.character);
}
