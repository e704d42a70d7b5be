import type { Cluster, Member } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import {
    isAssumption,
    isCluster,
    isEndpoint,
    isFailover,
    isMembers,
    isNeeds,
    isNodes,
    isSettings,
    isShardGroup,
    isWaiver,
} from '../generated/ast.js';
import { resolveAssumption, resolveNeeds, resolveWaiver } from './cluster-parts.js';
import { resolveEndpoint } from './endpoints.js';
import { resolveFailover } from './failover.js';
import { failureRatesOf } from './failure-rates.js';
import { resolveGroups } from './groups.js';
import { declareNodes, memberProperties } from './nodes.js';
import { placesOf, plainNodeOf, present } from './references.js';
import { removal } from './report.js';
import { resolveSettings } from './settings.js';
import { documented, nameSource, sourceOf, sourceOfProperty } from './source.js';
import type { Draft, Resolution } from './state.js';

interface Declared {
    readonly declaration: ast.Cluster;
    readonly cluster: Draft<Cluster>;
}

/** Clusters in steps, since each may name nodes and shards of those declared behind it. */
export function resolveClusters(resolution: Resolution): void {
    const declared = declareClusters(resolution);
    for (const each of declared) declareClusterNodes(each, resolution);
    for (const each of declared) resolveMembers(each, resolution);
    for (const each of declared) checkMembers(each, resolution);
    for (const { declaration, cluster } of declared) {
        // An engine's placement may follow the address and the order of failover.
        resolveAddresses(declaration, cluster, resolution);
        resolveGroups(declaration.items.filter(isShardGroup), declaration, cluster, resolution);
    }
}

/** What may name shards and workloads of any cluster, so that all of them have to be known. */
export function finishClusters(resolution: Resolution): void {
    for (const [declaration, id] of resolution.clusterIds) {
        const cluster = resolution.clusters[id];
        if (!cluster) continue;
        cluster.needs = declaration.items.filter(isNeeds).flatMap((item) => resolveNeeds(item, resolution));
    }
}

function resolveAddresses(declaration: ast.Cluster, cluster: Draft<Cluster>, resolution: Resolution): void {
    cluster.endpoints = declaration.items.filter(isEndpoint).map((item) => resolveEndpoint(item, resolution));
    const [failover, ...more] = declaration.items.filter(isFailover);
    for (const second of more) reportSecondFailover(second, resolution);
    const policy = failover && resolveFailover(failover, resolution);
    if (policy) cluster.failover = policy;
}

function declareClusters(resolution: Resolution): Declared[] {
    const declared: Declared[] = [];
    for (const document of resolution.documents) {
        for (const declaration of document.declarations) {
            if (!isCluster(declaration) || !declaration.name) continue;
            const cluster = emptyCluster(declaration, resolution);
            resolution.clusters.push(cluster);
            resolution.clusterIds.set(declaration, cluster.id);
            declared.push({ declaration, cluster });
        }
    }
    return declared;
}

function emptyCluster(declaration: ast.Cluster, resolution: Resolution): Draft<Cluster> {
    const { name, version, items } = declaration;
    // A half-typed cluster has no engine yet; the parser says so.
    const { engine } = declaration as Partial<ast.Cluster>;
    return {
        id: resolution.clusters.length,
        name,
        source: nameSource(declaration),
        ...documented(declaration),
        engine: engine ?? '',
        engineSource: sourceOfProperty(declaration, 'engine'),
        ...(version === undefined ? {} : { version }),
        places: placesOf(declaration.places, resolution),
        members: [],
        groups: [],
        shards: [],
        endpoints: [],
        needs: [],
        assumptions: present(items.filter(isAssumption).map((item) => resolveAssumption(item, resolution))),
        waivers: items.filter(isWaiver).map((item) => resolveWaiver(item, resolution)),
        settings: resolveSettings(items.filter(isSettings)),
        ...failureRatesOf(items, resolution),
    };
}

function declareClusterNodes({ declaration, cluster }: Declared, resolution: Resolution): void {
    for (const statement of declaration.items.filter(isNodes)) {
        declareNodes(statement, { cluster: cluster.id, places: cluster.places }, resolution);
    }
}

function resolveMembers({ declaration, cluster }: Declared, resolution: Resolution): void {
    const seen = new Map<number, Member>();
    for (const item of declaration.items) {
        const members = isNodes(item)
            ? ownMembers(item, resolution)
            : isMembers(item)
              ? foreignMembers(item, cluster, resolution)
              : [];
        for (const member of members) {
            const first = seen.get(member.node);
            if (first) {
                reportTwice(member, first, cluster, resolution);
                continue;
            }
            seen.set(member.node, member);
            cluster.members.push(member);
        }
    }
}

function checkMembers({ declaration, cluster }: Declared, resolution: Resolution): void {
    if (cluster.members.length > 0 || resolution.incomplete.has(cluster.id)) return;
    resolution.report.error(
        'topology/no-members',
        nameSource(declaration),
        `${cluster.name} has no nodes, so nobody holds its data or answers a request.`,
        'Declare some, for example with `nodes n-[1..3] across zones`, or name those of others with `members`.',
    );
}

function ownMembers(statement: ast.Nodes, resolution: Resolution): Member[] {
    const source = nameSource(statement);
    const properties = memberProperties(statement, resolution);
    const ids = [...(resolution.nodeIds.get(statement)?.values() ?? [])];
    return ids.map((node) => ({ node, roles: statement.roles, ...properties, source }));
}

function foreignMembers(statement: ast.Members, cluster: Draft<Cluster>, resolution: Resolution): Member[] {
    return statement.nodes.flatMap((reference) => {
        const node = plainNodeOf(reference, resolution);
        const declaration = reference.node?.ref;
        if (node === undefined || !declaration) {
            resolution.incomplete.add(cluster.id);
            return [];
        }
        const roles = statement.roles.length > 0 ? statement.roles : declaration.roles;
        return [{ node, roles, ...memberProperties(declaration, resolution), source: sourceOf(reference) }];
    });
}

function reportTwice(member: Member, first: Member, cluster: Draft<Cluster>, resolution: Resolution): void {
    const name = resolution.nodes[member.node]?.name ?? '';
    resolution.report.error(
        'language/duplicate',
        member.source,
        `'${name}' is already a member of ${cluster.name}; a node runs one member of a cluster.`,
        'Remove it from one of the lists.',
        [{ source: first.source, message: 'It becomes a member here.' }],
        removal(member.source),
    );
}

function reportSecondFailover(second: ast.Failover, resolution: Resolution): void {
    resolution.report.error(
        'language/duplicate',
        sourceOf(second),
        'A cluster has one way to fail over, and this is a second one.',
        'Remove one of them.',
        undefined,
        removal(sourceOf(second)),
    );
}
