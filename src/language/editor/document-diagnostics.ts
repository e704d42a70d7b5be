import type { LangiumDocument } from 'langium';
import type { Diagnostic } from 'vscode-languageserver';
import { verdictFindings } from '../../analysis/index.js';
import type { Finding } from '../../topology/index.js';
import type { DocumentResult } from '../document.js';
import { toDiagnostic } from './diagnostics.js';
import type { EditorServices } from './services.js';

/**
 * All that is told about a document now, what runs of its scenarios showed included. What was found about an objective stays until the next verdict on it is in, so that
 * nothing flickers while somebody types. Ask for validated documents only, or while validating.
 */
export function diagnosticsOf(document: LangiumDocument, services: EditorServices): Diagnostic[] {
    const result = services.editor.Results.of(document);
    if (!result) return [];
    const played = services.editor.Runs.findings(document.uri.toString(), result.topology);
    return [...result.findings, ...objectiveFindings(document, result, services), ...played].map(toDiagnostic);
}

function objectiveFindings(
    document: LangiumDocument,
    { topology, broken }: DocumentResult,
    services: EditorServices,
): Finding[] {
    const { Verdicts } = services.editor;
    const uri = document.uri.toString();
    // Nothing is proved anew in a file that nobody looks at, so what was found before would stay for good.
    const isOpen = services.shared.workspace.TextDocuments.get(document.uri) !== undefined;
    const standing = topology.objectives.flatMap((objective) => {
        const now = Verdicts.standing(uri, topology, objective);
        const verdict = now.kind === 'proved' ? now.verdict : isOpen ? now.before : undefined;
        return verdict ? verdictFindings(verdict) : [];
    });
    if (!isOpen) return standing;
    const outdated = broken.flatMap((objective) => {
        const verdict = objective.kind === 'objective' ? Verdicts.before(uri, topology, objective) : undefined;
        return verdict ? verdictFindings(verdict).map(outdatedFinding) : [];
    });
    return [...standing, ...outdated];
}

function outdatedFinding(finding: Finding): Finding {
    const help = 'This was found before the text had its present errors; it is looked at again once they are mended.';
    return { ...finding, help };
}
