import type { Engine } from '../engine.js';
import { behaviour } from './behaviour/index.js';
import { check } from './checks/index.js';
import { codes } from './codes/index.js';
import { place } from './placement.js';
import { rules } from './rules/index.js';
import { settings } from './settings/index.js';
import { documentation, groupWords, snippet } from './vocabulary.js';

/** Apache Cassandra: a ring of equal nodes, with copies of each token range in several racks and datacenters. */
export const cassandra: Engine = {
    name: 'cassandra',
    title: 'Apache Cassandra',
    documentation,
    versions: ['3.11', '4.0', '4.1', '5.0'],
    roles: [],
    groupWords,
    singleService: false,
    settings,
    keepsApart: {
        help: 'Let the racks of the nodes follow the zones, for example by leaving `rack` out, and use NetworkTopologyStrategy.',
        fixes: () => [],
    },
    unfitEndpoints: {
        vip: {
            why: 'Drivers learn all nodes and ask those that hold the data; behind one address a single node coordinates everything.',
            instead: 'Use `endpoint discovery`; a DNS name may stand for the contact points.',
            replacement: 'endpoint discovery',
        },
        'load-balancer': {
            why: 'Drivers learn all nodes, prefer those that hold the data and leave out those that are down; a load balancer in between takes that from them.',
            instead: 'Use `endpoint discovery`; a DNS name may stand for the contact points.',
            replacement: 'endpoint discovery',
        },
    },
    snippet,
    place,
    // Nobody votes: each request needs answers from so many copies, and each node judges for itself who is down.
    quorums: () => [],
    check,
    codes,
    rules,
    behaviour,
};
