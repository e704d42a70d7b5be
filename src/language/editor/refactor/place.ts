import type { AstNode, LangiumDocument } from 'langium';
import type { CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { TextChanges } from '../naming/text-changes.js';
import type { EditorServices } from '../services.js';

/** Where a refactoring is asked for. */
export interface Place {
    readonly document: LangiumDocument;
    /** The innermost element under the cursor. */
    readonly node: AstNode;
    readonly services: EditorServices;
}

/** Offers nothing, or one or more ways to write the same differently. */
export type Refactoring = (place: Place) => CodeAction[];

/** Most statements that a refactoring writes. */
export const MOST_STATEMENTS = 200;

export function offered(title: string, kind: CodeActionKind, changes: TextChanges): CodeAction[] {
    return [{ title, kind, edit: { changes: changes.changes } }];
}

/** Shown in grey with the reason. */
export function withheld(title: string, kind: CodeActionKind, reason: string): CodeAction[] {
    return [{ title, kind, disabled: { reason } }];
}
