/** Addresses that stand before several clusters, each with what its clients see of it. */
import { isSharedEndpoint } from '../generated/ast.js';
import { readEndpointProperties, timing } from './endpoints.js';
import { present, routeOf } from './references.js';
import { documented, nameSource } from './source.js';
import type { Resolution } from './state.js';

/** Gives every address a cluster to stand for it, with one shard, so that anything may ask for it. All clusters must be known. */
export function declareAddresses(resolution: Resolution): void {
    for (const declaration of resolution.documents.flatMap((document) => document.declarations)) {
        if (!isSharedEndpoint(declaration) || !declaration.name) continue;
        const cluster = resolution.clusters.length;
        const shard = resolution.shards.length;
        const { name } = declaration;
        const source = nameSource(declaration);
        resolution.clusters.push({
            id: cluster,
            name,
            source,
            ...documented(declaration),
            engine: '',
            engineSource: source,
            address: resolution.addressIds.size,
            places: [],
            members: [],
            groups: [],
            shards: [shard],
            endpoints: [],
            needs: [],
            assumptions: [],
            waivers: [],
            settings: [],
        });
        resolution.shards.push({ id: shard, cluster, name, copies: [], placedBy: 'file', settings: [], source });
        resolution.addressIds.set(declaration, cluster);
    }
}

/** Where the addresses lead. */
export function resolveAddresses(resolution: Resolution): void {
    for (const [declaration, cluster] of resolution.addressIds) {
        const { kind, address, targets, policy, name } = declaration;
        const values = readEndpointProperties(declaration.properties, kind, resolution);
        resolution.addresses.push({
            id: resolution.addresses.length,
            cluster,
            name,
            source: nameSource(declaration),
            ...documented(declaration),
            kind,
            address,
            routes: present(targets.map((target) => routeOf(target, resolution))),
            by: policy ?? 'failover',
            ...timing(values),
        });
    }
}
