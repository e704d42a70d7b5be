import {
    isLedByNobody,
    parseCount,
    type ClusterId,
    type Fix,
    type NodeId,
    type NodeSelector,
    type Operation,
    type PlaceId,
    type Route,
    type Target,
} from '../../topology/index.js';
import { parseRange, rangeNames, rangeSize } from '../names/ranges.js';
import { writtenName } from '../names/quoting.js';
import type * as ast from '../generated/ast.js';
import type { HalfTyped } from './half-typed.js';
import { isCluster, isSharedEndpoint } from '../generated/ast.js';
import { sourceOf, textOf } from './source.js';
import { zoneKey, type Resolution } from './state.js';

/**
 * Every function gives undefined for a name that leads nowhere; the unresolved reference itself is reported elsewhere.
 * While a line is half typed the syntax tree lacks what its types promise, so every function takes undefined, too.
 */

export function placeOf(reference: HalfTyped<ast.PlaceRef> | undefined, resolution: Resolution): PlaceId | undefined {
    const name = reference?.region?.$refText;
    const region = name === undefined ? undefined : resolution.regionIds.get(name);
    if (name === undefined || region === undefined) return undefined;
    if (!reference?.zone) return { kind: 'region', region };
    const zone = resolution.zoneIds.get(zoneKey(name, reference.zone.$refText));
    return zone === undefined ? undefined : { kind: 'zone', zone };
}

export function placesOf(references: readonly ast.PlaceRef[], resolution: Resolution): PlaceId[] {
    return present(references.map((reference) => placeOf(reference, resolution)));
}

/** The node that a reference names; undefined for `leader of …`, too. */
function nodeOf(reference: ast.NodeRef, resolution: Resolution): NodeId | undefined {
    const declaration = reference.node?.ref;
    if (!declaration) return undefined;
    const name = reference.node?.$refText ?? '';
    const node = resolution.nodeIds.get(declaration)?.get(name);
    if (node === undefined && name.includes('[')) {
        resolution.report.error(
            'language/range-as-node',
            sourceOf(reference),
            `'${name.slice(0, 60)}' names several nodes, and here each has to be named.`,
            'List the nodes one by one, separated by commas.',
            undefined,
            spelledOut(reference, name, resolution),
        );
    }
    return node;
}

/** The nodes of a range as a list, where a list may stand and a reader can still follow it. */
function spelledOut(reference: ast.NodeRef, name: string, resolution: Resolution): readonly Fix[] {
    const range = parseRange(name);
    const declared = reference.node?.ref && resolution.nodeIds.get(reference.node.ref);
    if (!range || !declared || reference.$containerIndex === undefined || rangeSize(range) > LONGEST_LIST) return [];
    const cluster = reference.cluster ? `${writtenName(reference.cluster.$refText)}.` : '';
    const names = [...rangeNames(range)];
    if (names.some((each) => !declared.has(each))) return [];
    const text = names.map((each) => cluster + writtenName(each)).join(', ');
    const title = names.length === 1 ? `Change to ${text}` : `List the ${String(names.length)} nodes`;
    return [{ kind: 'replace', title, source: sourceOf(reference), text }];
}

const LONGEST_LIST = 20;

/** A node that must be named itself, because nobody leads anything yet where it stands. */
export function plainNodeOf(reference: ast.NodeRef, resolution: Resolution): NodeId | undefined {
    if (reference.leaderOf) {
        resolution.report.error(
            'language/leader-here',
            sourceOf(reference),
            "'leader of' means whoever leads at an instant, and this place knows no instant.",
            'Name the node.',
        );
        return undefined;
    }
    return nodeOf(reference, resolution);
}

export function selectorOf(reference: ast.NodeRef | undefined, resolution: Resolution): NodeSelector | undefined {
    if (!reference) return undefined;
    if (reference.leaderOf) {
        const of = ledTargetOf(reference.leaderOf, 'error', resolution);
        return of && !isLedByNobody(resolution, of) ? { kind: 'leader', of } : undefined;
    }
    const node = nodeOf(reference, resolution);
    if (node === undefined) return undefined;
    const cluster = reference.cluster?.ref && resolution.clusterIds.get(reference.cluster.ref);
    return { kind: 'node', node, ...(cluster === undefined ? {} : { cluster }) };
}

export function selectorsOf(references: readonly ast.NodeRef[], resolution: Resolution): NodeSelector[] {
    return present(references.map((reference) => selectorOf(reference, resolution)));
}

export function targetOf(reference: ast.TargetRef | undefined, resolution: Resolution): Target | undefined {
    const declaration = (reference as HalfTyped<ast.TargetRef> | undefined)?.cluster?.ref;
    if (!reference || !declaration) return undefined;
    const text = textOf(reference);
    if (isSharedEndpoint(declaration)) {
        const cluster = resolution.addressIds.get(declaration);
        return cluster === undefined || reference.group ? undefined : { kind: 'cluster', cluster, text };
    }
    if (!isCluster(declaration)) {
        const workload = resolution.workloadIds.get(declaration);
        return workload === undefined || reference.group ? undefined : { kind: 'workload', workload, text };
    }
    const cluster = resolution.clusterIds.get(declaration);
    if (cluster === undefined) return undefined;
    return reference.group ? partOf(reference, cluster, text, resolution) : { kind: 'cluster', cluster, text };
}

/** A target whose leader is meant. That nobody leads it is an error where a step names its leader, and leaves an expectation open. */
export function ledTargetOf(
    reference: ast.TargetRef | undefined,
    severity: 'error' | 'warning',
    resolution: Resolution,
): Target | undefined {
    const target = targetOf(reference, resolution);
    if (reference && target && isLedByNobody(resolution, target)) {
        resolution.report[severity](
            'language/no-leader',
            sourceOf(reference),
            `'${target.text}' has no leader: its members are equals.`,
            'Name a node, or ask about something that has a leader.',
        );
    }
    return target;
}

export function targetsOf(references: readonly ast.TargetRef[], resolution: Resolution): Target[] {
    return present(references.map((reference) => targetOf(reference, resolution)));
}

/** A cluster with members, as opposed to an address before others, or a part of one. */
export function routeOf(reference: ast.TargetRef, resolution: Resolution): Route | undefined {
    const target = targetOf(reference, resolution);
    if (target && (target.kind === 'workload' || isAddress(target, resolution))) {
        resolution.report.error(
            'language/not-a-cluster',
            sourceOf(reference),
            `'${target.text}' is no cluster, and an address leads to clusters.`,
            'Name a cluster.',
        );
        return undefined;
    }
    return target;
}

function isAddress(target: Target, { clusters }: Resolution): boolean {
    return target.kind === 'cluster' && clusters[target.cluster]?.address !== undefined;
}

export function clusterOf(reference: ast.TargetRef | undefined, resolution: Resolution): ClusterId | undefined {
    const target = targetOf(reference, resolution);
    if (!reference || !target) return undefined;
    if (target.kind === 'cluster' && !isAddress(target, resolution)) return target.cluster;
    resolution.report.error(
        'language/not-a-cluster',
        sourceOf(reference),
        `'${target.text}' is no cluster, and only whole clusters can stand here.`,
        'Name a cluster.',
    );
    return undefined;
}

export function operationOf(word: ast.Operation): Operation {
    return word === 'reads' ? 'read' : 'write';
}

export function present<T>(values: readonly (T | undefined)[]): T[] {
    return values.filter((value) => value !== undefined);
}

/** A group or a shard of a cluster. A name that is both, such as `s-1` in Redis, means the shard. */
function partOf(
    reference: ast.TargetRef,
    cluster: ClusterId,
    text: string,
    resolution: Resolution,
): Target | undefined {
    const declaration = reference.group?.ref;
    if (!declaration) return undefined;
    const name = reference.group?.$refText ?? '';
    const path =
        reference.index === undefined ? name : `${name}.${String(parseCount(reference.index) ?? reference.index)}`;
    const shard = resolution.shardIds.get(cluster)?.get(path);
    if (shard !== undefined) return { kind: 'shard', cluster, shard, text };
    const group = resolution.groupIds.get(declaration);
    if (group !== undefined && reference.index === undefined) return { kind: 'group', cluster, group, text };
    // The shards of an unknown engine are unknown, and that has been said once.
    if (!resolution.engines.find(resolution.clusters[cluster]?.engine ?? '')) return undefined;
    resolution.report.error(
        'language/unknown-shard',
        sourceOf(reference),
        `'${name}' has no shard '${reference.index ?? name}'.`,
        'Shards are counted from 0.',
    );
    return undefined;
}
