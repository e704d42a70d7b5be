/** Recorded failures of real keepalived and HAProxy beside the simulation of the same failure over many seeds. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { read, run } from './support/scenarios.js';
import { seeds, spread, type Spread } from './support/spread.js';

vi.setConfig({ testTimeout: 60_000 });

interface Recording {
    readonly cluster: readonly string[];
    /** `outage`: length of the first one. `taken-out`: from the failure until the balancer takes the first server out. */
    readonly measure: 'outage' | 'taken-out';
    readonly recordedMs: readonly number[];
}

const FAULT_MS = 20_000;

function measured({ measure }: Recording, { outages, trace }: Run): number {
    if (measure === 'taken-out') {
        return trace.find(({ kind }) => kind === 'detection')!.atMs - FAULT_MS;
    }
    const { fromMs, toMs } = outages.find(({ operation }) => operation === 'write')!;
    return toMs! - fromMs;
}

async function compare(
    name: string,
): Promise<{ readonly recorded: Spread; readonly simulated: Spread; readonly runs: readonly Run[] }> {
    const path = fileURLToPath(new URL(`../../recordings/${name}.json`, import.meta.url));
    const recording = JSON.parse(readFileSync(path, 'utf8')) as Recording;
    const topology = await read(recording.cluster.join('\n'));
    const runs = seeds(200).map((seed) => run(topology, 'recording', seed));
    const simulated = spread(runs.map((each) => measured(recording, each)));
    return { recorded: spread(recording.recordedMs), simulated, runs };
}

describe.each([
    'keepalived/link-down-preempt-adv1',
    'keepalived/isolate-nopreempt-adv1',
    'haproxy/kill-backend-noredispatch-retries3',
    'haproxy/kill-backend-redispatch-retries3',
    'haproxy/stop-backend-noredispatch-retries3',
    'haproxy/kill-all-backends-redispatch-retries3',
])('%s', (name) => {
    it('lies inside the simulated range, with the median within a quarter', async () => {
        const { recorded, simulated } = await compare(name);
        expect(recorded.median).toBeGreaterThanOrEqual(simulated.min);
        expect(recorded.median).toBeLessThanOrEqual(simulated.max);
        expect(Math.abs(simulated.median / recorded.median - 1)).toBeLessThan(0.25);
    });
});

it('keepalived: a clean stop costs the skew and the work of daemon and host', async () => {
    const { recorded, simulated } = await compare('keepalived/graceful-preempt-adv1');
    expect(Math.abs(simulated.median / recorded.median - 1)).toBeLessThan(0.25);
    // What the daemon and its host needed on the recorded machine is not modelled.
    expect(recorded.median - simulated.max).toBeLessThan(40);
});

it('keepalived: a dead service that nothing checks stays dark until somebody starts it again', async () => {
    const { recorded, simulated, runs } = await compare('keepalived/service-down-untracked-preempt-adv1');
    // The recorded service took its time to start, so its figures lie behind every simulated one.
    expect(recorded.median).toBeGreaterThan(simulated.max);
    expect(Math.abs(simulated.median / recorded.median - 1)).toBeLessThan(0.25);
    expect(runs.every(({ leaders }) => leaders.length === 1)).toBe(true);
});

it('haproxy: redispatch hides a refusing server, and nothing hides that all are dead', async () => {
    const one = await compare('haproxy/kill-backend-redispatch-retries3');
    expect(one.runs.every(({ outages }) => outages.length === 0)).toBe(true);
    const all = await compare('haproxy/kill-all-backends-redispatch-retries3');
    expect(all.runs.every(({ outages }) => outages.every(({ form }) => form === 'dark'))).toBe(true);
});
