import type { Engine } from '../engine.js';
import { electableMembers, INDEX_WORD, managerQuorum, placeCopies } from '../search-family/index.js';
import { check } from './checks.js';
import { codes } from './codes.js';
import { product } from './product.js';
import { roles } from './roles.js';
import { settings } from './settings.js';

/** OpenSearch: indices of shards, and an elected cluster manager that assigns and promotes their copies. */
export const opensearch: Engine = {
    name: product.engine,
    title: product.title,
    documentation: [
        '**OpenSearch**: an index is divided into shards, each with a primary and replicas on different nodes. An elected cluster manager assigns the copies, notices lost nodes and promotes replicas; it is elected by a majority of the cluster-manager-eligible nodes.',
        '',
        'Checked: cluster-manager-eligible nodes and their zones, roles, replicas that find no node, shard allocation awareness, forced awareness and its balance, `wait_for_active_shards`, segment replication, remote-backed storage, the shard limit. Copies are placed by a rule like the balancer’s: evenly, never two of a shard on a node, spread over awareness attributes.',
        '',
        'Not modelled yet: what happens in a failure. Elections, promotion, recovery of copies and availability are neither simulated nor proved. Disk usage, allocation filters, search replicas, weighted routing and decommissioning are not modelled either.',
    ].join('\n'),
    versions: ['1.3', '2.0', '2.5', '2.11', '2.15', '2.19', '3.0', '3.1'],
    roles,
    groupWords: [INDEX_WORD],
    singleService: false,
    controlPlane: {
        leader: 'cluster manager',
        serves: false,
        candidates: (members) => electableMembers(product, members).map(({ node }) => node),
    },
    settings,
    snippet: [
        'nodes ${1:manager}-[1..3] across zones as cluster_manager',
        'nodes ${2:data}-[1..6] across zones as data',
        'index ${3:events} { shards 6  replicas 1 }',
        'settings {',
        '    cluster.routing.allocation.awareness.attributes = zone',
        '}',
    ].join('\n'),
    place: (request) => placeCopies(product, request),
    quorums: (context) => managerQuorum(product, context),
    check,
    codes,
};
