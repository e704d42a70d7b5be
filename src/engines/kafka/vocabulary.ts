/** The words of Kafka in a file. */
import type { Engine } from '../engine.js';

export const documentation = [
    '**Apache Kafka** with KRaft controllers. A topic has partitions; each partition has replicas on several brokers, of which the first listed one leads when it can. Clients talk to the leader alone. The controllers, by majority, decide who leads.',
    '',
    'Checked: replicas, in-sync replicas and acknowledgements against what objectives promise; racks, zones and regions of replicas; the controllers; timers that contradict each other; internal topics. Replicas without a place are placed as the striped placer of KRaft does, from a fixed start where Kafka takes a random one. Racks are zones, unless a node says `rack`.',
    '',
    'Simulated: the quorum of the controllers, in which followers fetch, ask for votes and an active controller without a majority resigns; heartbeats, sessions and fencing; leaders chosen from the in-sync set, the eligible replicas, the last known leader or, where allowed, any replica; in-sync sets that shrink by fencing or by the leader’s own check and grow again; the metadata as each broker has read it, so that a leader that is cut off goes on until it learns better; controlled shutdown (others lead before the broker ends, at once; where it finds no active controller it ends without), preferred leaders, `acks`, clients that ask again for a leader, each one broker, and believe what that one knows; producers that say `delivery.timeout.ms`, `request.timeout.ms` or `retries`, with their connections, retries and pauses; writes lost by `acks=1`, by an unclean election, or because no disk had them; `wipe`, which takes all log directories of a broker: its process ends itself, and the next one begins with an empty disk that has been formatted for the cluster.',
    '',
    'Proved: what is still read and written, for how long clients wait and what may be lost when any set of nodes loses power.',
    '',
    'Not simulated: transactions and consumer groups, reads from followers (`client.rack`), bandwidth, `linger.ms`, batches and full buffers of producers, requests that hold up others of the same connection, unclean elections that are switched on while the cluster runs, the time that a process needs to start and a replica to catch up (both happen at once), a controller that loses its disk, links so slow that heartbeats and fetches come later than their timeouts allow (a slow link delays writes by one round trip to the slowest in-sync replica, under load it may be two), that consumers do not see writes of `acks=1` while fewer than `min.insync.replicas` are in sync (from 3.7), how long TCP takes to call again once a cut heals (up to some 4 s in which a leader that was cut off has not heard of its successor: here it hears at once), moving partitions to other brokers, dynamic changes of settings. `acks=0` is treated like `acks=1`. A broker that loses power keeps only what was on its disk: what `flush.ms` or `log.flush.interval.ms` had forced there, and what the operating system had written, which takes up to 35 s by assumption (`assumed.page-cache.flush-time`). A message between two nodes takes 1 ms, which is an assumption. Clusters with ZooKeeper and MirrorMaker are not modelled.',
].join('\n');

export const roles: Engine['roles'] = [
    {
        name: 'broker',
        documentation:
            'Holds partitions and serves clients. A node without `as` is broker and controller at once, like the `server.properties` that Kafka ships.',
    },
    {
        name: 'controller',
        documentation:
            'Votes on the metadata: who is alive, who leads, which topics there are. One is active, the others stand by. It holds no partitions unless it is a `broker` as well.',
    },
];

export const groupWords: Engine['groupWords'] = [
    {
        word: 'topic',
        form: 'numbered-shards',
        countWord: 'partitions',
        placedWord: 'partition',
        replicasCount: 'all',
        defaultReplicas: 1,
        ignoresPlaces: true,
        ignoresSpread: {
            why: 'replicas go to brokers in different racks, which are the zones unless a broker has a `rack`',
            instead: 'Remove it; give the brokers racks, or place partitions by hand.',
        },
        replicasSetting: 'default.replication.factor',
        systemKeys: {
            count: ['num.partitions', 'numPartitions', 'partition_count'],
            replicas: ['default.replication.factor', 'replication.factor', 'replication-factor', 'replication_factor'],
        },
        documentation:
            'A topic: `partitions N` (1 unless said), counted from 0, each with `replicas N` copies in all, the leader among them. Without `replicas` the setting `default.replication.factor` counts. `partition 0 on brk-1, brk-2` places one by hand, the preferred leader first.',
    },
];

export const snippet = [
    'nodes ${1:ctl}-[1..3] across zones as controller',
    'nodes ${2:brk}-[1..6] across zones as broker',
    'topic ${3:events} {',
    '    partitions 12',
    '    replicas 3',
    '    settings { min.insync.replicas = 2 }',
    '}',
].join('\n');
