/** Topics, copies and the leaders of partitions. */
import type { SettingSpec } from '../../engine.js';
import { flushTimeSetting } from '../../shared/page-cache.js';
import { BROKER, OPERATIONS, REPLICATION_SOURCE, SERVER_SOURCE, TOPIC } from '../sources.js';
import { BOOLEAN, BROKERS, COUNT, MILLISECONDS, SECONDS, TOPICS } from './types.js';

export const replication: readonly SettingSpec[] = [
    {
        key: 'min.insync.replicas',
        type: COUNT,
        default: 1,
        scope: TOPICS,
        documentation:
            'How many replicas, the leader among them, must be in sync for a write with `acks=all` to be taken. With `acks=0` or `1` it is not looked at. From 3.7 on no more are asked for than there are; before, such writes were all refused. Three replicas and `2` here go on writing while one broker is down, and every acknowledged write has two copies.',
        source: TOPIC,
        modelled: true,
    },
    {
        key: 'default.replication.factor',
        type: COUNT,
        default: 1,
        scope: ['cluster'],
        documentation: 'Replicas of a topic that does not say how many. All copies count, the leader too.',
        source: BROKER,
        modelled: true,
    },
    {
        key: 'unclean.leader.election.enable',
        type: BOOLEAN,
        default: false,
        scope: TOPICS,
        documentation:
            'Whether a replica that is not in sync may lead when none is left that is. It brings the partition back and drops the acknowledged writes that this replica had not copied.',
        source: TOPIC,
        modelled: true,
    },
    {
        key: 'unclean.leader.election.interval.ms',
        type: MILLISECONDS,
        default: 300_000,
        scope: ['cluster'],
        documentation:
            'How often the controller looks for leaderless partitions that an unclean election could bring back, once it has been switched on while the cluster runs. Where it is on from the start, the election comes with the fencing.',
        source: REPLICATION_SOURCE,
        modelled: false,
    },
    {
        key: 'offsets.topic.replication.factor',
        type: COUNT,
        default: 3,
        scope: ['cluster'],
        documentation:
            'Replicas of `__consumer_offsets`. With fewer brokers than this the topic cannot be made, and consumer groups do not work.',
        source: BROKER,
        modelled: false,
    },
    {
        key: 'transaction.state.log.replication.factor',
        type: COUNT,
        default: 3,
        scope: ['cluster'],
        documentation:
            'Replicas of `__transaction_state`. With fewer brokers than this the topic cannot be made, and transactional producers do not work.',
        source: BROKER,
        modelled: false,
    },
    {
        key: 'transaction.state.log.min.isr',
        type: COUNT,
        default: 2,
        scope: ['cluster'],
        documentation: '`min.insync.replicas` of `__transaction_state`.',
        source: BROKER,
        modelled: false,
    },
    {
        key: 'replica.lag.time.max.ms',
        type: MILLISECONDS,
        default: 30_000,
        scope: BROKERS,
        documentation:
            'A follower that has not caught up with its leader for this long leaves the in-sync set. The leader looks every half of it, so a slow follower is out after one to one and a half times as long. A follower that died is usually removed sooner, when its session with the controller ends.',
        source: REPLICATION_SOURCE,
        modelled: true,
    },
    {
        key: 'replica.fetch.wait.max.ms',
        type: MILLISECONDS,
        default: 500,
        scope: BROKERS,
        documentation: 'How long a leader may hold back the answer to a follower that has nothing new to fetch.',
        source: REPLICATION_SOURCE,
        modelled: false,
    },
    {
        key: 'broker.rack',
        type: { kind: 'text' },
        default: undefined,
        scope: ['node'],
        documentation:
            'The rack that replicas are spread over. Without it the node’s `rack` counts here, and without that its zone.',
        source: OPERATIONS,
        modelled: true,
    },
    {
        key: 'auto.leader.rebalance.enable',
        type: BOOLEAN,
        default: true,
        scope: ['cluster'],
        documentation:
            'Whether leadership goes back to the first listed replica of each partition by itself. Otherwise a broker that was away leads nothing until someone moves it.',
        source: REPLICATION_SOURCE,
        modelled: true,
    },
    {
        key: 'leader.imbalance.check.interval.seconds',
        type: SECONDS,
        default: 300_000,
        scope: ['cluster'],
        documentation: 'How often the controller looks whether leadership should go back to preferred leaders.',
        source: REPLICATION_SOURCE,
        modelled: true,
    },
    {
        key: 'leader.imbalance.per.broker.percentage',
        type: { kind: 'number', minimum: 0, maximum: 100 },
        default: 10,
        scope: ['cluster'],
        documentation:
            'The share of a broker’s partitions, in percent, that others may lead before leadership is moved back. Controllers of KRaft do not look at it: they move every partition back that its first listed replica can lead.',
        source: REPLICATION_SOURCE,
        modelled: false,
    },
    {
        key: 'controlled.shutdown.enable',
        type: BOOLEAN,
        default: true,
        scope: BROKERS,
        documentation: 'Whether a broker that is stopped cleanly hands over its leaderships first.',
        source: SERVER_SOURCE,
        modelled: true,
    },
    {
        key: 'controlled.shutdown.max.retries',
        type: { kind: 'number', minimum: 0 },
        default: 3,
        scope: BROKERS,
        documentation:
            'How often a broker that is stopped asks again for others to lead in its place where nobody grants it, before it ends all the same. Here it asks once, since a stop takes no time.',
        source: SERVER_SOURCE,
        modelled: false,
    },
    {
        key: 'controlled.shutdown.retry.backoff.ms',
        type: MILLISECONDS,
        default: 5000,
        scope: BROKERS,
        documentation: 'The pause before it asks again: see `controlled.shutdown.max.retries`.',
        source: SERVER_SOURCE,
        modelled: false,
    },
    {
        key: 'flush.ms',
        type: MILLISECONDS,
        default: undefined,
        scope: ['group'],
        documentation:
            'How long a write may wait in memory before it is forced to disk. Unset, which is the default, the operating system decides (`assumed.page-cache.flush-time`), and a broker that loses power loses what it had not written. Kafka relies on the other replicas instead.',
        source: TOPIC,
        modelled: true,
    },
    {
        key: 'log.flush.interval.ms',
        type: MILLISECONDS,
        default: undefined,
        scope: BROKERS,
        documentation: '`flush.ms` of topics that do not set it.',
        source: BROKER,
        modelled: true,
    },
    flushTimeSetting('a broker', BROKERS),
];
