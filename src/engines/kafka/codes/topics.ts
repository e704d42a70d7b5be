/** Pages about topics: replicas, in-sync replicas and their places. */
import type { CodeSpec } from '../../engine.js';
import { ELIGIBLE_LEADERS, KRAFT, OPERATIONS, PARTITION_SOURCE, REPLICATION_DESIGN, TOPIC } from '../sources.js';
import { BROKERS, CONTROLLERS, file, inPlaces, LOSE_NOTHING, settings, SOUND_TOPIC, topic } from './file.js';

const SIX_IN_TWO_ZONES = 'nodes brk-[1..6] across us-east-1.a, us-east-1.b as broker';
/** Whoever waits for the leader alone is not stopped by replicas that are missing. */
const LEADER_ALONE = 'workload checkout { writes orders.payments 200/s with acks = 1 }';
const RACKS = [
    'node brk-1 in us-east-1.a as broker { rack r1 }',
    'node brk-2 in us-east-1.b as broker { rack r1 }',
    'node brk-3 in us-east-1.c as broker { rack r1 }',
    'node brk-4 in us-east-1.a as broker { rack r2 }',
];

export const topicCodes: readonly CodeSpec[] = [
    {
        code: 'kafka/one-replica',
        title: 'A topic with one replica',
        why: 'While the only broker of a partition is down it can be neither read nor written, and a lost disk takes the data with it.',
        fix: 'Use three replicas, two of which must be in sync.',
        example: file([CONTROLLERS, BROKERS, 'topic payments']),
        remedy: file([CONTROLLERS, BROKERS, SOUND_TOPIC]),
        source: REPLICATION_DESIGN,
    },
    {
        code: 'kafka/min-insync-equals-replicas',
        title: 'All replicas must be in sync',
        why: 'Writes with `acks=all` need `min.insync.replicas` replicas in sync. If that is all of them, one broker that is down, even for a planned restart, stops the writes.',
        fix: 'Require one replica fewer than there are; with two replicas, use three and require two.',
        example: file([CONTROLLERS, BROKERS, topic('replicas 3', settings('min.insync.replicas = 3'))]),
        remedy: file([CONTROLLERS, BROKERS, SOUND_TOPIC]),
        source: TOPIC,
    },
    {
        code: 'kafka/min-insync-above-replicas',
        title: 'More replicas must be in sync than there are',
        why: 'From 3.7 on brokers require all replicas then, so that one that is down stops writes with `acks=all`; older ones refuse such writes always. Either way it is not what was meant.',
        fix: 'Require one replica fewer than the topic has.',
        example: file([CONTROLLERS, BROKERS, topic('replicas 3', settings('min.insync.replicas = 4'))]),
        remedy: file([CONTROLLERS, BROKERS, SOUND_TOPIC]),
        source: PARTITION_SOURCE,
    },
    {
        code: 'kafka/min-insync-one',
        title: 'One in-sync replica is enough for acks=all',
        why: '`acks=all` waits for all replicas that are in sync, and that may be the leader alone. A write acknowledged then has one copy and is lost with that disk.',
        fix: 'Use three replicas with `min.insync.replicas = 2`.',
        example: file([CONTROLLERS, BROKERS, topic('replicas 3')]),
        remedy: file([CONTROLLERS, BROKERS, SOUND_TOPIC]),
        source: REPLICATION_DESIGN,
    },
    {
        code: 'kafka/unclean-election-loses-writes',
        title: 'Unclean election where no write may be lost',
        why: 'A replica that is not in sync lacks acknowledged writes. When it leads, the others drop these writes, too.',
        fix: 'Switch unclean election off for the topic, or allow the loss in the objective.',
        example: file(
            [
                CONTROLLERS,
                BROKERS,
                topic('replicas 3', settings('min.insync.replicas = 2', 'unclean.leader.election.enable = true')),
            ],
            LOSE_NOTHING,
        ),
        remedy: file([CONTROLLERS, BROKERS, SOUND_TOPIC], LOSE_NOTHING),
        source: ELIGIBLE_LEADERS,
    },
    {
        code: 'kafka/replica-on-controller',
        title: 'A replica on a node that is no broker',
        why: 'A node that is a controller only holds no partitions, so the assignment is refused.',
        fix: 'Name a broker, or give the node the role of a broker as well.',
        example: file([
            CONTROLLERS,
            BROKERS,
            topic('partition 0 on brk-1, brk-2, ctl-3', settings('min.insync.replicas = 2')),
        ]),
        remedy: file([
            CONTROLLERS,
            BROKERS,
            topic('partition 0 on brk-1, brk-2, brk-3', settings('min.insync.replicas = 2')),
        ]),
        source: KRAFT,
    },
    {
        code: 'kafka/replicas-in-one-rack',
        title: 'All replicas of a partition in one rack',
        why: 'What fails with the rack takes every replica of the partition at once.',
        fix: 'Move a replica to a broker in another rack.',
        example: file([
            CONTROLLERS,
            ...RACKS,
            topic('partition 0 on brk-1, brk-2, brk-3', settings('min.insync.replicas = 2')),
        ]),
        remedy: file([
            CONTROLLERS,
            ...RACKS,
            topic('partition 0 on brk-4, brk-2, brk-3', settings('min.insync.replicas = 2')),
        ]),
        source: OPERATIONS,
    },
    {
        code: 'kafka/zone-blocks-writes',
        title: 'The loss of one zone stops writes',
        why: 'If a zone holds more replicas than the topic can spare, too few are in sync once it is gone, and writes with `acks=all` are refused until it is back.',
        fix: 'Spread the brokers over at least as many zones as there are replicas.',
        example: file([CONTROLLERS, SIX_IN_TWO_ZONES, SOUND_TOPIC]),
        remedy: file([CONTROLLERS, BROKERS, SOUND_TOPIC]),
        source: OPERATIONS,
    },
    {
        code: 'kafka/fewer-racks-than-replicas',
        title: 'Fewer racks than replicas where a zone may be lost',
        why: 'Replicas are spread over the racks, which are zones unless a node says otherwise. With fewer racks than replicas one of them holds several, and its loss takes them together.',
        fix: 'Let the brokers stand in at least as many zones as there are replicas.',
        example: file(
            [CONTROLLERS, SIX_IN_TWO_ZONES, SOUND_TOPIC],
            LEADER_ALONE,
            'objective zone-loss for orders { tolerate any 1 zone for reads }',
        ),
        remedy: file(
            [CONTROLLERS, BROKERS, SOUND_TOPIC],
            LEADER_ALONE,
            'objective zone-loss for orders { tolerate any 1 zone for reads }',
        ),
        source: OPERATIONS,
    },
    {
        code: 'kafka/acks-across-regions',
        title: 'Every write waits for another region',
        why: 'If no region holds as many replicas as must be in sync, a write with `acks=all` is only taken once another region has it: each takes a round trip between regions, and none succeeds while they are apart.',
        fix: 'Keep a cluster inside one region and replicate between clusters, or put enough replicas of a partition into one region.',
        example: inPlaces(
            ['region us-east-1 { zone a }', 'region us-east-2 { zone a }', 'region us-west-2 { zone a }'],
            [
                'nodes ctl-[1..3] across us-east-1, us-east-2, us-west-2 as controller',
                'nodes brk-[1..3] across us-east-1, us-east-2, us-west-2 as broker',
                SOUND_TOPIC,
            ],
        ),
        remedy: file([CONTROLLERS, BROKERS, SOUND_TOPIC]),
        source: OPERATIONS,
    },
];
