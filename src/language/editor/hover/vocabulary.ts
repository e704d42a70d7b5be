import { AstUtils, type AstNode } from 'langium';
import type { Engine, GroupWord } from '../../../engines/index.js';
import type { Finding } from '../../../topology/index.js';
import * as ast from '../../generated/ast.js';
import { allCodes } from '../../explain/index.js';
import { sourceMarkdown } from '../../explain/markdown.js';
import type { HalfTyped } from '../../resolve/half-typed.js';
import type { EngineLookup } from '../../services.js';
import { keywordMarkdown } from '../keyword-docs.js';
import { code, plain } from '../markdown.js';
import { placedText } from '../placed-text.js';
import { engineMarkdown } from '../settings-text.js';

/** The engine of the cluster around a node of the syntax tree. */
function engineAround(node: AstNode, engines: EngineLookup): Engine | undefined {
    const cluster = AstUtils.getContainerOfType(node, ast.isCluster) as HalfTyped<ast.Cluster> | undefined;
    return engines.find(cluster?.engine ?? '');
}

export function engineHover(name: string, engines: EngineLookup): string | undefined {
    const engine = engines.find(name);
    return engine && engineMarkdown(engine);
}

/** Whether a version is known, and which defaults it has by itself. */
export function versionHover(version: string, cluster: ast.Cluster, engines: EngineLookup): string | undefined {
    const engine = engineAround(cluster, engines);
    if (!engine) return undefined;
    const known = engine.versions.includes(version);
    const place = known ? '' : ' Faultline does not know this version: the defaults of the nearest older one count.';
    const newest = engine.versions.at(-1) === version ? ' It is the newest that is known.' : '';
    return [
        `**${plain(engine.title)} ${plain(version)}**${newest}${place}`,
        'The version decides which defaults count.',
        `Known versions: ${engine.versions.join(', ') || 'none'}`,
    ].join('\n\n');
}

export function roleHover(name: string, node: AstNode, engines: EngineLookup): string | undefined {
    const engine = engineAround(node, engines);
    const role = engine?.roles.find((each) => each.name === name);
    return engine && role && `**${role.name}** · role of ${engine.title}\n\n${role.documentation}`;
}

/** The word that declares shards, or places one. */
export function wordHover(word: string, node: AstNode, engines: EngineLookup): string | undefined {
    const engine = engineAround(node, engines);
    const spec = engine?.groupWords.find((each) => each.word === word || each.placedWord === word);
    if (!engine || !spec) return undefined;
    const placed = spec.word !== word ? [placedText(spec)] : [];
    return [`**${word}** · ${engine.title}`, ...placed, spec.documentation, replicasText(spec)].join('\n\n');
}

function replicasText({ replicasCount, defaultReplicas, replicasSetting }: GroupWord): string {
    const counts =
        replicasCount === 'all'
            ? '`replicas 3` is three copies in all.'
            : '`replicas 1` is two copies: the primary and one beside it.';
    const standard =
        defaultReplicas === 'every-member' ? 'one on each member that can hold one' : String(defaultReplicas);
    const setting = replicasSetting === undefined ? '' : `, unless ${code(replicasSetting)} says otherwise`;
    return `${counts} Without it: ${standard}${setting}.`;
}

/** A key of a block's property: the engine's own counting word, or one of the language. */
export function propertyHover(key: string, node: AstNode, engines: EngineLookup): string | undefined {
    const group = AstUtils.getContainerOfType(node, ast.isShardGroup);
    const engine = engineAround(node, engines);
    const spec = engine?.groupWords.find(({ word }) => word === group?.word);
    if (engine && spec?.countWord === key) {
        return `**${key}** · ${engine.title}\n\nHow many shards ${code(`${spec.word} ${group?.name ?? ''}`)} has.\n\n${spec.documentation}`;
    }
    if (spec?.placedWord === key) return wordHover(key, node, engines);
    const text = keywordMarkdown(key, 'Property');
    return text === undefined ? undefined : `**${key}**\n\n${text}`;
}

/** The page of a code that is waived, and whether there is anything to waive. */
export function codeHover(waived: string, engines: EngineLookup, findings: readonly Finding[]): string | undefined {
    const page = allCodes(engines.all).find((each) => each.code === waived);
    if (!page) return undefined;
    const found = findings.filter((finding) => finding.code === waived);
    return [
        `**${page.title}** · ${code(page.code)}`,
        page.why,
        `**What to do:** ${page.fix}`,
        ...found.slice(0, 3).map(({ message }) => `Found now: ${plain(message)}`),
        ...(page.source ? [`Source: ${sourceMarkdown(page.source)}`] : []),
    ].join('\n\n');
}
