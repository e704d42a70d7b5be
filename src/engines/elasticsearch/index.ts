import type { Engine } from '../engine.js';
import { electableMembers, INDEX_WORD, managerQuorum, placeCopies } from '../search-family/index.js';
import { check, codes } from './checks.js';
import { product } from './product.js';
import { roles } from './roles.js';
import { settings } from './settings.js';

/** Elasticsearch: indices of shards, and an elected master that assigns and promotes their copies. */
export const elasticsearch: Engine = {
    name: product.engine,
    title: product.title,
    documentation: [
        '**Elasticsearch**: an index is divided into shards, each with a primary and replicas on different nodes. A write is acknowledged when every copy in sync has it. An elected master assigns the copies, notices lost nodes and promotes replicas; it is elected by a majority of the master-eligible nodes.',
        '',
        'Checked: master-eligible nodes and their zones, roles, replicas that find no node, shard allocation awareness and forced awareness, data tiers, `wait_for_active_shards`, the shard limit. Copies are placed by a rule like the balancer’s: evenly, never two of a shard on a node, spread over awareness attributes.',
        '',
        'Not modelled yet: what happens in a failure. Elections, promotion, recovery of copies and availability are neither simulated nor proved. Disk usage, allocation filters, index lifecycles and cross-cluster replication are not modelled either.',
    ].join('\n'),
    versions: ['7.10', '7.17', '8.0', '8.5', '8.10', '8.15', '8.17', '8.18', '8.19', '9.0', '9.1'],
    roles,
    groupWords: [INDEX_WORD],
    singleService: false,
    controlPlane: {
        leader: 'master',
        serves: false,
        candidates: (members) => electableMembers(product, members).map(({ node }) => node),
    },
    settings,
    snippet: [
        'nodes ${1:master}-[1..3] across zones as master',
        'nodes ${2:data}-[1..6] across zones as data',
        'index ${3:products} { shards 6  replicas 1 }',
        'settings {',
        '    cluster.routing.allocation.awareness.attributes = zone',
        '}',
    ].join('\n'),
    place: (request) => placeCopies(product, request),
    quorums: (context) => managerQuorum(product, context),
    check,
    codes,
};
