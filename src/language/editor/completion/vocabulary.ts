import { CompletionItemKind } from 'vscode-languageserver';
import type { Engine, GroupWord } from '../../../engines/index.js';
import { quoted } from '../../names/quoting.js';
import { engineBody } from './snippets.js';
import { blockKind, expects, RANK, wordBefore, type CompletionRequest, type Proposal } from './request.js';
import { engineMarkdown } from '../settings-text.js';

/** Words that belong to an engine: itself, its versions, its roles and the words for its shards. */
export function vocabularyProposals(request: CompletionRequest): Proposal[] {
    return [
        ...(expects(request, 'Cluster', 'engine') ? engineProposals(request) : []),
        ...(expects(request, 'Cluster', 'version') ? versionProposals(request) : []),
        ...(expects(request, 'Roles', 'roles') ? roleProposals(request) : []),
        ...(expects(request, 'EngineStatement', 'word') ? wordProposals(request) : []),
    ];
}

function engineProposals(request: CompletionRequest): Proposal[] {
    const begun = hasBody(request);
    return request.engines.all.flatMap((engine) => {
        const common = { detail: engine.title, documentation: engineMarkdown(engine) };
        const word: Proposal = { label: engine.name, kind: CompletionItemKind.EnumMember, rank: RANK.first, ...common };
        if (begun) return [word];
        const insert = `${engine.name} ${engineBody(engine, request)}`;
        const label = `${engine.name} { … }`;
        return [word, { ...common, label, kind: CompletionItemKind.Snippet, rank: RANK.likely, insert, snippet: true }];
    });
}

/** Whether the cluster's block, or what stands between it and the engine, follows on the same line. */
function hasBody({ cursor, document }: CompletionRequest): boolean {
    const rest = document.textDocument.getText().slice(cursor.end, cursor.end + 200);
    return /^[^\n]*\S/.test(rest);
}

function versionProposals({ cluster, cursor }: CompletionRequest): Proposal[] {
    const newest = cluster?.engine?.versions.at(-1);
    return (cluster?.engine?.versions ?? []).toReversed().map((version) => ({
        label: version,
        kind: CompletionItemKind.Value,
        rank: cursor.quoted ? RANK.first : RANK.other,
        detail: version === newest ? 'the newest that is known, and what counts without a version' : 'version',
        insert: quoted(version),
    }));
}

function roleProposals({ cluster, statement }: CompletionRequest): Proposal[] {
    const said = statement.slice(statement.findLastIndex(({ image }) => image === 'as') + 1).map(({ image }) => image);
    return (cluster?.engine?.roles ?? [])
        .filter(({ name }) => !said.includes(name))
        .map(({ name, documentation }) => ({
            label: name,
            kind: CompletionItemKind.EnumMember,
            rank: RANK.first,
            detail: `role of ${cluster?.engine?.title ?? ''}`,
            documentation,
        }));
}

function wordProposals(request: CompletionRequest): Proposal[] {
    const { cluster } = request;
    const engine = cluster?.engine;
    if (!engine || blockKind(request) !== 'cluster' || wordBefore(request) === 'cluster') return [];
    return engine.groupWords.flatMap((word) => [
        groupProposal(word, engine),
        ...(word.form === 'each-name-one-shard' ? [placedProposal(word, engine)] : []),
    ]);
}

function groupProposal(word: GroupWord, engine: Engine): Proposal {
    return {
        label: word.word,
        kind: CompletionItemKind.Keyword,
        rank: RANK.first,
        detail: engine.title,
        documentation: word.documentation,
        insert: groupSnippet(word),
        snippet: true,
    };
}

function groupSnippet(word: GroupWord): string {
    if (word.form === 'each-name-one-shard') {
        return `${word.word} \${1:s}-[1..\${2:3}] { ${replicas(word, 3)} }$0`;
    }
    const count =
        word.countWord === undefined ? '' : `\n\t${word.countWord} \${2:${word.countWord === 'shards' ? 3 : 12}}`;
    const copies = word.defaultReplicas === 'every-member' ? '' : replicas(word, 3);
    return `${word.word} \${1:name} {${count}\n\t${copies}$0\n}`;
}

/** As the system counts: three copies in all, or one beside the primary. */
function replicas({ replicasCount, defaultReplicas }: GroupWord, stop: number): string {
    const usual = replicasCount === 'all' ? 3 : 1;
    const count = typeof defaultReplicas === 'number' && defaultReplicas > usual ? defaultReplicas : usual;
    return `replicas \${${String(stop)}:${String(count)}}`;
}

function placedProposal(word: GroupWord, engine: Engine): Proposal {
    return {
        label: word.placedWord,
        kind: CompletionItemKind.Keyword,
        rank: RANK.likely,
        detail: `${engine.title}: placed by hand`,
        documentation: `\`${word.placedWord} NAME on NODE, NODE\`: the first is the primary or preferred leader.`,
        insert: `${word.placedWord} \${1:name} on $0`,
        snippet: true,
    };
}
