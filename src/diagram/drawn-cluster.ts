import {
    counted,
    distinct,
    listed,
    setDuration,
    type Cluster,
    type Endpoint,
    type SharedAddress,
    type Topology,
} from '../topology/index.js';
import { addressId, clusterId, regionId, sharedAddressId } from './ids.js';
import type { DrawnAddress, DrawnCluster } from './drawing.js';

export function drawnCluster(topology: Topology, cluster: Cluster): DrawnCluster {
    const nodes = cluster.members.flatMap((member) => topology.nodes[member.node] ?? []);
    const regions = nodes.flatMap((node) => {
        const id = node.zone === undefined ? node.region : topology.zones[node.zone]?.region;
        return id === undefined ? [] : (topology.regions[id] ?? []);
    });
    return {
        id: clusterId(cluster),
        label: cluster.name,
        source: cluster.source,
        facts: [
            `Cluster of engine ${cluster.engine}${cluster.version === undefined ? '' : ` ${cluster.version}`} ` +
                `with ${counted(cluster.members.length, 'member')}.`,
            ...(cluster.failover === undefined ? [] : [`Failover is ${cluster.failover.kind}.`]),
            ...(cluster.documentation === undefined ? [] : [cluster.documentation]),
        ],
        engine: cluster.engine,
        ...(cluster.version === undefined ? {} : { version: cluster.version }),
        tone: cluster.id,
        addresses: [
            ...cluster.endpoints.map((endpoint, index) => drawnAddress(cluster, endpoint, index)),
            ...topology.addresses.flatMap((address) => sharedAddress(topology, cluster, address)),
        ],
        regions: distinct(regions.map(regionId)),
    };
}

const KINDS = {
    vip: 'virtual IP',
    'load-balancer': 'load balancer',
    dns: 'DNS name',
    discovery: 'discovery',
} as const satisfies Record<Endpoint['kind'], string>;

function drawnAddress(cluster: Cluster, endpoint: Endpoint, index: number): DrawnAddress {
    const serves = endpoint.serves === 'all' ? '' : ` for ${endpoint.serves}`;
    return {
        id: addressId(cluster, index),
        label: endpoint.address === undefined ? KINDS[endpoint.kind] : `${KINDS[endpoint.kind]} ${endpoint.address}`,
        source: endpoint.source,
        facts: [
            endpoint.kind === 'discovery'
                ? `Clients of ${cluster.name} learn its nodes${serves}.`
                : `Clients reach ${cluster.name}${serves} through the ${KINDS[endpoint.kind]} ${endpoint.address ?? ''}.`,
            ...checks(endpoint),
        ],
        kind: endpoint.kind,
        ...(endpoint.serves === 'all' ? {} : { serves: endpoint.serves }),
    };
}

const ORDERS = {
    failover: 'the first that passes its checks',
    latency: 'the nearest that passes its checks',
    weight: 'in turn to all that pass its checks',
} as const satisfies Record<SharedAddress['by'], string>;

/** An address before several clusters stands at each of them. */
function sharedAddress(topology: Topology, cluster: Cluster, address: SharedAddress): readonly DrawnAddress[] {
    const behind = distinct(address.routes.map((route) => route.cluster));
    const seen = topology.clusters[address.cluster];
    const names = listed(behind.map((id) => topology.clusters[id]?.name ?? ''));
    return behind.includes(cluster.id)
        ? [
              {
                  id: sharedAddressId(cluster, address.name),
                  ...(seen && { service: clusterId(seen) }),
                  label: `${KINDS[address.kind]} ${address.name}`,
                  source: address.source,
                  facts: [
                      `The ${KINDS[address.kind]} ${address.address ?? address.name} leads to ${names}: ${ORDERS[address.by]}.`,
                      ...sharedChecks(address),
                  ],
                  kind: address.kind,
              },
          ]
        : [];
}

function sharedChecks({ checkMs, ...others }: SharedAddress): string[] {
    return [
        ...(checkMs === undefined ? [] : [`Checks the clusters behind it every ${setDuration(checkMs)}.`]),
        ...checks(others),
    ];
}

function checks(endpoint: Pick<Endpoint, 'advertiseMs' | 'checkMs' | 'ttlMs'>): string[] {
    return [
        ...(endpoint.advertiseMs === undefined ? [] : [`Advertises every ${setDuration(endpoint.advertiseMs)}.`]),
        ...(endpoint.checkMs === undefined ? [] : [`Checks its members every ${setDuration(endpoint.checkMs)}.`]),
        ...(endpoint.ttlMs === undefined ? [] : [`Clients may keep the answer for ${setDuration(endpoint.ttlMs)}.`]),
    ];
}
