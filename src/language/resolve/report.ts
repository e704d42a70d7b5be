import type { AstNode } from 'langium';
import type { Finding, Severity, SourceRange } from '../../topology/index.js';
import { sourceOf } from './source.js';

type Related = NonNullable<Finding['related']>;

/** Collects findings in the order in which they are made. */
export class Report {
    readonly findings: Finding[] = [];

    error(code: string, at: AstNode | SourceRange, message: string, help: string, related?: Related): void {
        this.add('error', code, at, message, help, related);
    }

    warning(code: string, at: AstNode | SourceRange, message: string, help: string, related?: Related): void {
        this.add('warning', code, at, message, help, related);
    }

    private add(
        severity: Severity,
        code: string,
        at: AstNode | SourceRange,
        message: string,
        help: string,
        related?: Related,
    ): void {
        const source = '$type' in at ? sourceOf(at) : at;
        this.findings.push({ code, severity, message, help, source, ...(related ? { related } : {}) });
    }
}
