import type { LangiumDocument } from 'langium';
import { CodeActionKind, type CodeAction, type Diagnostic, type Range, type TextEdit } from 'vscode-languageserver';
import type { Finding, Fix } from '../../../topology/index.js';
import type { DesignCheck, DocumentResult } from '../../document.js';
import { toDiagnostic } from '../diagnostics.js';
import type { EditorServices } from '../services.js';
import type { TextChange } from './change.js';
import { fixChange } from './edit.js';
import { mends } from './proven.js';
import { closingBraces } from './braces.js';
import { waiverAction, waiverChange } from './waiver.js';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.cluster`;

/** More findings than these in one place are not looked at. */
const MOST_FINDINGS = 20;

/** Ways out of the findings that touch a range, each tried before it is offered; last, to accept a finding about the design. */
export async function quickFixes(
    document: LangiumDocument,
    { findings }: DocumentResult,
    range: Range,
    shown: readonly Diagnostic[],
    services: EditorServices,
    design: DesignCheck,
): Promise<CodeAction[]> {
    const touched = findings.filter(({ source }) => touches(source, range)).slice(0, MOST_FINDINGS);
    const actions: CodeAction[] = [];
    const waivers: CodeAction[] = [];
    for (const finding of touched) {
        const diagnostic = diagnosticOf(finding, shown);
        actions.push(...(await actionsFor(finding, diagnostic, findings, document, services, design)));
        // What cannot be waived, such as an error of the text, is not less of one with a waiver.
        const waiver = isAccepted(finding) ? undefined : waiverChange(finding, document);
        if (waiver && (await mends(waiver, finding, findings, services, design))) {
            waivers.push(waiverAction(finding, waiver, diagnostic, services));
        }
    }
    return unique([...actions, ...waivers]);
}

/** Several findings may have one way out; it is offered once, for all of them. */
function unique(actions: readonly CodeAction[]): CodeAction[] {
    const known = new Map<string, CodeAction>();
    for (const action of actions) {
        const key = JSON.stringify([action.title, action.edit]);
        const first = known.get(key);
        known.set(
            key,
            first ? { ...first, diagnostics: [...(first.diagnostics ?? []), ...(action.diagnostics ?? [])] } : action,
        );
    }
    return [...known.values()];
}

/** What has been accepted, or is said for information, or is about the text itself. */
function isAccepted({ code, severity }: Finding): boolean {
    return severity === 'information' || code.startsWith('language/');
}

/** All changes of a document that leave its meaning beyond doubt, in one step. */
export function fixAll(
    document: LangiumDocument,
    { findings }: DocumentResult,
    services: EditorServices,
): CodeAction[] {
    const edits: TextEdit[] = [];
    for (const finding of findings) {
        const fix = fixesOf(finding, document, services).find(({ safe }) => safe === true);
        const change = fix && fixChange(fix, services);
        if (change?.document !== document || clashes(edits, change.edits)) continue;
        edits.push(...change.edits);
    }
    if (edits.length === 0) return [];
    return [{ title: 'Fix all', kind: FIX_ALL, edit: { changes: { [document.uri.toString()]: edits } } }];
}

async function actionsFor(
    finding: Finding,
    diagnostic: Diagnostic,
    findings: readonly Finding[],
    document: LangiumDocument,
    services: EditorServices,
    design: DesignCheck,
): Promise<CodeAction[]> {
    const actions: CodeAction[] = [];
    for (const fix of fixesOf(finding, document, services)) {
        const change = fixChange(fix, services);
        if (!change || !(await mends(change, finding, findings, services, design))) continue;
        actions.push({
            title: fix.title,
            kind: CodeActionKind.QuickFix,
            diagnostics: [diagnostic],
            ...(actions.length === 0 && fix.open !== true ? { isPreferred: true } : {}),
            edit: workspaceEdit(change),
        });
    }
    return actions;
}

function fixesOf(finding: Finding, document: LangiumDocument, services: EditorServices): readonly Fix[] {
    return [...(finding.fixes ?? []), ...closingBraces(finding, document, services)];
}

function workspaceEdit({ document, edits }: TextChange): NonNullable<CodeAction['edit']> {
    return { changes: { [document.uri.toString()]: [...edits] } };
}

/** The diagnostic as the editor knows it, so that it is seen to be mended. */
function diagnosticOf(finding: Finding, shown: readonly Diagnostic[]): Diagnostic {
    const own = toDiagnostic(finding);
    return shown.find(({ code, range }) => code === own.code && sameRange(range, own.range)) ?? own;
}

function sameRange(left: Range, right: Range): boolean {
    return compare(left.start, right.start) === 0 && compare(left.end, right.end) === 0;
}

/** Ranges that share a place, if only a border. */
function touches(left: Range, right: Range): boolean {
    return compare(left.start, right.end) <= 0 && compare(right.start, left.end) <= 0;
}

function clashes(edits: readonly TextEdit[], more: readonly TextEdit[]): boolean {
    return edits.some((edit) => more.some((other) => overlaps(edit.range, other.range)));
}

/** Ranges that cannot be changed in one step: they share text, or both insert in one place. */
function overlaps(left: Range, right: Range): boolean {
    return (
        compare(left.start, right.start) === 0 ||
        (compare(left.start, right.end) < 0 && compare(right.start, left.end) < 0)
    );
}

function compare(left: Range['start'], right: Range['start']): number {
    return left.line - right.line || left.character - right.character;
}
