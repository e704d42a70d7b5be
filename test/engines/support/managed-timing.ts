/** Delays that clusters of one provider have in common: clients that follow a name, and delays of which only the usual is known. */
import { expect } from 'vitest';
import { proofModel } from '../../../src/analysis/models.js';
import type { Topology } from '../../../src/topology/index.js';
import { struck } from './managed.js';
import { expectFills, figures, firstAfter, outageEnd, shareBelow } from './seeds.js';

/** Requests come 50 ms apart, and wait that long; an answer is there after a round trip. */
export const REQUEST_MS = 50 + 50 + 10;
export const EVERY_50_MS = '20/s with timeout = 50ms, retries = 0';

interface Failover {
    readonly topology: Topology;
    readonly faultMs: number;
    /** What the trace says when another leads. */
    readonly promoted: RegExp;
}

/** The leader dies: clients of workload 0 follow between the promotion and the TTL after it, and both delays are filled together. */
export function expectClientsFollow(
    { topology, faultMs, promoted }: Failover,
    [fromMs, toMs]: readonly [number, number],
    ttlMs: number,
): void {
    const both = figures(topology, (run) => {
        const restored = outageEnd(run, faultMs, ({ workload }) => workload === 0);
        return { restored, followed: restored - firstAfter(run, faultMs, promoted) };
    });
    const all = (of: 'restored' | 'followed'): number[] => both.map((each) => each[of]);
    expectFills(all('followed'), 0, ttlMs + REQUEST_MS, 0.06);
    expectFills(all('restored'), fromMs, toMs + ttlMs + REQUEST_MS, 0.1);
}

/** Nothing is assumed: half of all promotions take `leastMs` to twice as long, a quarter twice that at most, others have no maximum. */
export function expectUsualDelays({ topology, faultMs, promoted }: Failover, leastMs: number, died: string): void {
    const delays = figures(topology, (run) => firstAfter(run, faultMs, promoted));
    expect(delays.every((delay) => delay >= leastMs)).toBe(true);
    expect(shareBelow(delays, 1.02 * leastMs)).toBeGreaterThan(0);
    expect(Math.abs(shareBelow(delays, 2 * leastMs) - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(shareBelow(delays, 4 * leastMs) - 0.75)).toBeLessThan(0.05);
    expect(delays.some((delay) => delay > 8 * leastMs)).toBe(true);
    const bound = proofModel(topology)
        .rules(0)
        .recovery(0, 'write', struck(topology, [died]));
    expect(bound.maxMs).toBe(Infinity);
}
