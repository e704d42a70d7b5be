import type { LangiumDocument } from 'langium';
import type { SemanticTokenProvider } from 'langium/lsp';
import type {
    CancellationToken,
    SemanticTokens,
    SemanticTokensDelta,
    SemanticTokensDeltaParams,
    SemanticTokensOptions,
    SemanticTokensParams,
    SemanticTokensRangeParams,
} from 'vscode-languageserver';
import type { EditorServices } from './services.js';
import { MODIFIERS, tokensOf, TYPES, type MeantToken } from './token-meanings.js';

/** Tells the editor what each word is: the grammar alone cannot know that `s-1` is a shard and `web` a workload. */
export class ClusterSemanticTokens implements SemanticTokenProvider {
    readonly tokenTypes = indexed(TYPES);
    readonly tokenModifiers = Object.fromEntries(MODIFIERS.map((modifier, index) => [modifier, 1 << index]));
    readonly semanticTokensOptions: SemanticTokensOptions = {
        legend: { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] },
        full: { delta: true },
        range: true,
    };
    /** The last answer for each open document, from which the next one may tell the difference. */
    private readonly answers = new Map<string, { readonly id: string; readonly data: number[] }>();
    private count = 0;

    constructor(private readonly services: EditorServices) {
        services.shared.workspace.TextDocuments.onDidClose(({ document }) => this.answers.delete(document.uri));
    }

    semanticHighlight(
        document: LangiumDocument,
        _params: SemanticTokensParams,
        _token?: CancellationToken,
    ): SemanticTokens {
        return this.answer(document, encoded(tokensOf(document, this.services)));
    }

    semanticHighlightRange(document: LangiumDocument, { range }: SemanticTokensRangeParams): SemanticTokens {
        return { data: encoded(tokensOf(document, this.services, range)) };
    }

    semanticHighlightDelta(
        document: LangiumDocument,
        { previousResultId }: SemanticTokensDeltaParams,
    ): SemanticTokens | SemanticTokensDelta {
        const before = this.answers.get(document.uri.toString());
        const answer = this.answer(document, encoded(tokensOf(document, this.services)));
        if (before?.id !== previousResultId) return answer;
        return { resultId: answer.resultId, edits: difference(before.data, answer.data) };
    }

    private answer(document: LangiumDocument, data: number[]): SemanticTokens & { readonly resultId: string } {
        const id = String(++this.count);
        this.answers.set(document.uri.toString(), { id, data });
        return { resultId: id, data };
    }
}

/** Five figures for each token, as the protocol wants them: place beside the token before, length, type, modifiers. */
function encoded(tokens: readonly MeantToken[]): number[] {
    let [line, character] = [0, 0];
    return tokens.flatMap((token) => {
        const isSameLine = token.line === line;
        const place = [token.line - line, token.character - (isSameLine ? character : 0)];
        [line, character] = [token.line, token.character];
        const modifiers = token.modifiers.reduce((all, modifier) => all | (1 << MODIFIERS.indexOf(modifier)), 0);
        return [...place, token.length, TYPES.indexOf(token.type), modifiers];
    });
}

/** One edit that leaves what is the same at the beginning and at the end; none if nothing differs. */
function difference(before: readonly number[], after: readonly number[]): SemanticTokensDelta['edits'] {
    const most = Math.min(before.length, after.length);
    let head = 0;
    while (head < most && before[head] === after[head]) head++;
    let tail = 0;
    while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
    const deleteCount = before.length - head - tail;
    const data = after.slice(head, after.length - tail);
    return deleteCount === 0 && data.length === 0 ? [] : [{ start: head, deleteCount, data }];
}

function indexed(names: readonly string[]): Record<string, number> {
    return Object.fromEntries(names.map((name, index) => [name, index]));
}
