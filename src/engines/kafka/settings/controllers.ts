/** The controllers, and how they notice that a broker or one of themselves is gone. */
import type { SettingSpec } from '../../engine.js';
import { ELIGIBLE_LEADERS, KRAFT_SOURCE, QUORUM_SOURCE } from '../sources.js';
import { BROKERS, MILLISECONDS } from './types.js';

export const controllers: readonly SettingSpec[] = [
    {
        key: 'broker.session.timeout.ms',
        type: MILLISECONDS,
        default: 9000,
        scope: BROKERS,
        documentation:
            'A broker whose heartbeats the active controller has missed for this long is fenced: it leaves every in-sync set, and its partitions get other leaders. It decides how long writes stop when a leader dies. From 4.0 on the controller looks eight times in a session, so it takes up to an eighth longer.',
        source: KRAFT_SOURCE,
        modelled: true,
    },
    {
        key: 'broker.heartbeat.interval.ms',
        type: MILLISECONDS,
        default: 2000,
        scope: BROKERS,
        documentation: 'How often a broker sends a heartbeat to the active controller.',
        source: KRAFT_SOURCE,
        modelled: true,
    },
    {
        key: 'initial.broker.registration.timeout.ms',
        type: MILLISECONDS,
        default: 60_000,
        scope: BROKERS,
        documentation:
            'A broker that starts and cannot register with an active controller for this long ends itself. It is refused while the session of its last process lasts, and asks again after 100 ms, then after twice as long each time: one that crashed and is back at once serves again some 13 s later with the defaults.',
        source: KRAFT_SOURCE,
        modelled: true,
    },
    {
        key: 'controller.quorum.fetch.timeout.ms',
        type: MILLISECONDS,
        default: 2000,
        scope: BROKERS,
        documentation:
            'A controller that has not fetched from the active one for this long asks the others for their votes. An active controller that no majority fetches from for one and a half times as long resigns (from 3.7).',
        source: QUORUM_SOURCE,
        modelled: true,
    },
    {
        key: 'controller.quorum.election.timeout.ms',
        type: MILLISECONDS,
        default: 1000,
        scope: BROKERS,
        documentation:
            'How long a controller waits for the votes it asked for before it tries again. Each draws its own time between this and twice as long. An election that is decided at the first try does not wait for it.',
        source: QUORUM_SOURCE,
        modelled: true,
    },
    {
        key: 'controller.quorum.election.backoff.max.ms',
        type: MILLISECONDS,
        default: 1000,
        scope: BROKERS,
        documentation: 'The longest random pause after an election that nobody won.',
        source: QUORUM_SOURCE,
        modelled: true,
    },
    {
        key: 'eligible.leader.replicas.version',
        type: { kind: 'number', minimum: 0, maximum: 1 },
        default: 0,
        defaultsSince: [{ since: '4.1', value: 1 }],
        since: { version: '4.0', source: ELIGIBLE_LEADERS },
        scope: ['cluster'],
        documentation:
            'The feature level, set with `kafka-features.sh`, that keeps a list of replicas which left the in-sync set but hold every committed write, so that they may lead without loss. It exists from 4.0, is off there, and is on for new clusters from 4.1. A cluster that was upgraded keeps what it had.',
        source: ELIGIBLE_LEADERS,
        modelled: true,
    },
];
