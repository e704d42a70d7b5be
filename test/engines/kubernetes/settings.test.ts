import { expect, test } from 'vitest';
import { findEngine, settingDefault } from '../../../src/engines/index.js';

const kubernetes = findEngine('kubernetes')!;

function defaultOf(key: string, version = kubernetes.versions.at(-1)!): unknown {
    const spec = kubernetes.settings.find((each) => each.key === key);
    return spec && settingDefault(spec, version);
}

test('the grace period of nodes is 40 s up to 1.31 and 50 s from 1.32 on', () => {
    expect(['1.28', '1.31', '1.31.4', '1.32', '1.36'].map((v) => defaultOf('node-monitor-grace-period', v))).toEqual([
        40_000, 40_000, 40_000, 50_000, 50_000,
    ]);
});

test.each([
    ['node-monitor-period', 5_000],
    ['tolerationSeconds', 300_000],
    ['node-eviction-rate', 0.1],
    ['secondary-node-eviction-rate', 0.01],
    ['unhealthy-zone-threshold', 0.55],
    ['large-cluster-size-threshold', 50],
    ['heartbeat-interval', 100],
    ['election-timeout', 1_000],
    ['pre-vote', true],
    ['leader-elect-lease-duration', 15_000],
    ['leader-elect-renew-deadline', 10_000],
    ['leader-elect-retry-period', 2_000],
    ['shutdownGracePeriod', 0],
    ['nodeStatusReportFrequency', 300_000],
    ['whenUnsatisfiable', 'DoNotSchedule'],
    ['nodeAffinityPolicy', 'Honor'],
    ['nodeTaintsPolicy', 'Ignore'],
])('%s is %s by default', (key, value) => {
    expect(defaultOf(key)).toBe(value);
});

test('no key is declared twice, each has a source, and what is not documented says so', () => {
    const keys = kubernetes.settings.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const assumed = kubernetes.settings.filter(({ source }) => source.url === undefined);
    expect(assumed.map(({ key }) => key)).toEqual(['assumed-pod-start-time']);
    expect(kubernetes.settings.filter(({ source }) => source.unconfirmed).map(({ key }) => key)).toEqual([
        'maxContainerRestartPeriod',
        'assumed-pod-start-time',
    ]);
});
