import type { Setting } from '../../topology/index.js';
import type { Engine, SettingSpec } from '../engine.js';
import { settingProblem } from '../settings.js';

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
            'How often a failed request is tried again, each time on the next address with a fresh connection. Ten tries follow one another at once; a client that has more pauses for 1 s before each of them.',
        source: ASSUMED,
        modelled: true,
    },
];

/** What a workload may say behind `with` to a system: the system's own keys, and those of every client. */
export function clientSettingsOf(engine: Engine | undefined): readonly SettingSpec[] {
    const own = engine?.settings.filter(({ scope }) => scope.includes('client')) ?? [];
    return [...own, ...CLIENT_SETTINGS.filter(({ key }) => !own.some((spec) => spec.key === key))];
}

/** As {@link settingProblem}, and what no client can do whatever it asks: wait for no time, or try half a time. */
export function clientSettingProblem(spec: SettingSpec, setting: Setting): string | undefined {
    const problem = settingProblem(spec, setting);
    const [value] = setting.values;
    if (problem !== undefined || value?.kind !== 'number') return problem;
    if (spec.key === 'timeout' && value.value === 0) {
        return "'timeout' takes a duration of more than 0, because a client that does not wait gets no answer.";
    }
    if (spec.key === 'retries' && !Number.isInteger(value.value)) {
        return `'retries' takes a whole number, but ${value.text} is none.`;
    }
    return undefined;
}
