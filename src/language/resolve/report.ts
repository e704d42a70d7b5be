import type { AstNode } from 'langium';
import type { Finding, Fix, Severity, SourceRange } from '../../topology/index.js';
import { sourceOf } from './source.js';

type Related = NonNullable<Finding['related']>;

/** Collects findings in the order in which they are made. */
export class Report {
    readonly findings: Finding[] = [];

    error(
        code: string,
        at: AstNode | SourceRange,
        message: string,
        help: string,
        related?: Related,
        fixes?: readonly Fix[],
    ): void {
        this.add('error', code, at, message, help, related, fixes);
    }

    warning(
        code: string,
        at: AstNode | SourceRange,
        message: string,
        help: string,
        related?: Related,
        fixes?: readonly Fix[],
    ): void {
        this.add('warning', code, at, message, help, related, fixes);
    }

    /** What is worth knowing and needs no change. */
    information(code: string, at: AstNode | SourceRange, message: string, help: string, fixes?: readonly Fix[]): void {
        this.add('information', code, at, message, help, undefined, fixes);
    }

    private add(
        severity: Severity,
        code: string,
        at: AstNode | SourceRange,
        message: string,
        help: string,
        related?: Related,
        fixes?: readonly Fix[],
    ): void {
        const source = '$type' in at ? sourceOf(at) : at;
        this.findings.push({
            code,
            severity,
            message,
            help,
            source,
            ...(related ? { related } : {}),
            ...(fixes && fixes.length > 0 ? { fixes } : {}),
        });
    }
}

/** Writes the word that was likely meant. Nothing where none is alike. */
export function replacements(source: SourceRange, text: string | undefined): readonly Fix[] {
    return text === undefined ? [] : [{ kind: 'replace', title: `Change to ${shortened(text)}`, source, text }];
}

/** The question behind a slip; names may be of any length. */
export function meant(similar: string): string {
    return `Did you mean '${shortened(similar)}'?`;
}

function shortened(text: string): string {
    return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

const SHOWN_CHARACTERS = 40;

/** Takes one of two away. */
export function removal(statement: SourceRange, title = 'Remove this one'): readonly Fix[] {
    return [{ kind: 'remove-statement', title, source: statement }];
}
