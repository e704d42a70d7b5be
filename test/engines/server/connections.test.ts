/** What a load balancer does when its connection to a server fails (HAProxy: `retries`, `option redispatch`, `timeout connect`). */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { web, type WebOptions } from './support/gateway.js';
import { read, run } from './support/scenarios.js';
import { seeds } from './support/spread.js';

const SEEDS = 20;
const AT = 10_000;

async function runs(options: Partial<WebOptions>, count = SEEDS): Promise<Run[]> {
    const topology = await read(web({ steps: 'at 10s crash node web-1', ...options }));
    return seeds(count).map((seed) => run(topology, 'failure', seed));
}

/** One client that tries nothing again, and waits long enough to hear what the balancer says. */
const patient = (timeout: string): string => `workload w { reads web 50/s with retries = 0, timeout = ${timeout} }`;
const failed = ({ workloads }: Run): number => workloads[0]!.failed;
const settings = (text: string): string => `settings { ${text} }`;

describe('a refused connection, without redispatch', () => {
    it.each([
        ['retries = 0', 0],
        ['retries = 1', 1000],
        ['', 3000],
        ['retries = 3  "timeout connect" = 200', 600],
    ])('is tried again at the same server with pauses, and then refused: %s, after %i ms', async (text, afterMs) => {
        for (const each of await runs({ body: settings(text), workload: patient('10s') }, 3)) {
            const told = each.trace.find(({ text: line }) => /^w: reads .*web-1 refuses the connection/.test(line))!;
            // The turn of the dead server comes within three requests.
            expect(told.atMs - AT - afterMs).toBeGreaterThanOrEqual(0);
            expect(told.atMs - AT - afterMs).toBeLessThan(80);
        }
    });

    it('fails as many requests however often it is tried: a third of them, until the server is out after 4 to 6 s', async () => {
        const without = await runs({ body: settings('retries = 0'), workload: patient('10s') });
        const thrice = await runs({ body: settings('retries = 3'), workload: patient('10s') });
        expect(thrice.map(failed)).toEqual(without.map(failed));
        for (const each of thrice) {
            expect(failed(each)).toBeGreaterThan((4 * 50) / 3 - 2);
            expect(failed(each)).toBeLessThan((6.1 * 50) / 3 + 2);
        }
    });

    it('succeeds at the next try where the server is back by then, if the client waits that long', async () => {
        const steps = 'at 10s crash node web-1  at 12500ms restart node web-1';
        for (const each of await runs({ steps, workload: patient('5s') })) {
            expect(failed(each)).toBe(0);
        }
        for (const each of await runs({ steps, workload: patient('5s'), body: settings('retries = 2') }, 3)) {
            // Those of the first half second have had their last try when the server comes back.
            expect(failed(each)).toBeGreaterThan(5);
            expect(failed(each)).toBeLessThan(12);
        }
        for (const each of await runs({ steps, workload: patient('900ms') }, 3)) {
            expect(failed(each)).toBeGreaterThan(20);
        }
    });
});

describe('with redispatch', () => {
    const body = settings('redispatch = yes');

    it('another server answers at once', async () => {
        for (const each of await runs({ body, workload: patient('50ms') })) {
            expect(failed(each)).toBe(0);
        }
    });

    it('goes on only as often as it retries: with all but one of five dead, one retry is too few', async () => {
        const steps = 'at 10s crash node web-1, web-2, web-3, web-4';
        const one = { steps, servers: 5, workload: patient('500ms'), body: settings('redispatch = yes  retries = 1') };
        const four = { ...one, body: settings('redispatch = yes  retries = 4') };
        for (const each of await runs(one, 5)) {
            expect(failed(each)).toBeGreaterThan(0);
        }
        for (const each of await runs(four, 5)) {
            expect(failed(each)).toBe(0);
        }
    });

    it('does nothing without a retry', async () => {
        const none = await runs({ body: settings('redispatch = yes  retries = 0'), workload: patient('10s') });
        const off = await runs({ body: settings('redispatch = no  retries = 0'), workload: patient('10s') });
        expect(none.map(failed)).toEqual(off.map(failed));
    });

    it('leaves a silent host when the connection is not made in time, and hangs on a process that accepts', async () => {
        const slow = { body: settings('redispatch = yes  "timeout connect" = 300'), workload: patient('400ms') };
        for (const each of await runs({ ...slow, steps: 'at 10s fail node web-1' }, 5)) {
            expect(failed(each)).toBe(0);
        }
        for (const each of await runs({ ...slow, steps: 'at 10s freeze node web-1' }, 5)) {
            expect(failed(each)).toBeGreaterThan(50);
        }
        for (const each of await runs({ ...slow, body, steps: 'at 10s fail node web-1' }, 5)) {
            expect(failed(each)).toBeGreaterThan(50);
        }
    });

    it('waits for its only server, which may be back in time', async () => {
        const steps = 'at 10s crash node web-1  at 12500ms restart node web-1';
        for (const each of await runs({ steps, servers: 1, body, workload: patient('5s') }, 5)) {
            expect(failed(each)).toBe(0);
        }
    });
});

describe('a client that tries again by itself', () => {
    const workload = 'workload w { reads web 600/s }';

    it('may meet the same dead server, one time in three, where the balancer does not redispatch', async () => {
        const all = await runs({ workload }, 10);
        // Retries come a second later, so those of the last second find the server out already.
        const expected = all.map(({ trace }) => {
            const outMs = trace.find(({ kind }) => kind === 'detection')!.atMs;
            return (600 * (outMs - 1000 - AT)) / 1000 / 9;
        });
        const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);
        expect(Math.abs(sum(all.map(failed)) / sum(expected) - 1)).toBeLessThan(0.06);
    });

    it('never notices where it does', async () => {
        for (const each of await runs({ workload, body: settings('redispatch = yes') }, 5)) {
            expect(each.outages).toEqual([]);
        }
    });
});
