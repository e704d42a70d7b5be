/** The example file, and mutants of it that must fail for the right reason. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { findingsOf, read, run } from './support/scenarios.js';

const text = readFileSync(fileURLToPath(new URL('../../../examples/server.cluster', import.meta.url)), 'utf8');

async function mutant(change: readonly [string | RegExp, string], scenario: string): Promise<Run> {
    const changed = text.replace(...change);
    expect(changed).not.toBe(text);
    return run(await read(changed), scenario);
}

/** How long after the fault at 10 s the last outage of the operation on the shard ended. */
function restoredAfter({ outages }: Run, shard: number, operation = 'read'): number {
    const ends = outages
        .filter((outage) => outage.shard === shard && outage.operation === operation)
        .map(({ toMs }) => toMs ?? Infinity);
    return Math.max(0, ...ends) - 10_000;
}

function leaderAt({ leaders }: Run, atMs: number): number | null | undefined {
    return leaders.findLast((change) => change.shard === 0 && change.atMs <= atMs)?.to;
}

const lowestCapacity = ({ capacity }: Run): number =>
    Math.min(...capacity.filter(({ cluster }) => cluster === 1).map(({ share }) => share));

describe('active-gateway-dies', () => {
    it('moves the address to gw-2 within 5 s, for good and alone', async () => {
        const result = run(await read(text), 'active-gateway-dies');
        expect(restoredAfter(result, 0)).toBeGreaterThan(2600);
        expect(restoredAfter(result, 0)).toBeLessThan(5000);
        expect(leaderAt(result, 420_000)).toBe(1);
        expect(result.splitBrains).toEqual([]);
    });

    it('takes longer than 5 s when members advertise half as often', async () => {
        const result = await mutant(['advertise every 1s', 'advertise every 3s'], 'active-gateway-dies');
        expect(restoredAfter(result, 0)).toBeGreaterThan(6600);
    });

    it('leads the address back to gw-1 when members preempt', async () => {
        const result = await mutant(['preempt no', 'preempt yes'], 'active-gateway-dies');
        expect(leaderAt(result, 420_000)).toBe(0);
    });

    it('never recovers when gw-2 dies with it', async () => {
        const result = await mutant(['fail node gw-1', 'fail node gw-1, gw-2'], 'active-gateway-dies');
        expect(restoredAfter(result, 0)).toBeGreaterThan(290_000);
    });
});

describe('web-zone-dark', () => {
    it('keeps half of the servers and restores reads within 12 s', async () => {
        const result = run(await read(text), 'web-zone-dark');
        expect(lowestCapacity(result)).toBe(0.5);
        expect(restoredAfter(result, 1)).toBeGreaterThan(6000);
        expect(restoredAfter(result, 1)).toBeLessThan(12_000);
    });

    it('needs more than 12 s with twice the pause between checks', async () => {
        const result = await mutant(['check every 2s', 'check every 5s'], 'web-zone-dark');
        expect(restoredAfter(result, 1)).toBeGreaterThan(13_000);
    });

    it('keeps less than half when a server moves into the zone', async () => {
        const moved = 'nodes web-[1..5] across zones { capacity 500/s }  node web-6 in dc.a { capacity 500/s }';
        const result = await mutant(['nodes web-[1..6] across zones { capacity 500/s }', moved], 'web-zone-dark');
        expect(lowestCapacity(result)).toBeCloseTo(1 / 3);
    });

    it('keeps less than half with one server less', async () => {
        const result = await mutant(['web-[1..6]', 'web-[1..5]'], 'web-zone-dark');
        expect(lowestCapacity(result)).toBeCloseTo(0.4);
    });
});

it('has one weakness: nothing checks the service behind the virtual address', async () => {
    const topology = await read(text);
    expect(findingsOf(topology, 'gateway').map(({ code, severity }) => [code, severity])).toEqual([
        ['server/vip-without-service-check', 'warning'],
    ]);
    expect(findingsOf(topology, 'web')).toEqual([]);
});
