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
    /** `outage`: length of the first one. `taken-out`: from the failure until the balancer takes the first server out, `taken-over`: until a member takes the address. */
    readonly measure: 'outage' | 'taken-out' | 'taken-over';
    readonly recordedMs: readonly number[];
    /** From the repair until the server that had failed serves again: behind the balancer, or holding the address. */
    readonly returnedMs?: readonly number[];
    /** Requests of the client that failed, of 50 a second. */
    readonly failed?: readonly number[];
}

const FAULT_MS = 20_000;

function measured({ measure }: Recording, { outages, trace }: Run): number {
    if (measure !== 'outage') {
        const kind = measure === 'taken-out' ? 'detection' : 'promotion';
        return trace.find((event) => event.kind === kind)!.atMs - FAULT_MS;
    }
    const { fromMs, toMs } = outages.find(({ operation }) => operation === 'write')!;
    return toMs! - fromMs;
}

function recordingOf(name: string): Recording {
    const path = fileURLToPath(new URL(`../../recordings/${name}.json`, import.meta.url));
    return JSON.parse(readFileSync(path, 'utf8')) as Recording;
}

interface Comparison {
    readonly recorded: Spread;
    readonly simulated: Spread;
    readonly runs: readonly Run[];
}

const compared = new Map<string, Promise<Comparison>>();

/** Each recording is simulated once for all that is asked about it. */
function compare(name: string): Promise<Comparison> {
    const comparison = compared.get(name) ?? simulate(name);
    compared.set(name, comparison);
    return comparison;
}

async function simulate(name: string): Promise<Comparison> {
    const recording = recordingOf(name);
    const topology = await read(recording.cluster.join('\n'));
    const runs = seeds(200).map((seed) => run(topology, 'recording', seed));
    return {
        recorded: spread(recording.recordedMs),
        simulated: spread(runs.map((each) => measured(recording, each))),
        runs,
    };
}

describe.each([
    'keepalived/link-down-preempt-adv1',
    'keepalived/isolate-nopreempt-adv1',
    'keepalived/kill-all-preempt-adv1',
    'haproxy/kill-backend-noredispatch-retries3',
    'haproxy/kill-backend-redispatch-retries3',
    'haproxy/stop-backend-noredispatch-retries3',
    'haproxy/stop-backend-noredispatch-check300ms',
    'haproxy/stop-backend-leastconn',
    'haproxy/silence-backend-redispatch-connect500ms',
    'haproxy/kill-all-backends-redispatch-retries3',
    'patroni/crash-ttl30-lw10',
    'patroni/graceful-ttl30-lw10',
])('%s', (name) => {
    it('lies inside the simulated range, with the median within a quarter', async () => {
        const { recorded, simulated } = await compare(name);
        expect(recorded.median).toBeGreaterThanOrEqual(simulated.min);
        expect(recorded.median).toBeLessThanOrEqual(simulated.max);
        expect(Math.abs(simulated.median / recorded.median - 1)).toBeLessThan(0.25);
    });
});

/** When the member that failed holds the address again, or passes enough checks again, in ms after the repair. */
function returned({ faults, leaders, trace }: Run): number {
    const repairMs = faults[1]!.atMs;
    const back =
        trace.find(({ kind, atMs, peer }) => kind === 'recovery' && peer === 0 && atMs > repairMs) ??
        leaders.find(({ to, atMs }) => to === 0 && atMs > repairMs);
    return back!.atMs - repairMs;
}

/** A cleanly stopped or silenced member listens for its whole wait; a server needs two passed checks. */
describe.each([
    'keepalived/graceful-preempt-adv1',
    'keepalived/link-down-preempt-adv1',
    'haproxy/kill-backend-noredispatch-retries3',
    'haproxy/kill-backend-redispatch-retries3',
    'haproxy/stop-backend-noredispatch-retries3',
    'haproxy/stop-backend-noredispatch-check300ms',
    'haproxy/stop-backend-leastconn',
    'haproxy/silence-backend-redispatch-connect500ms',
    'haproxy/kill-all-backends-redispatch-retries3',
])('%s, after the repair', (name) => {
    it('serves again when the recorded one did, within a quarter', async () => {
        const { runs } = await compare(name);
        const recorded = spread(recordingOf(name).returnedMs!);
        const simulated = spread(runs.map(returned));
        expect(Math.abs(simulated.median / recorded.median - 1)).toBeLessThan(0.25);
    });
});

/** Without leastconn a hung server keeps its share of the requests; with it, it gets one whenever the last one has ended. */
describe.each([
    'haproxy/stop-backend-noredispatch-check300ms',
    'haproxy/stop-backend-leastconn',
    'haproxy/silence-backend-redispatch-connect500ms',
])('%s, meanwhile', (name) => {
    it('fails as many requests as recorded, within a quarter', async () => {
        const { runs } = await compare(name);
        const recorded = spread(recordingOf(name).failed!);
        const simulated = spread(runs.map(({ workloads }) => workloads[0]!.failed));
        expect(recorded.median).toBeGreaterThanOrEqual(simulated.min);
        expect(recorded.median).toBeLessThanOrEqual(simulated.max);
        expect(Math.abs(simulated.median - recorded.median)).toBeLessThanOrEqual(recorded.median / 4);
    });
});

it('keepalived: two hold the address after an isolation, and the stronger keeps it when they hear each other', async () => {
    const name = 'keepalived/isolate-nopreempt-adv1';
    const { runs } = await compare(name);
    const repairMs = 28_066;
    for (const { splitBrains, leaders } of runs) {
        expect(splitBrains).toHaveLength(1);
        expect(leaders.at(-1)!.to).toBe(0);
    }
    // One of the five recorded clients kept a stale entry of its neighbour for the rest of the recording, which is not modelled.
    const simulated = spread(runs.map(({ splitBrains }) => splitBrains[0]!.toMs! - repairMs));
    expect(simulated.max).toBeLessThanOrEqual(1005);
    expect(spread(recordingOf(name).returnedMs!).median).toBeLessThan(simulated.max + 200);
});

it('keepalived: a dead daemon on a living host costs its clients nothing', async () => {
    const { runs } = await compare('keepalived/kill-all-preempt-adv1');
    for (const { outages, leaders } of runs) {
        expect(outages).toEqual([]);
        expect(leaders.at(-1)!.to).toBe(1);
    }
});

/*
 * Not told: the clean stop of Patroni, 1.8 to 2.5 s of PostgreSQL's own work, which is not modelled; Redis Sentinel, whose outage
 * (6.2 s with a silence of 5 s) consists of the silence, of votes among sentinels that no file can place, and of its polls of the
 * new primary, and which loses writes that a server cluster does not hold.
 */

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
