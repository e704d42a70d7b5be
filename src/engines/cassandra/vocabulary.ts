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
    'Simulated: every node as coordinator, and drivers that prefer those of their own region; gossip and the judgement of silence by each node itself (phi accrual; a closed connection is no news to it, a clean stop is announced); what each consistency waits for, unavailable at once where too few replicas are marked as up, timeouts where a silent one is not marked as down yet; the nearest replicas, speculative retry and replicas that let a coordinator wait; hints, their window, their loss and their delivery; reads that miss an acknowledged write (a read counts as stale if what answers it lacks any that was acknowledged in its range); the commit log that is not on disk when power is lost; starts, and disks that are lost.',
    '',
    'Proved: for every token range and every consistency that workloads ask for, from where they stand, whether enough replicas are left; how long coordinators take to notice; what a common loss of power costs.',
    '',
    'Assumed: a message takes 1 ms; connections carry at once when a cut heals, where TCP first waits for as long again as it has tried in vain, up to `internode_tcp_user_timeout`; heartbeats arrive once a second; a start takes 20 s until gossip; hints are 1 KiB; the 99th percentile of reads is 10 ms; the commit log is mapped into memory, so that a process that dies loses nothing of it; a copy that is up and reached has a write at once; drivers coordinate in a datacenter that holds the keyspace. Clients that stand in none of these are taken for many drivers: their requests take the datacenters in turn, and a retry stays in the one where the request began, so each of them must serve.',
    '',
    'Not modelled: read repair and `nodetool repair` (a replica that lost power lacks what was not in its commit log, and whoever is kept no hint for lacks that, until the end of the run), and what is deleted; data from before the scenario; lightweight transactions (SERIAL and LOCAL_SERIAL count the replicas of their quorum like other levels; Paxos, its contention and its timeouts are not simulated), batches, counters and scans; transient replication; joining, leaving and replacing nodes; clocks that differ.',
].join('\n');

export const groupWords: Engine['groupWords'] = [
    {
        word: 'keyspace',
        form: 'numbered-shards',
        ownCount: rangeCount,
        placedWord: 'range',
        replicasCount: 'all',
        defaultReplicas: 1,
        ignoresSpread: {
            why: 'the strategy of `replication` decides: NetworkTopologyStrategy puts copies into different racks, which are the zones unless a node has a `rack`',
            instead: 'Remove it, and use NetworkTopologyStrategy.',
        },
        replicasSetting: 'default_keyspace_rf',
        systemKeys: { replicas: ['default_keyspace_rf', 'replication_factor'] },
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
