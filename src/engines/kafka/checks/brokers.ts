/** Settings of the brokers that contradict each other or the size of the cluster. */
import { counted, listed, setDuration, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useSetting } from '../../shared/checks/fixes.js';
import { isBroker } from '../roles.js';

/** A broker is to miss at least this many heartbeats before it is given up. */
const HEARTBEATS = 3;

export function checkTimers(context: EngineContext): readonly Finding[] {
    return [...shortSession(context), ...shortLag(context)];
}

function shortSession(context: EngineContext): readonly Finding[] {
    const session = context.duration('broker.session.timeout.ms');
    const heartbeat = context.duration('broker.heartbeat.interval.ms');
    if (session >= HEARTBEATS * heartbeat) {
        return [];
    }
    const enough = String(HEARTBEATS * heartbeat);
    return [
        {
            code: 'kafka/short-session',
            severity: 'warning',
            message: `A broker of ${context.cluster.name} sends a heartbeat every ${setDuration(heartbeat)} and is given up after ${setDuration(session)}: one or two that are late cost it all its leaderships.`,
            help: `Set \`broker.session.timeout.ms\` to at least ${enough}, three heartbeats.`,
            source: sourceOf(context, 'broker.session.timeout.ms', 'broker.heartbeat.interval.ms'),
            fixes: [useSetting(context.cluster.source, 'broker.session.timeout.ms', enough)],
        },
    ];
}

/** A follower that waits for news at its leader has not caught up anew for as long as it waits. */
function shortLag(context: EngineContext): readonly Finding[] {
    const lag = context.duration('replica.lag.time.max.ms');
    const wait = context.duration('replica.fetch.wait.max.ms');
    if (lag >= 2 * wait) {
        return [];
    }
    return [
        {
            code: 'kafka/short-replica-lag',
            severity: 'warning',
            message: `Followers in ${context.cluster.name} may wait ${setDuration(wait)} at their leader for news and are out of sync after ${setDuration(lag)}: replicas leave and rejoin the in-sync set without any failure.`,
            help: `Set \`replica.lag.time.max.ms\` to at least ${String(2 * wait)}; the default is 30000.`,
            source: sourceOf(context, 'replica.lag.time.max.ms', 'replica.fetch.wait.max.ms'),
            fixes: [useSetting(context.cluster.source, 'replica.lag.time.max.ms', '30000')],
        },
    ];
}

const INTERNAL_TOPICS = [
    { key: 'offsets.topic.replication.factor', topic: '__consumer_offsets', use: 'consumer groups' },
    { key: 'transaction.state.log.replication.factor', topic: '__transaction_state', use: 'transactions' },
] as const;

/** Topics that Kafka makes for itself when they are first used. */
export function checkInternalTopics(context: EngineContext): readonly Finding[] {
    const brokers = context.cluster.members.filter(isBroker).length;
    if (brokers === 0) {
        return [];
    }
    const wanted = INTERNAL_TOPICS.map((each) => ({ ...each, replicas: context.number(each.key) }));
    const tooMany = wanted.filter(({ replicas }) => replicas > brokers);
    const single = wanted.filter(({ replicas }) => replicas === 1 && brokers > 1);
    const topics = (some: typeof wanted): string => listed(some.map(({ topic }) => topic));
    const finding = (some: typeof wanted, message: string): Finding[] =>
        some.length === 0
            ? []
            : [
                  {
                      code: 'kafka/internal-topic-replicas',
                      severity: 'warning',
                      message,
                      help: `Set ${listed(some.map(({ key }) => `\`${key} = ${String(Math.min(3, brokers))}\``))}.`,
                      source: sourceOf(context, ...some.map(({ key }) => key)),
                      fixes: some.map(({ key }) =>
                          useSetting(context.cluster.source, key, String(Math.min(3, brokers))),
                      ),
                  },
              ];
    return [
        ...finding(
            tooMany,
            `${topics(tooMany)} ${tooMany.length === 1 ? 'wants' : 'want'} more replicas than the ${counted(brokers, 'broker')} of ${context.cluster.name}, so Kafka cannot create ${tooMany.length === 1 ? 'it' : 'them'}: ${listed(tooMany.map(({ use }) => use))} do not work.`,
        ),
        ...finding(
            single,
            `${topics(single)} ${single.length === 1 ? 'has' : 'have'} one replica: while its broker is down, ${listed(single.map(({ use }) => use))} that rest on it stop.`,
        ),
    ];
}

/** Where one of these keys is written; the cluster where none is. */
function sourceOf(context: EngineContext, ...keys: readonly string[]): Finding['source'] {
    const [written] = keys.flatMap((key) => context.written(key) ?? []);
    return written?.source ?? context.cluster.source;
}
