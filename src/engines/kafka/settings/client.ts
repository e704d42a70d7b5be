/** What a workload says behind `with`: the keys of producers and consumers. */
import type { SettingSpec } from '../../engine.js';
import { CLIENT_SOURCE, CONSUMER, PRODUCER, RETRY_BACKOFF, SETUP_TIMEOUT } from '../sources.js';
import { BOOLEAN, MILLISECONDS } from './types.js';

export const client: readonly SettingSpec[] = [
    {
        key: 'acks',
        type: { kind: 'enum', values: ['all', '-1', '1', '0'] },
        default: 'all',
        scope: ['client'],
        documentation:
            'What a producer waits for. `all` (or `-1`): every in-sync replica has the write, and `min.insync.replicas` of them are required. `1`: the leader has it; it is lost if the leader dies before a follower has copied it. `0`: nothing; it may be lost on the way.',
        source: PRODUCER,
        modelled: true,
    },
    {
        key: 'delivery.timeout.ms',
        type: MILLISECONDS,
        default: 120_000,
        scope: ['client'],
        documentation:
            'How long a producer goes on trying to deliver one record, waiting and retries included, before it reports failure. It must be at least `linger.ms` and `request.timeout.ms` together; the producer refuses to start otherwise. Where a workload says this, `request.timeout.ms` or `retries`, a write fails as Kafka’s own rules have it; otherwise `timeout` and `retries` count, which are an assumption. For reads it plays no part.',
        source: PRODUCER,
        modelled: true,
    },
    {
        key: 'request.timeout.ms',
        type: MILLISECONDS,
        default: 30_000,
        scope: ['client', 'cluster', 'node'],
        documentation:
            'How long a client, or a broker that asks another one, waits for the answer to one request. A producer then gives the connection up with all that it has sent over it, asks another broker who leads, and sends again. Simulated for a workload’s writes; for reads and for brokers it plays no part.',
        source: CLIENT_SOURCE,
        modelled: true,
    },
    {
        key: 'retries',
        type: { kind: 'number', minimum: 0, maximum: 2_147_483_647 },
        default: 2_147_483_647,
        scope: ['client'],
        documentation:
            'How often a producer repeats a request that failed in a way that may pass. `delivery.timeout.ms` ends it sooner in practice. A request whose connection was lost counts as one that failed; a record that waits for a leader has not been tried. A workload that says `timeout` as well, and none of Kafka’s own times, means the retries of every client: on the next address, ten times at once and then with pauses of 1 s.',
        source: PRODUCER,
        modelled: true,
    },
    {
        key: 'linger.ms',
        type: MILLISECONDS,
        default: 0,
        defaultsSince: [{ since: '4.0', value: 5 }],
        scope: ['client'],
        documentation: 'How long a producer waits for more records to send together. That wait is not simulated.',
        source: PRODUCER,
        modelled: false,
    },
    {
        key: 'max.block.ms',
        type: MILLISECONDS,
        default: 60_000,
        scope: ['client'],
        documentation:
            'How long `send()` blocks while the producer knows no leaders yet or its `buffer.memory` is full. Producers are simulated as knowing the topic from the start and having room, so it plays no part.',
        source: PRODUCER,
        modelled: false,
    },
    {
        key: 'buffer.memory',
        type: { kind: 'number', minimum: 0 },
        default: 33_554_432,
        scope: ['client'],
        documentation:
            'Bytes of records that a producer holds back. When they are full, `send()` blocks for `max.block.ms` and fails. Records have no size here, so it plays no part.',
        source: PRODUCER,
        modelled: false,
    },
    {
        key: 'max.in.flight.requests.per.connection',
        type: { kind: 'number', minimum: 1 },
        default: 5,
        scope: ['client'],
        documentation:
            'How many requests a producer sends to one broker before it has an answer. Further records wait inside the producer, and are not lost with the connection. Simulated where a producer’s patience follows Kafka’s own rules: see `delivery.timeout.ms`.',
        source: PRODUCER,
        modelled: true,
    },
    {
        key: 'retry.backoff.ms',
        type: MILLISECONDS,
        default: 100,
        scope: ['client'],
        documentation:
            'The pause before a request that failed is sent again, and before metadata is asked for again. From 3.7 on it doubles with each failure in a row, give or take a fifth. Simulated where a producer’s patience follows Kafka’s own rules: see `delivery.timeout.ms`.',
        source: RETRY_BACKOFF,
        modelled: true,
    },
    {
        key: 'retry.backoff.max.ms',
        type: MILLISECONDS,
        default: undefined,
        defaultsSince: [{ since: '3.7', value: 1000 }],
        since: { version: '3.7', source: RETRY_BACKOFF },
        scope: ['client'],
        documentation: 'The longest such pause.',
        source: RETRY_BACKOFF,
        modelled: true,
    },
    {
        key: 'socket.connection.setup.timeout.ms',
        type: MILLISECONDS,
        default: 10_000,
        scope: ['client'],
        documentation:
            'How long a connection to a broker may take to come about. It doubles with each failure in a row, give or take a fifth. A producer that has lost a connection to a silent host opens a new one and asks who leads only when that has failed. Simulated where a producer’s patience follows Kafka’s own rules: see `delivery.timeout.ms`.',
        source: SETUP_TIMEOUT,
        modelled: true,
    },
    {
        key: 'socket.connection.setup.timeout.max.ms',
        type: MILLISECONDS,
        default: 30_000,
        scope: ['client'],
        documentation: 'The longest such wait.',
        source: SETUP_TIMEOUT,
        modelled: true,
    },
    {
        key: 'default.api.timeout.ms',
        type: MILLISECONDS,
        default: 60_000,
        scope: ['client'],
        documentation:
            'How long calls of a consumer that take no time limit of their own may last. A read counts as failed as `timeout` and `retries` say.',
        source: CONSUMER,
        modelled: false,
    },
    {
        key: 'client.rack',
        type: { kind: 'text' },
        default: '',
        scope: ['client'],
        documentation:
            'The rack of a consumer, so that it may fetch from a follower that stands there. Reads from followers are not simulated: they go to the leader.',
        source: CONSUMER,
        modelled: false,
    },
    {
        key: 'enable.idempotence',
        type: BOOLEAN,
        default: true,
        scope: ['client'],
        documentation:
            'Whether the broker recognises repeated records, so that a retry neither doubles nor reorders them. It needs `acks=all`.',
        source: PRODUCER,
        modelled: false,
    },
    {
        key: 'metadata.max.age.ms',
        type: MILLISECONDS,
        default: 300_000,
        scope: ['client'],
        documentation:
            'How long a client believes what it knows about leaders without asking again. An error from a broker makes it ask at once.',
        source: PRODUCER,
        modelled: true,
    },
];
