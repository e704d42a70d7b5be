/** What a workload says behind `with`: the keys of producers and consumers. */
import type { SettingSpec } from '../../engine.js';
import { PRODUCER } from '../sources.js';
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
            'How long a producer goes on trying to deliver one record, all retries included, before it reports failure.',
        source: PRODUCER,
        modelled: false,
    },
    {
        key: 'request.timeout.ms',
        type: MILLISECONDS,
        default: 30_000,
        scope: ['client', 'cluster', 'node'],
        documentation: 'How long a client, or a broker that asks another one, waits for the answer to one request.',
        source: PRODUCER,
        modelled: false,
    },
    {
        key: 'retries',
        type: { kind: 'number', minimum: 0 },
        default: 2_147_483_647,
        scope: ['client'],
        documentation:
            'How often a producer repeats a request that failed in a way that may pass. `delivery.timeout.ms` ends it sooner in practice.',
        source: PRODUCER,
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
