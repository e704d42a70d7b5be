import type { AstNode } from 'langium';
import type * as ast from '../generated/ast.js';
import {
    isCluster,
    isFailoverPolicy,
    isNodes,
    isRegion,
    isShardGroup,
    isSharedEndpoint,
    isWorkload,
} from '../generated/ast.js';
import { isRange, parseRange, type NameRange } from './ranges.js';

/** Names of one kind that one block declares. A range is kept as a range and found by its members' names. */
class Names<T extends AstNode & { readonly name: string }> {
    private readonly exact = new Map<string, T[]>();
    /** By what stands around the number: two ranges with different surroundings never share a member. */
    private readonly ranges = new Map<string, RangeEntry<T>[]>();

    add(declaration: T): void {
        // A half-typed declaration has no name yet.
        const { name } = declaration as { readonly name: string | undefined };
        if (name === undefined) return;
        append(this.exact, name, declaration);
        const range = isRange(declaration) ? parseRange(name) : undefined;
        if (range) append(this.ranges, surroundings(range.prefix, range.suffix), { range, declaration });
    }

    /** The first declaration of a name; later ones are duplicates. */
    get(name: string): T | undefined {
        return this.exact.get(name)?.[0] ?? this.members(name)[0];
    }

    all(name: string): readonly T[] {
        return [...(this.exact.get(name) ?? []), ...this.members(name)];
    }

    /** Declared names with their first declaration; a range under its own name. */
    *entries(): Generator<[string, T]> {
        for (const [name, [first]] of this.exact) if (first) yield [name, first];
    }

    private members(name: string): T[] {
        if (this.ranges.size === 0) return [];
        const found: T[] = [];
        for (const { index, 0: digits } of name.matchAll(/\d+/g)) {
            const suffix = name.slice(index + digits.length);
            for (let start = 0; start < digits.length; start++) {
                const entries = this.ranges.get(surroundings(name.slice(0, index + start), suffix));
                for (const { range, declaration } of entries ?? []) {
                    if (isMember(digits.slice(start), range)) found.push(declaration);
                }
            }
        }
        return found;
    }
}

interface RangeEntry<T> {
    readonly range: NameRange;
    readonly declaration: T;
}

function surroundings(prefix: string, suffix: string): string {
    return `${prefix}[${suffix}`;
}

function isMember(digits: string, { first, last, width }: NameRange): boolean {
    const number = Number(digits);
    return number >= first && number <= last && digits === String(number).padStart(width, '0');
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
    const values = map.get(key);
    if (values) values.push(value);
    else map.set(key, [value]);
}

/** What a cluster's block declares. */
export interface ClusterNames {
    readonly nodes: Names<ast.Nodes>;
    readonly groups: Names<ast.ShardGroup>;
}

/** Every name that one document declares, from one walk over its declarations. */
export interface DocumentNames {
    readonly regions: Names<ast.Region>;
    /** Zones of all declarations of a region, by the region's name. */
    readonly zones: ReadonlyMap<string, Names<ast.Zone>>;
    /** All nodes by their bare names, whether a zone or a cluster declares them. */
    readonly nodes: Names<ast.Nodes>;
    /** Clusters, workloads and addresses before several clusters: they share one namespace. */
    readonly targets: Names<ast.Target>;
    readonly policies: Names<ast.FailoverPolicy>;
    readonly inCluster: ReadonlyMap<ast.Cluster, ClusterNames>;
}

const known = new WeakMap<ast.Document, DocumentNames>();

/** The names of a document. A changed text has a new syntax tree, so nothing has to be invalidated. */
export function namesOf(document: ast.Document): DocumentNames {
    let names = known.get(document);
    if (!names) known.set(document, (names = collect(document)));
    return names;
}

function collect(document: ast.Document): DocumentNames {
    const zones = new Map<string, Names<ast.Zone>>();
    const inCluster = new Map<ast.Cluster, ClusterNames>();
    const names: DocumentNames = {
        regions: new Names(),
        zones,
        nodes: new Names(),
        targets: new Names(),
        policies: new Names(),
        inCluster,
    };
    for (const declaration of document.declarations) {
        if (isRegion(declaration)) {
            names.regions.add(declaration);
            collectZones(declaration, zones, names.nodes);
        } else if (isCluster(declaration)) {
            names.targets.add(declaration);
            inCluster.set(declaration, collectCluster(declaration, names.nodes));
        } else if (isWorkload(declaration) || isSharedEndpoint(declaration)) {
            names.targets.add(declaration);
        } else if (isFailoverPolicy(declaration)) {
            names.policies.add(declaration);
        }
    }
    return names;
}

function collectZones(region: ast.Region, zones: Map<string, Names<ast.Zone>>, nodes: Names<ast.Nodes>): void {
    let inRegion = zones.get(region.name);
    if (!inRegion) zones.set(region.name, (inRegion = new Names()));
    for (const zone of region.zones) {
        inRegion.add(zone);
        for (const node of zone.nodes) nodes.add(node);
    }
}

function collectCluster(cluster: ast.Cluster, everyNode: Names<ast.Nodes>): ClusterNames {
    const nodes = new Names<ast.Nodes>();
    const groups = new Names<ast.ShardGroup>();
    for (const item of cluster.items) {
        if (isNodes(item)) {
            nodes.add(item);
            everyNode.add(item);
        } else if (isShardGroup(item)) groups.add(item);
    }
    return { nodes, groups };
}
