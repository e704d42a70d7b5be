import type { Engine } from '../engine.js';
import { behaviour } from './behaviour/index.js';
import { check, quorums } from './checks/index.js';
import { codes } from './codes.js';
import { place } from './placement.js';
import { rules } from './rules.js';
import { settings } from './settings.js';

/** Redis Cluster: hash slots, gossip, and replicas that the primaries vote in. */
export const redis: Engine = {
    name: 'redis',
    title: 'Redis Cluster',
    documentation: [
        '**Redis Cluster**: every shard has a primary and asynchronous replicas. A primary that stays silent for `cluster-node-timeout` is suspected; when more than half of the primaries agree it is marked as failed, and its replicas ask the primaries for votes.',
        '',
        'Simulated: pings and gossip of every node, suspicion and agreement as each node sees it, ranks, elections and votes, full coverage, the minority and restart delays, data that is too old to be promoted, `min-replicas-to-write`, writes lost by promotion, power loss or an empty restart, replicas that move to a primary without any, and `CLUSTER FAILOVER` (`switchover sessions to cache-5`).',
        '',
        '`wipe` takes a node’s whole disk, `nodes.conf` with it: a process that runs goes on with what it has in memory until it ends, and the next process there has a new name and knows no cluster, and nobody adds it again. Whoever has not suspected the node by then is answered by another name, forgets its address (`noaddr`) and will never suspect it; so a primary that is back before a majority has agreed on its failure is not failed over: its shard stays dark until an operator acts, and its replicas copy the empty data that they find at its address. Every version is simulated so; Valkey from 8.1 on marks such a node as failed at once (pull request 1191 of valkey-io/valkey), which is not simulated. A node that keeps its name and comes back without data, as one does that stores none, is said otherwise: `save = ""`, `crash` and `restart`.',
        '',
        'From 100 nodes on gossip is followed in bulk, and the first node that suspects another one speaks for all in the story. How fast many nodes agree depends on how old their news of each other are when the first fault comes; that is drawn as a long run leaves it, and held against long runs of 100 to 1,000 nodes: half of the failures are agreed upon within a tenth of the same time.',
        '',
        'Not simulated: resynchronisation time (a replica that moves or comes back has its primary’s data at once), that others learn of a move only with the next ping, memory, `CLUSTER FAILOVER` with `FORCE` or `TAKEOVER`, that a primary which is stopped lets its replicas catch up first (`shutdown-timeout`, since 7.0), that the host of a frozen replica accepts only as much of its primary’s writes as its socket buffers hold, failure marks that a node keeps in its file over a restart. In the first releases of 6.0 a replica that finds a primary’s failure agreed upon does not announce it (changed in June 2020 by pull request 7398 of redis/redis): every version is simulated as since then. A message between two nodes takes 1 ms, which is an assumption.',
    ].join('\n'),
    versions: ['6.0', '6.2', '7.0', '7.2', '7.4', '8.0'],
    roles: [],
    groupWords: [
        {
            word: 'shards',
            form: 'each-name-one-shard',
            placedWord: 'shard',
            replicasCount: 'beside-primary',
            defaultReplicas: 0,
            systemKeys: { replicas: ['cluster-replicas'] },
            ignoresPlaces: true,
            ignoresSpread: {
                why: 'the operator who creates the cluster decides where copies stand, here in different zones where there are nodes',
                instead:
                    'Remove it, and place shards by hand where the rule does not do: `shard s-1 on cache-1, cache-5`.',
            },
            documentation:
                'Each name is one shard: a share of the 16,384 hash slots, a primary and `replicas N` replicas beside it.',
        },
    ],
    singleService: false,
    replicaReads: 'not-modelled',
    settings,
    unfitEndpoints: {
        vip: {
            why: 'Clients ask the owner of each slot, so they must reach every node, and an address leads to one of them.',
            instead: 'Use `endpoint discovery`: clients learn the nodes from any of them.',
            replacement: 'endpoint discovery',
        },
        'load-balancer': {
            why: 'A node that does not own a slot sends the client to the one that does, by its own address, so clients must reach every node and a load balancer only adds a detour.',
            instead: 'Use `endpoint discovery`: clients learn the nodes from any of them.',
            replacement: 'endpoint discovery',
        },
    },
    snippet: [
        'nodes ${1:cache}-[1..6] across zones',
        'shards ${2:s}-[1..3] { replicas 1 }',
        'endpoint discovery',
        'settings {',
        '    cluster-node-timeout = 15000',
        '}',
    ].join('\n'),
    place,
    quorums,
    check,
    codes,
    rules,
    behaviour,
};
