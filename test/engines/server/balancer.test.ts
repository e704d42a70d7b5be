import { describe, expect, it, vi } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { web, type WebOptions } from './support/gateway.js';
import { read, run } from './support/scenarios.js';
import { seeds, spread } from './support/spread.js';

vi.setConfig({ testTimeout: 60_000 });

const at10 = 10_000;

async function runs(options: WebOptions, count = 1000): Promise<Run[]> {
    const topology = await read(web(options));
    return seeds(count).map((seed) => run(topology, 'failure', seed));
}

/** When servers were taken out, or back, in ms after the instant. */
function told(runsOf: readonly Run[], kind: 'detection' | 'recovery', since: number): number[] {
    return runsOf.flatMap(({ trace }) => trace.filter((event) => event.kind === kind).map(({ atMs }) => atMs - since));
}

describe('health checks', () => {
    it('take a server that refuses out after the phase and two more pauses', async () => {
        const times = spread(told(await runs({ steps: 'at 10s crash node web-1', until: '20s' }), 'detection', at10));
        expect(times.min).toBeGreaterThanOrEqual(4000);
        expect(times.min).toBeLessThan(4020);
        expect(times.max).toBeLessThanOrEqual(6010);
        expect(times.max).toBeGreaterThan(5990);
    });

    it('take a server that hangs out later: the pause follows the timeout', async () => {
        const steps = 'at 10s freeze node web-1';
        const times = spread(told(await runs({ steps, until: '25s' }), 'detection', at10));
        // 3 timeouts of 1 s and 2 pauses of 2 s, after up to 2 s.
        expect(times.min).toBeGreaterThanOrEqual(7000);
        expect(times.min).toBeLessThan(7020);
        expect(times.max).toBeLessThanOrEqual(9010);
        expect(times.max).toBeGreaterThan(8990);
    });

    it('need as long for a host without power', async () => {
        const times = spread(
            told(await runs({ steps: 'at 10s fail node web-1', until: '25s' }, 300), 'detection', at10),
        );
        expect(times.min).toBeGreaterThanOrEqual(7000);
        expect(times.max).toBeLessThanOrEqual(9010);
    });

    it('take a server back after two passed checks', async () => {
        const steps = 'at 10s crash node web-1  at 30s restart node web-1';
        const times = spread(told(await runs({ steps, until: '40s' }, 1000), 'recovery', 30_000));
        expect(times.min).toBeGreaterThanOrEqual(2000);
        expect(times.min).toBeLessThan(2020);
        expect(times.max).toBeLessThanOrEqual(4010);
    });

    it('are answered at the thaw by a process that was frozen meanwhile', async () => {
        const endpoint = 'check every 2s  timeout 2s  fall 3  rise 2';
        const steps = 'at 10s freeze node web-1  at 31s unfreeze node web-1';
        const times = told(await runs({ endpoint, steps, until: '45s' }, 300), 'recovery', 31_000);
        // For half of the seeds a check is waiting at the thaw, and one more pause is enough.
        expect(times.filter((time) => time <= 2010).length).toBeGreaterThan(100);
        expect(spread(times).max).toBeLessThanOrEqual(4010);
    });

    it('let nobody through when every server is out, unless the balancer fails open', async () => {
        const steps = 'at 10s freeze node web-1, web-2, web-3  at 20s unfreeze node web-1, web-2, web-3';
        const options = { steps, until: '30s' };
        for (const each of await runs(options, 20)) {
            expect(each.outages[0]!.toMs).toBeGreaterThanOrEqual(22_000);
        }
        const endpoint = 'check every 2s  timeout 1s  fall 3  rise 2  fail-open yes';
        for (const each of await runs({ ...options, endpoint }, 20)) {
            expect(each.outages[0]!.toMs).toBeLessThan(20_500);
        }
    });
});

describe('requests', () => {
    const share = ({ workloads: [count] }: Run): number => count!.failed / count!.sent;

    it('of one third of the clients fail until one of three servers is out', async () => {
        for (const { outages, workloads } of await runs({ steps: 'at 10s crash node web-1' }, 50)) {
            expect(outages).toHaveLength(2);
            const outage = outages.find(({ operation }) => operation === 'read')!;
            const lasted = (outage.toMs! - outage.fromMs) / 1000;
            expect(workloads[0]!.failed / (lasted * 50)).toBeCloseTo(1 / 3, 1);
        }
    });

    it('fail for nobody when the balancer redispatches refused connections', async () => {
        const body = 'settings { redispatch = yes }';
        for (const each of await runs({ body, steps: 'at 10s crash node web-1' }, 20)) {
            expect(each.outages).toEqual([]);
        }
    });

    it('still hang on a frozen server when the balancer redispatches', async () => {
        const body = 'settings { redispatch = yes }';
        for (const each of await runs({ body, steps: 'at 10s freeze node web-1' }, 20)) {
            expect(share(each)).toBeGreaterThan(0);
        }
    });

    it('seldom meet a hung server with least-connections: its open connections keep others away', async () => {
        const steps = 'at 10s freeze node web-1';
        const endpoint = (balance: string): string => `balance ${balance}  check every 2s  timeout 1s  fall 3  rise 2`;
        const [turns] = await runs({ endpoint: endpoint('round-robin'), steps }, 1);
        const [fewest] = await runs({ endpoint: endpoint('least-connections'), steps }, 1);
        expect(share(fewest!)).toBeLessThan(share(turns!) / 5);
    });

    it('fail for ever on a dead server without health checks', async () => {
        for (const each of await runs({ endpoint: 'balance round-robin', steps: 'at 10s crash node web-1' }, 5)) {
            const outage = each.outages.findLast(({ operation }) => operation === 'read')!;
            expect(outage.toMs ?? 60_000).toBeGreaterThan(59_000);
        }
    });

    it('fail from inside an isolated zone, whose clients cannot reach the balancer', async () => {
        const workload = 'workload inside in dc.a { reads web 50/s }  workload outside { reads web 50/s }';
        const [each] = await runs({ workload, steps: 'at 10s isolate zone dc.a  at 40s restore zone dc.a' }, 1);
        const outage = (workload: number): number | null =>
            each!.outages.findLast((one) => one.workload === workload)!.toMs;
        expect(outage(0)).toBeGreaterThanOrEqual(40_000);
        expect(outage(1)).toBeLessThan(21_000);
    });

    it('go to each zone in equal shares without cross-zone balancing, so a lonely server gets as much as two', async () => {
        const checks = 'check every 2s  timeout 1s  fall 3  rise 2';
        const options = {
            servers: 4,
            steps: 'at 10s crash node web-2',
            workload: 'workload browsers { reads web 50/s with retries = 0 }',
        };
        const failedOf = async (endpoint: string): Promise<number> =>
            (await runs({ ...options, endpoint }, 20)).reduce((sum, { workloads }) => sum + workloads[0]!.failed, 0);
        // web-2 stands alone in zone b: a third of the requests instead of a quarter.
        const ratio = (await failedOf(`${checks}  cross-zone no`)) / (await failedOf(checks));
        expect(ratio).toBeCloseTo(4 / 3, 1);
    });
});

describe('a load balancer of AWS', () => {
    const aws = (type: string): string => `settings { load_balancer_type = ${type} }`;
    const failures = async (options: WebOptions): Promise<number> =>
        (await runs(options, 10)).reduce((sum, { workloads }) => sum + workloads[0]!.failed, 0);
    const patient = 'workload browsers { reads web 50/s with retries = 0, timeout = 5s }';

    it('tries nothing again: a target that refuses costs errors, however soon it is back', async () => {
        const steps = 'at 10s crash node web-1  at 12s restart node web-1';
        expect(await failures({ steps, workload: patient })).toBe(0);
        expect(await failures({ steps, workload: patient, body: aws('application') })).toBeGreaterThan(200);
    });

    it('sends requests to all targets once none is healthy', async () => {
        const steps = 'at 10s crash node web-1, web-2, web-3  at 120s restart node web-1, web-2, web-3';
        const options = { endpoint: 'check every 10s', steps, until: '180s', body: aws('application') };
        for (const { outages } of await runs(options, 10)) {
            expect(outages.at(-1)!.toMs).toBeLessThan(120_200);
        }
        const closed = await runs({ ...options, endpoint: 'check every 10s  fail-open no' }, 10);
        expect(closed.every(({ outages }) => outages.at(-1)!.toMs! > 150_000)).toBe(true);
    });

    it('checks each target by itself, whenever the others are', async () => {
        // HAProxy would begin the checks of two servers half an interval apart.
        const steps = 'at 10s crash node web-1, web-2';
        const all = await runs(
            { servers: 2, endpoint: 'check every 30s', steps, until: '80s', body: aws('network') },
            60,
        );
        const apart = spread(
            all.map((each) => {
                const [first, second] = told([each], 'detection', 0);
                return second! - first!;
            }),
        );
        expect(apart.min).toBeLessThan(2_000);
        expect(apart.max).toBeGreaterThan(20_000);
    });

    it('keeps requests inside their zone if it is a network load balancer', async () => {
        const lonely = { servers: 4, endpoint: 'check every 10s', steps: 'at 10s crash node web-2', workload: patient };
        const network = await failures({ ...lonely, body: aws('network') });
        const application = await failures({ ...lonely, body: aws('application') });
        expect(network / application).toBeCloseTo(4 / 3, 1);
    });
});

describe('active-passive behind a balancer', () => {
    const standby = (steps: string): string => `
region r { zone a zone b }
cluster g: server in r {
  nodes n-[1..2] across zones
  endpoint load-balancer 10.0.0.1 { check every 1s  timeout 1s  fall 2  rise 2 }
  failover active-passive { order n-2, n-1  failback automatically }
}
scenario failure { ${steps}  until 60s }`;
    const runOf = async (steps: string): Promise<Run> => run(await read(standby(steps)), 'failure', 3);
    const tos = ({ leaders }: Run): (number | null)[] => leaders.map(({ to }) => to);

    it('is led by the server that gets the requests, from the first instant', async () => {
        const each = await runOf('at 10s fail node n-2  at 30s restore node n-2');
        expect(each.leaders[0]).toMatchObject({ atMs: 0, to: 1 });
        expect(tos(each)).toEqual([1, null, 0, 1]);
        expect(each.splitBrains).toEqual([]);
    });

    it('moves with the checks, which are the cause', async () => {
        const { leaders, trace } = await runOf('at 10s fail node n-2  at 30s restore node n-2');
        const moves = trace.filter(({ kind }) => kind === 'promotion');
        expect(moves.map(({ text }) => text)).toEqual([
            'g.n-1 becomes the active server behind 10.0.0.1 instead of g.n-2',
            'g.n-2 becomes the active server behind 10.0.0.1 instead of g.n-1',
        ]);
        expect(moves.map(({ atMs }) => atMs)).toEqual(leaders.slice(2).map(({ atMs }) => atMs));
        expect(moves.map(({ cause }) => trace[cause]!.text)).toEqual([
            expect.stringMatching(/^10\.0\.0\.1 takes g\.n-2 out: 2 checks/),
            expect.stringMatching(/^10\.0\.0\.1 sends requests to g\.n-2 again/),
        ]);
    });

    it('is led by nobody once every server is out, and by the first that passes again', async () => {
        const each = await runOf('at 10s freeze node n-1, n-2  at 30s unfreeze node n-1');
        expect(tos(each).slice(-2)).toEqual([null, 0]);
        expect(each.leaders.at(-1)!.atMs).toBeGreaterThan(30_000);
    });

    it('goes on with a server that restarts before the balancer misses it', async () => {
        const each = await runOf('at 10s crash node n-2  at 10100ms restart node n-2');
        expect(each.leaders).toMatchObject([{ to: 1 }, { to: null, atMs: 10_000 }, { to: 1, atMs: 10_100 }]);
    });

    it('never has two, since the balancer alone decides, even about an isolated server', async () => {
        const each = await runOf('at 10s isolate node n-2  at 40s restore node n-2');
        expect(tos(each)).toEqual([1, 0, 1]);
        expect(each.splitBrains).toEqual([]);
    });
});

it('active-active behind a balancer is led by nobody, since all serve', async () => {
    const [each] = await runs({ steps: 'at 10s crash node web-1' }, 1);
    expect(each!.leaders).toEqual([]);
});

describe('a balancer stands outside all places', () => {
    const said = async (steps: string, place: string): Promise<readonly string[]> => {
        const workload = `workload browsers in ${place} { reads web 5/s }`;
        const [each] = await runs({ steps, workload, until: '20s' }, 1);
        return (each!.assumptions ?? []).map(({ brief }) => brief);
    };
    const OUTSIDE = '10.0.0.20 of web stands outside all places';

    it('which is said where a client reaches servers and not the balancer', async () => {
        expect(await said('at 10s isolate region dc', 'dc.a')).toContain(OUTSIDE);
        expect(await said('at 10s isolate node web-1', 'dc.a')).not.toContain(OUTSIDE);
        expect(await said('at 10s fail region dc', 'dc.a')).not.toContain(OUTSIDE);
    });

    it('which is said where it reaches servers that do not reach each other', async () => {
        expect(await said('at 10s partition dc.a | dc.b', 'dc.c')).toContain(OUTSIDE);
    });
});

describe('checks are taken to ask', () => {
    const ASK = 'the checks of 10.0.0.20 ask over HTTP';
    const said = async (steps: string, settings = ''): Promise<readonly string[]> => {
        const [each] = await runs({ steps, body: `settings { ${settings} }`, until: '2m' }, 1);
        return (each!.assumptions ?? []).map(({ brief }) => brief);
    };

    it('which is said where they take out a server that hangs, since one that only connects would not', async () => {
        expect(await said('at 10s freeze node web-1')).toContain(ASK);
        expect(await said('at 10s freeze node web-1', 'load_balancer_type = network')).toContain(ASK);
    });

    it('which is not said where any check fails, where none fails, and where all do ask', async () => {
        expect(await said('at 10s crash node web-1')).not.toContain(ASK);
        expect(await said('at 10s fail node web-1')).not.toContain(ASK);
        expect(await said('at 10s freeze node web-1  at 10100ms unfreeze node web-1')).not.toContain(ASK);
        expect(await said('at 10s freeze node web-1', 'load_balancer_type = application')).not.toContain(ASK);
    });
});

it('least connections leave one request at a time with a server that hangs, and the probe takes nobody that turn', async () => {
    const failed = async (workload: string): Promise<number[]> => {
        const endpoint = 'balance least-connections  check every 20s';
        const steps = 'at 10s freeze node web-1  at 20s unfreeze node web-1';
        return (await runs({ endpoint, workload, steps, until: '22s' }, 50)).map(({ workloads }) =>
            workloads.reduce((sum, each) => sum + each.failed, 0),
        );
    };
    const patience = 'with retries = 0, timeout = 1s';
    // One in each second of its client's patience, and up to three more until it is its turn again.
    const alone = spread(await failed(`workload browsers { reads web 50/s ${patience} }`));
    expect(alone.min).toBeGreaterThanOrEqual(8);
    expect(alone.max).toBeLessThanOrEqual(10);
    const two = `workload readers { reads web 50/s ${patience} }  workload writers { writes web 50/s ${patience} }`;
    const shared = spread(await failed(two));
    expect(shared.min).toBeGreaterThanOrEqual(8);
    expect(shared.max).toBeLessThanOrEqual(10);
});
