import type { Finding, Severity } from '../../topology/index.js';
import { placeOf, type Place, type Sources } from '../input/sources.js';

/** What `check --format json` prints. Keys are added, never renamed. Lines and columns are counted from 1. */
export interface CheckReport {
    readonly version: 1;
    readonly diagnostics: readonly Diagnostic[];
}

interface Diagnostic extends Place {
    readonly severity: Severity;
    readonly code: string;
    readonly message: string;
    readonly help: string;
    readonly related: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

export function checkJson(findings: readonly Finding[], sources: Sources): CheckReport {
    return { version: 1, diagnostics: findings.map((finding) => diagnostic(finding, sources)) };
}

function diagnostic(finding: Finding, sources: Sources): Diagnostic {
    return {
        ...placeOf(finding.source, sources),
        severity: finding.severity,
        code: finding.code,
        message: finding.message,
        help: finding.help,
        related: (finding.related ?? []).map((related) => {
            const { file, line } = placeOf(related.source, sources);
            return { file, line, message: related.message };
        }),
    };
}
