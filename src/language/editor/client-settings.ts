import type { SettingSpec } from '../../engines/index.js';

const ASSUMED = { title: 'Faultline’s own client', unconfirmed: true };

/** What every workload may say behind `with`, whatever it asks. */
export const CLIENT_SETTINGS: readonly SettingSpec[] = [
    {
        key: 'timeout',
        type: { kind: 'duration', unit: 'ms' },
        default: 1000,
        scope: ['client'],
        documentation: 'How long a client waits for an answer before the request counts as failed or is tried again.',
        source: ASSUMED,
        modelled: true,
    },
    {
        key: 'retries',
        type: { kind: 'number', minimum: 0 },
        default: 1,
        scope: ['client'],
        documentation:
            'How often a failed request is tried again, each time on the next address with a fresh connection.',
        source: ASSUMED,
        modelled: true,
    },
];
