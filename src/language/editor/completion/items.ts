import {
    CompletionItemKind,
    type CompletionList,
    InsertTextFormat,
    MarkupKind,
    type CompletionItem,
    type InsertReplaceEdit,
    type TextEdit,
} from 'vscode-languageserver';
import type { FuzzyMatcher } from 'langium/lsp';
import type { CompletionRequest, Proposal } from './request.js';

/** What the editor has said that it can do. */
export interface CompletionAbilities {
    readonly snippets: boolean;
    readonly insertReplace: boolean;
    readonly labelDetails: boolean;
}

/** Most items of one answer. Beyond it the editor asks again with every letter. */
const MOST_ITEMS = 300;

/** Proposals that one answer looks at, however few of them fit: ranges may declare millions of names. */
const MOST_LOOKED_AT = 100_000;

/** Proposals as an editor wants them, the best first: those that fit what is typed. */
export function completionList(
    proposals: Iterable<Proposal>,
    request: CompletionRequest,
    matcher: FuzzyMatcher,
    client: CompletionAbilities,
): CompletionList {
    const { typed } = request.cursor;
    const query = typed.replace(/^"/, '');
    const fitting = new Map<string, Proposal>();
    let isIncomplete = false;
    let lookedAt = 0;
    for (const proposal of proposals) {
        if (++lookedAt > MOST_LOOKED_AT) {
            isIncomplete = true;
            break;
        }
        const key = `${String(proposal.kind)} ${proposal.label}`;
        if (fitting.has(key) || (proposal.kind === CompletionItemKind.Snippet && !client.snippets)) continue;
        if (!matcher.match(query, proposal.label)) continue;
        if (fitting.size >= MOST_ITEMS) {
            isIncomplete = true;
            break;
        }
        fitting.set(key, proposal);
    }
    const begins = ({ label }: Proposal): number => (label.toLowerCase().startsWith(query.toLowerCase()) ? 0 : 1);
    const ranked = [...fitting.values()].toSorted(
        (left, right) => begins(left) - begins(right) || left.rank - right.rank,
    );
    return { isIncomplete, items: ranked.map((proposal, index) => item(proposal, index, request, client)) };
}

function item(
    proposal: Proposal,
    index: number,
    request: CompletionRequest,
    client: CompletionAbilities,
): CompletionItem {
    const { label, kind, documentation } = proposal;
    const snippet = proposal.snippet === true && client.snippets;
    const insert = proposal.snippet === true && !client.snippets ? label : (proposal.insert ?? label);
    const { quoted } = request.cursor;
    // An open quotation mark belongs to what is replaced, so what is inserted brings its own.
    const newText = quoted && !insert.startsWith('"') && !snippet ? `"${insert}"` : insert;
    return {
        label,
        kind,
        sortText: String(index).padStart(4, '0'),
        ...(quoted ? { filterText: newText } : {}),
        ...detailOf(proposal, client),
        ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
        insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
        textEdit: edit(newText, request, client.insertReplace),
        ...(kind === CompletionItemKind.Folder
            ? { command: { command: 'editor.action.triggerSuggest', title: 'Continue' } }
            : {}),
    };
}

/** Beside every label of the list where the editor can show it there, otherwise beside the chosen one alone. */
function detailOf(
    { detail }: Proposal,
    { labelDetails }: CompletionAbilities,
): Pick<CompletionItem, 'detail' | 'labelDetails'> {
    if (detail === undefined) return {};
    return labelDetails ? { labelDetails: { description: detail } } : { detail };
}

function edit(
    newText: string,
    { document, cursor }: CompletionRequest,
    insertReplace: boolean,
): TextEdit | InsertReplaceEdit {
    const at = (offset: number): ReturnType<typeof document.textDocument.positionAt> =>
        document.textDocument.positionAt(offset);
    const [start, here, end] = [at(cursor.start), at(cursor.offset), at(cursor.end)];
    // The closing mark of a text is replaced in any case: two of them would be wrong.
    if (cursor.quoted) return { newText, range: { start, end } };
    return insertReplace
        ? { newText, insert: { start, end: here }, replace: { start, end } }
        : { newText, range: { start, end: here } };
}
