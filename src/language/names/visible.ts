import { AstUtils, WorkspaceCache, type AstNode, type LangiumDocuments } from 'langium';
import type { ClusterServices } from '../services.js';
import type * as ast from '../generated/ast.js';
import { isCluster } from '../generated/ast.js';
import { visibleDocuments } from './imports.js';
import { namesOf, type ClusterNames, type DocumentNames } from './symbols.js';

/** What a document sees: its own names and those of the files that it imports, directly or through another import. */
export class VisibleNames {
    private readonly tables: readonly DocumentNames[];

    constructor(readonly documents: readonly ast.Document[]) {
        this.tables = documents.map(namesOf);
    }

    region(name: string): ast.Region | undefined {
        return this.first((table) => table.regions.get(name));
    }

    /** Regions of one name are one region, wherever they are declared. */
    zone(region: string, name: string): ast.Zone | undefined {
        return this.first((table) => table.zones.get(region)?.get(name));
    }

    target(name: string): ast.Target | undefined {
        return this.first((table) => table.targets.get(name));
    }

    policy(name: string): ast.FailoverPolicy | undefined {
        return this.first((table) => table.policies.get(name));
    }

    inCluster(cluster: ast.Cluster): ClusterNames | undefined {
        return this.first((table) => table.inCluster.get(cluster));
    }

    /** All nodes that a bare name may mean, outside of a cluster's own block. */
    nodes(name: string): ast.Nodes[] {
        return this.tables.flatMap((table) => table.nodes.all(name));
    }

    regionEntries(): [string, ast.Region][] {
        return this.tables.flatMap((table) => [...table.regions.entries()]);
    }

    zoneEntries(region: string): [string, ast.Zone][] {
        return this.tables.flatMap((table) => [...(table.zones.get(region)?.entries() ?? [])]);
    }

    targetEntries(): [string, ast.Target][] {
        return this.tables.flatMap((table) => [...table.targets.entries()]);
    }

    clusterEntries(): [string, ast.Cluster][] {
        return this.targetEntries().filter((entry): entry is [string, ast.Cluster] => isCluster(entry[1]));
    }

    policyEntries(): [string, ast.FailoverPolicy][] {
        return this.tables.flatMap((table) => [...table.policies.entries()]);
    }

    nodeEntries(): [string, ast.Nodes][] {
        return this.tables.flatMap((table) => [...table.nodes.entries()]);
    }

    private first<T>(find: (table: DocumentNames) => T | undefined): T | undefined {
        for (const table of this.tables) {
            const found = find(table);
            if (found !== undefined) return found;
        }
        return undefined;
    }
}

/** Keeps what each document sees until any document changes. */
export class Visibility {
    private readonly cache: WorkspaceCache<ast.Document, VisibleNames>;
    private readonly documents: LangiumDocuments;

    constructor(services: ClusterServices) {
        this.cache = new WorkspaceCache(services.shared);
        this.documents = services.shared.workspace.LangiumDocuments;
    }

    from(document: ast.Document): VisibleNames {
        return this.cache.get(document, () => new VisibleNames(visibleDocuments(document, this.documents)));
    }

    fromNode(node: AstNode): VisibleNames {
        return this.from(AstUtils.findRootNode(node) as ast.Document);
    }
}
