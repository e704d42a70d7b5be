/** Pages about controllers, brokers and clients. */
import type { CodeSpec } from '../../engine.js';
import { BROKER, KRAFT, KRAFT_SOURCE, OPERATIONS, PRODUCER, REPLICATION_SOURCE } from '../sources.js';
import { BROKERS, CONTROLLERS, file, LOSE_NOTHING, settings, SOUND_TOPIC } from './file.js';

const SOUND = file([CONTROLLERS, BROKERS, SOUND_TOPIC]);

export const clusterCodes: readonly CodeSpec[] = [
    {
        code: 'kafka/no-controller',
        title: 'A cluster without controllers',
        why: 'Brokers register with the controllers before they serve anything, and these decide who leads. Without one the cluster does not start.',
        fix: 'Add three controllers in three zones.',
        example: file([BROKERS, SOUND_TOPIC]),
        remedy: SOUND,
        source: KRAFT,
    },
    {
        code: 'kafka/too-few-controllers',
        title: 'Fewer than three controllers',
        why: 'The controllers decide by majority. Of one or two, none may fail: then no partition gets a new leader. Two are worse than one, since either may fail.',
        fix: 'Use three controllers.',
        example: file(['nodes ctl-[1..2] across zones as controller', BROKERS, SOUND_TOPIC]),
        remedy: SOUND,
        source: KRAFT,
    },
    {
        code: 'kafka/even-controllers',
        title: 'An even number of controllers',
        why: 'The controllers decide by majority, so an even number tolerates no more failures than the odd number below it.',
        fix: 'Use one controller fewer or one more: three or five.',
        example: file(['nodes ctl-[1..4] across zones as controller', BROKERS, SOUND_TOPIC]),
        remedy: SOUND,
        source: KRAFT,
    },
    {
        code: 'kafka/majority-in-one-zone',
        title: 'One zone holds half of the controllers or more',
        why: 'If that zone fails, the rest are no majority: leaders that die are not replaced, and nothing about the cluster can be changed.',
        fix: 'Spread the controllers over at least three zones.',
        example: file(['nodes ctl-[1..3] across us-east-1.a, us-east-1.b as controller', BROKERS, SOUND_TOPIC]),
        remedy: SOUND,
        source: KRAFT,
    },
    {
        code: 'kafka/combined-roles',
        title: 'Nodes that are broker and controller at once',
        why: 'Load on a broker then slows the controllers, and neither can be restarted or scaled without the other. Kafka advises against it for critical use. A node without `as` is both.',
        fix: 'Give the controllers nodes of their own, or accept it for a small cluster with `waive`.',
        example: file(['nodes k-[1..3] across zones', SOUND_TOPIC]),
        remedy: SOUND,
        source: KRAFT,
    },
    {
        code: 'kafka/rack-on-some-brokers',
        title: 'Only some brokers have a rack',
        why: 'Brokers without one count as a rack of their own wherever they stand, so replicas that seem to be spread may share a zone.',
        fix: 'Let every broker stand in a zone, or give each a `rack`.',
        example: file([CONTROLLERS, BROKERS, 'node brk-4 as broker', SOUND_TOPIC]),
        remedy: file([CONTROLLERS, BROKERS, 'node brk-4 in us-east-1.a as broker', SOUND_TOPIC]),
        source: OPERATIONS,
    },
    {
        code: 'kafka/internal-topic-replicas',
        title: 'Internal topics with one replica, or with more than there are brokers',
        why: 'Consumer groups and transactions rest on topics that Kafka makes for itself. With more replicas than brokers they cannot be created; with one, a single broker stops whoever rests on it.',
        fix: 'Set the replication factors of the internal topics to three, or to the number of brokers where there are fewer.',
        example: file([CONTROLLERS, BROKERS, SOUND_TOPIC, settings('offsets.topic.replication.factor = 1')]),
        remedy: SOUND,
        source: BROKER,
    },
    {
        code: 'kafka/short-session',
        title: 'A session shorter than three heartbeats',
        why: 'One or two heartbeats that are late, after a long garbage collection for instance, then cost a healthy broker all its leaderships.',
        fix: 'Let `broker.session.timeout.ms` be at least three times `broker.heartbeat.interval.ms`.',
        example: file([CONTROLLERS, BROKERS, SOUND_TOPIC, settings('broker.session.timeout.ms = 3000')]),
        remedy: SOUND,
        source: KRAFT_SOURCE,
    },
    {
        code: 'kafka/short-replica-lag',
        title: 'Followers are given up while they wait for news',
        why: 'A follower may wait `replica.fetch.wait.max.ms` at its leader. If it is out of sync after less than twice that, replicas leave and rejoin the in-sync set without any failure.',
        fix: 'Raise `replica.lag.time.max.ms`; the default is 30000.',
        example: file([CONTROLLERS, BROKERS, SOUND_TOPIC, settings('replica.lag.time.max.ms = 600')]),
        remedy: SOUND,
        source: REPLICATION_SOURCE,
    },
    {
        code: 'kafka/delivery-timeout-too-short',
        title: 'A producer has less time for a record than one request may take',
        why: 'A producer waits for `linger.ms` and then for up to `request.timeout.ms`, 30 s unless set, for the answer to one request. With a shorter `delivery.timeout.ms` it reports a configuration error and does not start.',
        fix: 'Set `delivery.timeout.ms` to at least `linger.ms` and `request.timeout.ms` together.',
        example: file(
            [CONTROLLERS, BROKERS, SOUND_TOPIC],
            'workload checkout { writes orders.payments 200/s with acks = all, delivery.timeout.ms = 10000 }',
        ),
        remedy: file(
            [CONTROLLERS, BROKERS, SOUND_TOPIC],
            'workload checkout { writes orders.payments 200/s with acks = all, delivery.timeout.ms = 10000, request.timeout.ms = 4000 }',
        ),
        source: PRODUCER,
    },
    {
        code: 'kafka/acks-lose-writes',
        title: 'A producer does not wait for followers where no write may be lost',
        why: 'With `acks=1` a write is lost if the leader dies before a follower has copied it; with `acks=0` it may be lost on the way as well.',
        fix: 'Use `acks = all`, or allow the loss in the objective.',
        example: file(
            [CONTROLLERS, BROKERS, SOUND_TOPIC],
            'workload checkout { writes orders.payments 200/s with acks = 1 }',
            LOSE_NOTHING,
        ),
        remedy: file(
            [CONTROLLERS, BROKERS, SOUND_TOPIC],
            'workload checkout { writes orders.payments 200/s with acks = all }',
            LOSE_NOTHING,
        ),
        source: PRODUCER,
    },
];
