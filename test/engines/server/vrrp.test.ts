import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { gateway, type GatewayOptions } from './support/gateway.js';
import { read, run } from './support/scenarios.js';
import { seeds, spread } from './support/spread.js';

vi.setConfig({ testTimeout: 60_000 });

const at10 = 10_000;
const takeovers = (runs: readonly Run[], node: number): number[] =>
    runs.map(({ leaders }) => leaders.find(({ to, atMs }) => to === node && atMs > 0)!.atMs - at10);

async function runs(options: GatewayOptions, count = 1000): Promise<Run[]> {
    const topology = await read(gateway(options));
    return seeds(count).map((seed) => run(topology, 'failure', seed));
}

describe('a master that loses power', () => {
    it('is replaced after 3 intervals and the skew since its last advert, in VRRP version 2', async () => {
        const times = spread(takeovers(await runs({ steps: 'at 10s fail node gw-1', until: '20s' }), 1));
        // (256 - 100) / 256 s = 609.4 ms of skew; the last advert is up to 1 s old.
        expect(times.min).toBeGreaterThanOrEqual(2609);
        expect(times.min).toBeLessThan(2640);
        expect(times.max).toBeLessThanOrEqual(3612);
        expect(times.max).toBeGreaterThan(3580);
    });

    it('waits for a skew that scales with the interval in version 3', async () => {
        const body = 'settings { vrrp_version = 3 }';
        const endpoint = 'advertise every 200ms';
        const times = spread(
            takeovers(await runs({ body, endpoint, steps: 'at 10s fail node gw-1', until: '20s' }), 1),
        );
        // 156 / 256 of 200 ms = 121.9 ms of skew.
        expect(times.min).toBeGreaterThanOrEqual(521);
        expect(times.min).toBeLessThan(530);
        expect(times.max).toBeLessThanOrEqual(725);
        expect(times.max).toBeGreaterThan(715);
    });

    it('is replaced by the survivor with the highest priority alone', async () => {
        const members =
            'node gw-1 in dc.a { priority 150 }  node gw-2 in dc.b { priority 90 }  node gw-3 in dc.b { priority 120 }';
        for (const { leaders, splitBrains } of await runs({ members, steps: 'at 10s fail node gw-1' }, 50)) {
            expect(leaders.map(({ to }) => to)).toEqual([0, null, 2]);
            expect(splitBrains).toEqual([]);
        }
    });

    it('takes the address back after a whole wait, without an outage and without a split brain', async () => {
        const steps = 'at 10s fail node gw-1  at 30s restore node gw-1';
        for (const { leaders, outages, splitBrains } of await runs({ steps }, 50)) {
            const back = leaders.at(-1)!;
            // 3 s and (256 - 150) / 256 s of listening.
            expect(back).toMatchObject({ to: 0, atMs: 30_000 + 3415 });
            expect(outages.every(({ toMs }) => toMs! < 20_000)).toBe(true);
            expect(splitBrains).toEqual([]);
        }
    });

    it('stays backup with `preempt no`', async () => {
        const steps = 'at 10s fail node gw-1  at 30s restore node gw-1';
        for (const { leaders } of await runs({ endpoint: 'preempt no', steps }, 50)) {
            expect(leaders.at(-1)).toMatchObject({ to: 1 });
        }
    });

    it('respects the weaker master during the preempt delay', async () => {
        const steps = 'at 10s fail node gw-1  at 20s restore node gw-1';
        const back = (await runs({ endpoint: 'preempt-delay 5s', steps })).map(
            ({ leaders }) => leaders.at(-1)!.atMs - 20_000,
        );
        // The wait of 3.414 s begins with the last advert inside the delay.
        expect(spread(back).min).toBeGreaterThanOrEqual(4000 + 3414);
        expect(spread(back).max).toBeLessThanOrEqual(5000 + 3416);
    });
});

describe('a master that stops cleanly', () => {
    it('says so, and the backup waits for its skew alone', async () => {
        for (const each of await runs({ steps: 'at 10s stop node gw-1' }, 50)) {
            expect(takeovers([each], 1)).toEqual([611]);
        }
    });
});

describe('a service that dies on a living host', () => {
    it('keeps the address without a check, and every request is refused', async () => {
        for (const { leaders, outages } of await runs({ steps: 'at 10s crash node gw-1' }, 20)) {
            expect(leaders).toHaveLength(1);
            expect(outages.every(({ toMs, form }) => toMs === null && form === 'dark')).toBe(true);
        }
    });

    it.each([
        ['crash', 'died'],
        ['freeze', 'stopped answering'],
    ])('tells why the address stays after a %s', async (fault, how) => {
        const told = async (endpoint: string, node: string): Promise<string | undefined> => {
            const { trace } = run(
                await read(gateway({ endpoint, steps: `at 10s ${fault} node ${node}` })),
                'failure',
                7,
            );
            return trace.find(({ kind, cause }) => kind === 'state' && cause === 0)?.text;
        };
        expect(await told('advertise every 1s', 'gw-1')).toBe(
            `gateway.gw-1 keeps 10.0.0.10: its service has ${how}, and VRRP, which lives on beside it, does not check it`,
        );
        expect(await told('advertise every 1s', 'gw-2')).toBeUndefined();
        expect(await told('check every 2s  fall 2  rise 2', 'gw-1')).toBeUndefined();
    });

    it('gives the address up when its check has failed often enough', async () => {
        const endpoint = 'check every 2s  fall 2  rise 2';
        const times = spread(takeovers(await runs({ endpoint, steps: 'at 10s crash node gw-1', until: '20s' }), 1));
        // Up to 2 s to the next check, 2 s to the second failure, then the skew.
        expect(times.min).toBeGreaterThanOrEqual(2610);
        expect(times.min).toBeLessThan(2640);
        expect(times.max).toBeLessThanOrEqual(4612);
        expect(times.max).toBeGreaterThan(4580);
    });

    it('is found later when it hangs, since each check runs into its timeout', async () => {
        const endpoint = 'check every 2s  timeout 1s  fall 2  rise 2';
        const times = spread(
            takeovers(await runs({ endpoint, steps: 'at 10s freeze node gw-1', until: '20s' }, 300), 1),
        );
        expect(times.min).toBeGreaterThanOrEqual(3610);
        expect(times.max).toBeLessThanOrEqual(5612);
    });

    it('returns to the address after enough passed checks and a whole wait', async () => {
        const endpoint = 'check every 2s  fall 2  rise 2';
        const steps = 'at 10s crash node gw-1  at 30s restart node gw-1';
        const back = (await runs({ endpoint, steps }, 300)).map(({ leaders }) => leaders.at(-1)!);
        expect(back.every(({ to }) => to === 0)).toBe(true);
        expect(spread(back.map(({ atMs }) => atMs - 30_000)).min).toBeGreaterThanOrEqual(2000 + 3414);
        expect(spread(back.map(({ atMs }) => atMs - 30_000)).max).toBeLessThanOrEqual(4000 + 3416);
    });
});

describe('a master that nobody hears', () => {
    let topology: Topology;
    beforeAll(async () => {
        topology = await read(
            gateway({ endpoint: 'preempt no', steps: 'at 10s isolate node gw-1  at 30s restore node gw-1' }),
        );
    });

    it('keeps the address beside the backup that took it, until the stronger is heard again', () => {
        for (const seed of seeds(50)) {
            const { splitBrains, leaders, outages } = run(topology, 'failure', seed);
            expect(splitBrains).toHaveLength(1);
            expect(splitBrains[0]!.fromMs).toBeGreaterThan(12_600);
            expect(splitBrains[0]!.fromMs).toBeLessThan(13_613);
            expect(splitBrains[0]!.toMs).toBeGreaterThanOrEqual(30_000);
            expect(splitBrains[0]!.toMs).toBeLessThan(31_005);
            // Even with `preempt no` the higher priority wins once both hold the address.
            expect(leaders.at(-1)!.to).toBe(0);
            expect(outages.every(({ toMs }) => toMs! < 14_000)).toBe(true);
        }
    });
});

it('hears nothing across regions: each region takes the address', async () => {
    const topology = await read(`
        region one { zone a }  region two { zone a }
        cluster gateway: server {
          node gw-1 in one.a { priority 150 }  node gw-2 in two.a { priority 100 }
          endpoint vip 10.0.0.10 { advertise every 1s }
        }
        scenario failure { at 10s crash node gw-1  until 20s }`);
    expect(run(topology).splitBrains).toHaveLength(1);
});

it('tells why, with the event that led to each', async () => {
    const topology = await read(gateway({ steps: 'at 10s fail node gw-1' }));
    const { trace } = run(topology, 'failure', 7);
    const taken = trace.find(({ kind }) => kind === 'promotion')!;
    expect(taken.text).toMatch(/^gateway\.gw-2 heard no advert for 3\.6 s and takes 10\.0\.0\.10$/);
    expect(trace[taken.cause]!.text).toBe('fail node gw-1');
});

describe('a member that comes back', () => {
    const causeOfTheLast = async (options: GatewayOptions): Promise<string[]> => {
        const { trace } = run(await read(gateway(options)), 'failure', 7);
        const taken = trace.findLast(({ kind }) => kind === 'promotion')!;
        const returned = trace[taken.cause]!;
        return [taken.text, returned.text, trace[returned.cause]!.text];
    };
    const endpoint = 'check every 2s  fall 2  rise 2';

    it('takes the address back because its check found the service alive, not at the restart', async () => {
        const steps = 'at 10s crash node gw-1  at 30s restart node gw-1';
        expect(await causeOfTheLast({ endpoint, steps })).toEqual([
            'gateway.gw-1 has a higher priority than gateway.gw-2 and takes 10.0.0.10 from it',
            'gateway.gw-1 finds its service alive: 2 checks in a row have passed',
            'restart node gw-1',
        ]);
    });

    it('takes it back because it has joined, after a loss of power', async () => {
        const steps = 'at 10s fail node gw-1  at 30s restore node gw-1';
        expect((await causeOfTheLast({ steps }))[1]).toMatch(/^gateway\.gw-1 joins as backup/);
    });

    it('takes an address that nobody held because it is back', async () => {
        const steps = 'at 10s crash node gw-1, gw-2  at 30s restart node gw-1';
        const [taken, returned] = await causeOfTheLast({ endpoint, steps });
        expect(taken).toMatch(/^gateway\.gw-1 heard no advert for/);
        expect(returned).toMatch(/^gateway\.gw-1 finds its service alive/);
    });
});

it('a member that takes the address for want of adverts holds its master for failed, until it hears it again', async () => {
    const steps = 'at 10s isolate node gw-1  at 30s restore node gw-1';
    const beliefs = (run: Run): readonly unknown[] =>
        run.trace.flatMap(({ node, belief }) => (belief === undefined ? [] : [[node, belief.holds, ...belief.about]]));
    for (const each of await runs({ steps }, 20)) {
        expect(beliefs(each)).toEqual([
            [1, 'failed', 0],
            [1, 'alive', 0],
        ]);
    }
    // Who is told that its master gives up has no reason to doubt it.
    const [stopped] = await runs({ steps: 'at 10s stop node gw-1' }, 1);
    expect(beliefs(stopped!)).toEqual([]);
});
