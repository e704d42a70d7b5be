/** The words of Cassandra in a file. */
import type { Engine } from '../engine.js';
import { rangeCount } from './placement.js';

export const documentation = [
    '**Apache Cassandra**: every node is equal, nobody leads. Regions are datacenters and zones are racks, unless a node says `rack`. A keyspace says how many copies each datacenter keeps; the `consistency` of a request says how many of them must answer.',
    '',
    'Checked: copies against nodes and racks, what each consistency needs against what objectives promise, stale reads, seeds, outages longer than hints are kept. Whether repair is scheduled cannot be seen from a file.',
    '',
    'Real tokens are random, so which nodes share a token range is an assumption: the ranges here are those of a ring that is gone round in several fixed orders, at most `num_tokens` times. In a datacenter with two or three racks of equal size, three copies or more and enough tokens, every two nodes of different racks share one, as in practice they do; with more racks nearly all. Which ranges of two datacenters coincide is an assumption as well.',
    '',
    'Proved: for every token range and every consistency that workloads ask for, from where they stand, whether enough replicas are left; how long coordinators take to notice; what is not on disk when replicas lose power together. Failures are not simulated yet. Transient replication, lightweight transactions, joining and leaving nodes are not modelled.',
].join('\n');

export const groupWords: Engine['groupWords'] = [
    {
        word: 'keyspace',
        form: 'numbered-shards',
        ownCount: rangeCount,
        placedWord: 'range',
        replicasCount: 'all',
        defaultReplicas: 1,
        replicasSetting: 'default_keyspace_rf',
        leaderless: true,
        documentation:
            'A keyspace: `replicas us-east-1 3, eu-west-1 3` says how many copies each datacenter keeps; with a single datacenter `replicas 3` is enough. Its shards are token ranges, numbered from 0, one for each set of replicas that is looked at; their number follows from the nodes and `num_tokens`. `range 0 on n-1, n-2, n-3` places ranges by hand, and then only these are looked at.',
    },
];

export const snippet = [
    'nodes ${1:n}-[1..6] across zones',
    'keyspace ${2:data} {',
    '    replicas 3',
    '    settings { replication = NetworkTopologyStrategy }',
    '}',
].join('\n');
