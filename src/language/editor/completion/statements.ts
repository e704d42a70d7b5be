import { CompletionItemKind } from 'vscode-languageserver';
import type { Expectation } from './expected.js';
import { blockKind, RANK, type CompletionRequest, type Proposal } from './request.js';
import { clusterSnippet, statementSnippets } from './snippets.js';
import { wordOfGroup } from './properties.js';
import { keywordMarkdown } from '../keyword-docs.js';
import { engineMarkdown } from '../settings-text.js';

/** Words of the language that the grammar allows here, and whole statements that they begin. */
export function statementProposals(request: CompletionRequest): Proposal[] {
    const keywords = request.expected.filter(
        ({ keyword, rule }) => keyword !== undefined && /^[a-z]/.test(keyword) && isMeant(keyword, rule, request),
    );
    return keywords.flatMap((expected) => keywordProposals(expected, request));
}

function keywordProposals({ rule, keyword = '' }: Expectation, request: CompletionRequest): Proposal[] {
    const documentation = keywordMarkdown(keyword, rule);
    const about = documentation === undefined ? {} : { documentation };
    const snippets = statementSnippets(rule, keyword, request).map(({ label, insert }): Proposal => ({
        label,
        kind: CompletionItemKind.Snippet,
        rank: label === keyword ? RANK.keyword : RANK.snippet,
        insert,
        snippet: true,
        ...about,
    }));
    const word: Proposal = { label: keyword, kind: CompletionItemKind.Keyword, rank: RANK.keyword, ...about };
    const clusters = rule === 'Cluster' && keyword === 'cluster' ? clusterProposals(request) : [];
    return [...(snippets.some(({ label }) => label === keyword) ? [] : [word]), ...snippets, ...clusters];
}

/** A whole cluster of each system. */
function clusterProposals(request: CompletionRequest): Proposal[] {
    return request.engines.all.map((engine) => ({
        label: `cluster ${engine.name}`,
        kind: CompletionItemKind.Snippet,
        rank: RANK.snippet,
        detail: engine.title,
        documentation: engineMarkdown(engine),
        insert: clusterSnippet(engine, request),
        snippet: true,
    }));
}

/** The grammar allows some words that mean nothing where they stand. */
function isMeant(keyword: string, rule: string, request: CompletionRequest): boolean {
    if (rule === 'DisruptionBudget') return wordOfGroup(request)?.takes?.includes('disruption-budget') === true;
    // Offered as a whole, `leader of`, and only where there is a leader at all.
    if (keyword === 'leader') return false;
    if (rule === 'Serves') return blockKind(request) === 'endpoint';
    return !(rule === 'Property' && (keyword === 'every' || keyword === 'within'));
}
