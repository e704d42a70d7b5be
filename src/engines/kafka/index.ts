import type { Engine } from '../engine.js';
import { behaviour } from './behaviour/index.js';
import { check } from './checks/index.js';
import { codes } from './codes/index.js';
import { place } from './placement.js';
import { patience } from './patience.js';
import { isController, quorums } from './roles.js';
import { rules } from './rules/index.js';
import { settings } from './settings/index.js';
import { documentation, groupWords, roles, snippet } from './vocabulary.js';

/** Apache Kafka with KRaft: partitions with in-sync replicas, and a quorum of controllers that decides who leads. */
export const kafka: Engine = {
    name: 'kafka',
    title: 'Apache Kafka',
    documentation,
    versions: ['3.3', '3.4', '3.5', '3.6', '3.7', '3.8', '3.9', '4.0', '4.1', '4.2'],
    roles,
    groupWords,
    singleService: false,
    replicaReads: 'not-modelled',
    controlPlane: {
        leader: 'controller',
        serves: false,
        candidates: (members) => members.filter(isController).map(({ node }) => node),
    },
    settings,
    patience,
    keepsApart: {
        help: 'Let the racks of the brokers follow the zones: leave `rack` and `broker.rack` out, or give each zone racks of its own.',
        fixes: () => [],
    },
    unfitEndpoints: {
        vip: {
            why: 'Clients produce to and consume from the leader of each partition, so they must reach every broker, and an address leads to one of them.',
            instead: 'Use `endpoint discovery`; a DNS name may stand for the bootstrap servers.',
            replacement: 'endpoint discovery',
        },
        'load-balancer': {
            why: 'It serves for the first contact alone: from then on clients ask the leader of each partition by its own address.',
            instead: 'Use `endpoint discovery`; a DNS name may stand for the bootstrap servers.',
            replacement: 'endpoint discovery',
        },
    },
    snippet,
    place,
    quorums,
    check,
    codes,
    rules,
    behaviour,
};
