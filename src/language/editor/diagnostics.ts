import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { Finding, Severity } from '../../topology/index.js';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
    error: DiagnosticSeverity.Error,
    warning: DiagnosticSeverity.Warning,
    information: DiagnosticSeverity.Information,
};

const DIAGNOSTIC_SOURCE = 'faultline';

/** A finding as an editor shows it. What to do follows what is wrong. */
export function toDiagnostic({ code, severity, message, help, source, related }: Finding): Diagnostic {
    return {
        source: DIAGNOSTIC_SOURCE,
        code,
        severity: SEVERITIES[severity],
        message: help ? `${message}\n${help}` : message,
        range: { start: source.start, end: source.end },
        ...(related
            ? {
                  relatedInformation: related.map((each) => ({
                      location: { uri: each.source.uri, range: { start: each.source.start, end: each.source.end } },
                      message: each.message,
                  })),
              }
            : {}),
    };
}
