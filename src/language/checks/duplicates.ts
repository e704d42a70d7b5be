import type { AstNode } from 'langium';
import * as ast from '../generated/ast.js';
import { isRange, parseRange, rangeNames, rangeSize } from '../names/ranges.js';
import type { Report } from '../resolve/report.js';
import { nameSource, sourceOf, uriOf } from '../resolve/source.js';

interface Entry {
    readonly name: string;
    readonly node: AstNode;
}

/** Names that one namespace declares twice, in one file or in files that are seen together. */
export function checkDuplicates(documents: readonly ast.Document[], report: Report): void {
    const [own] = documents;
    if (!own) return;
    const all = documents.flatMap((document) => document.declarations);
    const mine = own.declarations;
    duplicates('cluster, workload or address', named(all, ast.isTarget), own, report);
    duplicates('failover policy', named(all, ast.isFailoverPolicy), own, report);
    duplicates('objective', named(mine, ast.isObjective), own, report);
    duplicates('scenario', named(mine, ast.isScenario), own, report);
    for (const region of mine.filter(ast.isRegion)) duplicates('zone', named(region.zones, ast.isZone), own, report);
    const zoneNodes = all.filter(ast.isRegion).flatMap((region) => region.zones.flatMap((zone) => zone.nodes));
    duplicates('node', expanded(zoneNodes), own, report);
    for (const cluster of mine.filter(ast.isCluster)) {
        duplicates('node', [...expanded(cluster.items.filter(ast.isNodes))], own, report);
        shadowedNodes(cluster, zoneNodes, report);
    }
}

function named(nodes: readonly AstNode[], is: (node: AstNode) => node is AstNode & { name: string }): Entry[] {
    return nodes.filter(is).flatMap((node) => (node.name ? [{ name: node.name, node }] : []));
}

/** Ranges are spelled out as far as this; larger ones are refused elsewhere. */
const LARGEST_RANGE = 100_000;

function expanded(nodes: readonly ast.Nodes[]): Entry[] {
    return nodes.flatMap((node) => {
        if (!node.name) return [];
        const range = isRange(node) ? parseRange(node.name) : undefined;
        if (!range) return [{ name: node.name, node }];
        return rangeSize(range) > LARGEST_RANGE ? [] : [...rangeNames(range)].map((name) => ({ name, node }));
    });
}

function duplicates(kind: string, entries: readonly Entry[], own: ast.Document, report: Report): void {
    const first = new Map<string, AstNode>();
    const told = new Set<AstNode>();
    const ownUri = uriOf(own);
    for (const { name, node } of entries) {
        const known = first.get(name);
        if (!known) {
            first.set(name, node);
            continue;
        }
        if (told.has(node)) continue;
        told.add(node);
        // A clash with an imported name is told where this file can do something about it.
        const here = [node, known].find((candidate) => uriOf(candidate) === ownUri);
        const other = here === node ? known : node;
        report.error(
            'language/duplicate',
            here ? nameSource(here) : importSource(own),
            here
                ? `There is another ${kind} '${name}', so the name could mean either.`
                : `Two imported files each declare a ${kind} '${name}', so the name could mean either.`,
            'Give one of them another name.',
            [{ source: nameSource(other), message: 'The other one is declared here.' }],
        );
    }
}

function importSource(own: ast.Document): ReturnType<typeof sourceOf> {
    return sourceOf(own.imports[0] ?? own);
}

/** A node of a zone has its bare name everywhere, so a cluster's own node must not have it, too. */
function shadowedNodes(cluster: ast.Cluster, zoneNodes: readonly ast.Nodes[], report: Report): void {
    if (zoneNodes.length === 0) return;
    const placed = new Map(expanded(zoneNodes).map(({ name, node }) => [name, node]));
    for (const { name, node } of expanded(cluster.items.filter(ast.isNodes))) {
        const other = placed.get(name);
        if (!other) continue;
        report.error(
            'language/duplicate',
            nameSource(node),
            `A node '${name}' stands in a zone already, so the name could mean either.`,
            `Write 'members ${name}' if it is the same host, or choose another name.`,
            [{ source: nameSource(other), message: 'The other one stands here.' }],
        );
        return;
    }
}
