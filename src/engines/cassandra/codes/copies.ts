/** Pages about keyspaces: datacenters, copies and racks. */
import type { CodeSpec } from '../../engine.js';
import { CONSISTENCY, DEFINITION, DYNAMO, TOPOLOGY_STRATEGY } from '../sources.js';
import { app, file, keyspace, SIX_MORE, SIX_NODES, THREE_COPIES, THREE_IN_EACH, twoRegions } from './file.js';

const SOUND = file([SIX_NODES, THREE_COPIES]);
const SOUND_IN_TWO = twoRegions([SIX_NODES, SIX_MORE, THREE_IN_EACH]);
const TWO_RACKS = 'nodes use-[1..6] across us-east-1.a, us-east-1.b';

export const copyCodes: readonly CodeSpec[] = [
    {
        code: 'cassandra/simple-strategy-datacenters',
        title: 'SimpleStrategy in several datacenters',
        why: 'It takes the next nodes of the ring, whatever datacenter or rack they are in: a range may have no copy in one of the datacenters, and LOCAL_QUORUM no longer counts local copies.',
        fix: 'Use NetworkTopologyStrategy and say how many copies each datacenter keeps.',
        example: twoRegions([SIX_NODES, SIX_MORE, keyspace('replicas 3', 'settings { replication = SimpleStrategy }')]),
        remedy: SOUND_IN_TWO,
        source: DYNAMO,
    },
    {
        code: 'cassandra/replicas-without-datacenter',
        title: 'One number of copies for several datacenters',
        why: 'NetworkTopologyStrategy counts copies for each datacenter. Newer releases take one number for every datacenter, older ones refuse it, so the file does not say what is meant.',
        fix: 'Name each datacenter with its copies.',
        example: twoRegions([SIX_NODES, SIX_MORE, THREE_COPIES]),
        remedy: SOUND_IN_TWO,
        source: DEFINITION,
    },
    {
        code: 'cassandra/unknown-datacenter',
        title: 'Copies in a datacenter without nodes',
        why: 'Datacenters are regions with nodes of the cluster. Copies elsewhere have nowhere to be: newer releases refuse the keyspace, older ones keep fewer copies than it says.',
        fix: 'Name only regions in which the cluster has nodes, and no zones.',
        example: twoRegions([SIX_NODES, THREE_IN_EACH]),
        remedy: SOUND_IN_TWO,
        source: DEFINITION,
    },
    {
        code: 'cassandra/replication-above-nodes',
        title: 'More copies than a datacenter has nodes',
        why: 'Cassandra takes the keyspace and keeps as many copies as it has nodes. Quorums are still counted from what was asked for, so they bear fewer failures, or none.',
        fix: 'Add nodes, or keep fewer copies.',
        example: file(['nodes use-[1..3] across us-east-1', keyspace('replicas 5')]),
        remedy: file(['nodes use-[1..3] across us-east-1', THREE_COPIES]),
        source: TOPOLOGY_STRATEGY,
    },
    {
        code: 'cassandra/one-replica',
        title: 'A keyspace with one copy',
        why: 'While the node that has a range is down, that part of the data can be neither read nor written; if its disk is lost, so is the data.',
        fix: 'Keep three copies, in three racks.',
        example: file([SIX_NODES, keyspace('replicas 1')]),
        remedy: SOUND,
        source: DYNAMO,
    },
    {
        code: 'cassandra/quorum-of-two',
        title: 'A quorum of two copies',
        why: 'More than half of two is both. While either node is down no quorum can be had, so the second copy makes quorums less available, not more.',
        fix: 'Keep three copies, of which a quorum is two.',
        example: file([SIX_NODES, keyspace('replicas 2')], app('LOCAL_QUORUM', 'LOCAL_QUORUM')),
        remedy: file([SIX_NODES, THREE_COPIES], app('LOCAL_QUORUM', 'LOCAL_QUORUM')),
        source: CONSISTENCY,
    },
    {
        code: 'cassandra/even-replication',
        title: 'An even number of copies',
        why: 'A quorum is more than half, so an even number of copies bears the loss of no more of them than the odd number below it.',
        fix: 'Keep one copy fewer or one more.',
        example: file([SIX_NODES, keyspace('replicas 2')], app('LOCAL_ONE', 'LOCAL_ONE')),
        remedy: file([SIX_NODES, THREE_COPIES], app('LOCAL_ONE', 'LOCAL_ONE')),
        source: CONSISTENCY,
    },
    {
        code: 'cassandra/rack-breaks-quorum',
        title: 'One rack can take a quorum with it',
        why: 'If a rack holds too many copies of a range, those that are left when it fails are no quorum, and reads and writes with a quorum fail for that range.',
        fix: 'Spread the nodes over as many racks as there are copies, and use NetworkTopologyStrategy.',
        example: file([TWO_RACKS, THREE_COPIES]),
        remedy: SOUND,
        source: DYNAMO,
    },
    {
        code: 'cassandra/racks-below-replication',
        title: 'Several racks, but fewer than copies',
        why: 'Copies go to different racks while there are any. With fewer racks than copies some hold several, and which they are follows from random tokens.',
        fix: 'Use as many racks as copies, or a single one.',
        example: file([TWO_RACKS, THREE_COPIES], app('LOCAL_ONE', 'LOCAL_ONE')),
        remedy: file([SIX_NODES, THREE_COPIES], app('LOCAL_ONE', 'LOCAL_ONE')),
        source: DYNAMO,
    },
];
