import { CompletionItemKind } from 'vscode-languageserver';
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.js';
import { documentationOf, textOf } from '../../resolve/source.js';
import type { HalfTyped } from '../../resolve/half-typed.js';
import { writtenName } from '../../names/quoting.js';
import { declaredNames } from './declared-names.js';
import { nodeProposals } from './nodes.js';
import { wordOfGroup } from './properties.js';
import { blockKind, expects, RANK, unquoted, wordBefore, type CompletionRequest, type Proposal } from './request.js';

/** Names of what is declared, wherever one can stand. */
export function* nameProposals(request: CompletionRequest): Generator<Proposal> {
    yield* placeProposals(request);
    yield* targetProposals(request);
    yield* otherProposals(request);
    yield* nodeProposals(request);
}

/** Regions, zones, or after a region and a dot its zones. */
function* placeProposals(request: CompletionRequest): Generator<Proposal> {
    if (!expects(request, 'Replicas', 'count')) {
        yield* places(request);
        return;
    }
    // A number of copies comes first, and places only where the system counts by them.
    const word = wordOfGroup(request);
    if (word?.ignoresPlaces ?? word?.refusesPlaces) return;
    for (const place of places(request)) yield { ...place, rank: place.rank + RANK.name };
}

function* places(request: CompletionRequest): Generator<Proposal> {
    const { visible } = request;
    const region = wordBefore(request) === '.' ? unquoted(wordBefore(request, 1) ?? '') : undefined;
    if (expects(request, 'PlaceRef', 'zone') && region !== undefined) {
        for (const [name, zone] of visible.zoneEntries(region)) {
            yield named(name, zone, `zone of ${region}`, CompletionItemKind.Module, RANK.first);
        }
    }
    if (!expects(request, 'PlaceRef', 'region') || region !== undefined) return;
    const struck = blockKind(request) === 'scenario' ? request.statement : [];
    const level = struck.findLast(({ image }) => image === 'zone' || image === 'region')?.image;
    const seen = new Set<string>();
    for (const [name, declaration] of visible.regionEntries()) {
        if (seen.has(name)) continue;
        seen.add(name);
        if (level !== 'zone') yield named(name, declaration, 'region', CompletionItemKind.Module, RANK.first);
        if (level === 'region') continue;
        for (const [zone, each] of visible.zoneEntries(name)) {
            const insert = `${writtenName(name)}.${writtenName(zone)}`;
            yield {
                ...named(zone, each, 'zone', CompletionItemKind.Module, RANK.likely),
                label: `${name}.${zone}`,
                insert,
            };
        }
    }
}

/** Clusters, their groups and shards, addresses before several clusters, and workloads where what is asked is about requests. */
function* targetProposals(request: CompletionRequest): Generator<Proposal> {
    if (expects(request, 'TargetRef', 'group') && wordBefore(request) === '.') yield* partProposals(request);
    if (expects(request, 'TargetRef', 'index') && wordBefore(request) === '.') yield* indexProposals(request);
    if (!expects(request, 'TargetRef', 'cluster')) return;
    const first = request.statement[0]?.image ?? '';
    const wholeOnly = first === 'replicate' || first === 'endpoint' || first === 'route';
    const said = new Set(request.statement.map(({ image }) => unquoted(image)));
    for (const [name, target] of request.visible.targetEntries()) {
        if (ast.isWorkload(target)) {
            if (first === 'expect') yield named(name, target, 'workload', CompletionItemKind.Interface, RANK.other);
        } else if (ast.isSharedEndpoint(target)) {
            const detail = `address before ${target.targets.map(textOf).join(', ')}`;
            if (!wholeOnly) yield named(name, target, detail, CompletionItemKind.Class, RANK.first);
        } else if (target !== request.cluster?.declaration && !(said.has(name) && wholeOnly)) {
            yield named(name, target, `cluster of ${engineOf(target)}`, CompletionItemKind.Class, RANK.first);
            if (!wholeOnly) yield* qualifiedParts(name, target, request);
        }
    }
}

/** Groups and shards behind a cluster and a dot. */
function* partProposals(request: CompletionRequest): Generator<Proposal> {
    const target = request.visible.target(unquoted(wordBefore(request, 1) ?? ''));
    if (!target || !ast.isCluster(target)) return;
    for (const [name, group] of partsOf(target, request)) {
        yield named(name, group, `${group.word} of ${target.name}`, CompletionItemKind.Field, RANK.first);
    }
}

function* qualifiedParts(cluster: string, target: ast.Cluster, request: CompletionRequest): Generator<Proposal> {
    for (const [part, group] of partsOf(target, request)) {
        const insert = `${writtenName(cluster)}.${writtenName(part)}`;
        const label = `${cluster}.${part}`;
        yield { ...named(part, group, group.word, CompletionItemKind.Field, RANK.name), label, insert };
    }
}

/** Groups by their names; a range of shards by the name of each. */
function* partsOf(cluster: ast.Cluster, { visible }: CompletionRequest): Generator<[string, ast.ShardGroup]> {
    for (const [, group] of visible.inCluster(cluster)?.groups.entries() ?? []) {
        for (const name of declaredNames(group)) yield [name, group];
    }
}

/** Numbered shards that are offered at most. */
const MOST_SHARDS = 50;

function* indexProposals(request: CompletionRequest): Generator<Proposal> {
    const { visible, engines } = request;
    const target = visible.target(unquoted(wordBefore(request, 3) ?? ''));
    if (!target || !ast.isCluster(target)) return;
    const group = visible.inCluster(target)?.groups.get(unquoted(wordBefore(request, 1) ?? ''));
    const word = engines.find(target.engine)?.groupWords.find((each) => each.word === group?.word);
    const property = group?.items.filter(ast.isProperty).find(({ key }) => key === word?.countWord);
    const count = Number((property as HalfTyped<ast.Property> | undefined)?.value?.value ?? 0);
    for (let index = 0; index < Math.min(count, MOST_SHARDS); index++) {
        yield {
            label: String(index),
            kind: CompletionItemKind.Value,
            rank: RANK.first,
            detail: word?.placedWord ?? 'shard',
        };
    }
}

function* otherProposals(request: CompletionRequest): Generator<Proposal> {
    const { visible } = request;
    if (expects(request, 'Failover', 'policy')) {
        for (const [name, policy] of visible.policyEntries()) {
            yield named(name, policy, `failover policy, ${policy.kind}`, CompletionItemKind.Struct, RANK.first);
        }
    }
    if (expects(request, 'ExpectAvailability', 'workload')) {
        for (const [name, target] of visible.targetEntries()) {
            if (ast.isWorkload(target)) yield named(name, target, 'workload', CompletionItemKind.Interface, RANK.first);
        }
    }
    if (['Roll', 'Promote', 'Switchover'].some((rule) => expects(request, rule, 'cluster'))) {
        for (const [name, cluster] of visible.clusterEntries()) {
            yield named(name, cluster, `cluster of ${engineOf(cluster)}`, CompletionItemKind.Class, RANK.first);
        }
    }
}

function engineOf(cluster: ast.Cluster): string {
    return (cluster as HalfTyped<ast.Cluster>).engine ?? 'no system yet';
}

function named(name: string, declaration: AstNode, detail: string, kind: CompletionItemKind, rank: number): Proposal {
    const documentation = documentationOf(declaration);
    return { label: name, kind, rank, detail, insert: writtenName(name), ...(documentation ? { documentation } : {}) };
}
