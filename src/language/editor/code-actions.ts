import type { LangiumDocument } from 'langium';
import type { CodeActionProvider } from 'langium/lsp';
import {
    CodeActionKind,
    CodeActionTriggerKind,
    type CodeAction,
    type CodeActionParams,
    type Range,
} from 'vscode-languageserver';
import type { DesignCheck } from '../document.js';
import { FIX_ALL, fixAll, quickFixes } from './fixes/index.js';
import { refactorings } from './refactor/index.js';
import type { EditorServices } from './services.js';

/** What the light bulb offers: ways out of findings, other ways to write the same, and, when asked for, all safe fixes at once. */
export class ClusterCodeActions implements CodeActionProvider {
    constructor(
        private readonly services: EditorServices,
        private readonly design: DesignCheck,
    ) {}

    async getCodeActions(
        document: LangiumDocument,
        { range, context: { diagnostics, only, triggerKind } }: CodeActionParams,
    ): Promise<CodeAction[]> {
        const { services, design } = this;
        const result = services.editor.Results.of(document);
        if (!result) return [];
        const actions: CodeAction[] = [];
        if (isAsked(CodeActionKind.QuickFix, only)) {
            actions.push(...(await quickFixes(document, result, range, diagnostics, services, design)));
        }
        // A light bulb beside every line that could be written differently would say nothing.
        const isWanted = triggerKind !== CodeActionTriggerKind.Automatic || !isEmpty(range);
        if (isWanted && isAsked(CodeActionKind.Refactor, only)) {
            const offered = refactorings(document, range, services);
            actions.push(...offered.filter(({ kind }) => kind !== undefined && isAsked(kind, only)));
        }
        // An action of the source as a whole is no way out of one finding, so it is offered on request alone.
        if (only && isAsked(FIX_ALL, only)) actions.push(...fixAll(document, result, services));
        return actions;
    }
}

function isEmpty({ start, end }: Range): boolean {
    return start.line === end.line && start.character === end.character;
}

/** Whether an editor that asks for these kinds wants to hear of one: a kind holds those that continue its name. */
function isAsked(kind: string, only: readonly string[] | undefined): boolean {
    if (!only) return true;
    return only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`) || wanted.startsWith(`${kind}.`));
}
