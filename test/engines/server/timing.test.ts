/** What the documentation of VRRP, load balancers and names derives, beside what 1,000 seeds show: inside, and close to both ends. */
import { expect, it, vi } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { gateway, web } from './support/gateway.js';
import { read, run } from './support/scenarios.js';
import { seeds, spread } from './support/spread.js';

vi.setConfig({ testTimeout: 60_000 });

/** Of a spread of a second, 1,000 even draws leave a twentieth untouched at neither end. */
const CLOSE = 0.05;
const FAULT_MS = 10_000;

const TAKEN_BY_SECOND = ({ leaders }: Run): number => leaders.find(({ to, atMs }) => to === 1 && atMs > 0)!.atMs;
const BACK_TO_FIRST = ({ leaders }: Run): number => leaders.findLast(({ to }) => to === 0)!.atMs;
const TAKEN_OUT = ({ trace }: Run): number => trace.find(({ kind }) => kind === 'detection')!.atMs;
const TAKEN_IN = ({ trace }: Run): number => trace.findLast(({ kind }) => kind === 'recovery')!.atMs;
const FIRST_ANSWER = ({ outages }: Run): number => outages[0]!.toMs!;
/** From the promotion until the clients, who share one copy of the name, are told of it. */
const NAME_CACHED = (each: Run): number => FAULT_MS + FIRST_ANSWER(each) - TAKEN_BY_SECOND(each);

const active = (policy: string, name = ''): string => `
region dc { zone a zone b }
cluster db: server in dc { node db-1 in dc.a  node db-2 in dc.b  ${name}  failover active-passive { ${policy} } }
workload client { writes db 200/s with timeout = 20ms, retries = 0 }
scenario failure { at 10s fail node db-1  until 25s }`;
const death = 'at 10s fail node gw-1';
// Clients that ask seldom spare the probe.
const balanced = (check: string, steps: string, until = '27s', body = ''): string =>
    web({ endpoint: check, body, steps, until, workload: 'workload browsers { reads web 1/s  writes web 1/s }' });

const AWS = (type: string): string => `settings { load_balancer_type = ${type} }`;

const skew = (priority: number, unitMs: number): number => ((256 - priority) * unitMs) / 256;

interface Formula {
    readonly formula: string;
    readonly text: string;
    readonly measured: (each: Run) => number;
    readonly minMs: number;
    readonly maxMs: number;
    readonly sinceMs?: number;
}

const FORMULAS: readonly Formula[] = [
    {
        formula: 'VRRP 2: 3 adverts + (256 - priority)/256 s since the last advert',
        text: gateway({ steps: death, until: '15s' }),
        measured: TAKEN_BY_SECOND,
        minMs: 2000 + skew(100, 1000),
        maxMs: 3000 + skew(100, 1000),
    },
    {
        formula: 'VRRP 2 with adverts every 2 s: the skew stays a share of a second',
        text: gateway({ endpoint: 'advertise every 2s', steps: death, until: '20s' }),
        measured: TAKEN_BY_SECOND,
        minMs: 4000 + skew(100, 1000),
        maxMs: 6000 + skew(100, 1000),
    },
    {
        formula: 'VRRP 3 with adverts every 2 s: the skew is a share of the interval',
        text: gateway({
            endpoint: 'advertise every 2s',
            body: 'settings { vrrp_version = 3 }',
            steps: death,
            until: '20s',
        }),
        measured: TAKEN_BY_SECOND,
        minMs: 4000 + skew(100, 2000),
        maxMs: 6000 + skew(100, 2000),
    },
    {
        formula: 'VRRP, a clean stop: the skew alone',
        text: gateway({ steps: 'at 10s stop node gw-1', until: '15s' }),
        measured: TAKEN_BY_SECOND,
        minMs: skew(100, 1000),
        maxMs: skew(100, 1000),
    },
    {
        formula: 'VRRP, preemption: the whole wait after the return',
        text: gateway({ steps: `${death}  at 20s restore node gw-1`, until: '30s' }),
        measured: BACK_TO_FIRST,
        sinceMs: 20_000,
        minMs: 3000 + skew(150, 1000),
        maxMs: 3000 + skew(150, 1000),
    },
    {
        formula: 'VRRP, preempt delay: the whole wait after the last advert inside of the delay',
        text: gateway({ endpoint: 'preempt-delay 5s', steps: `${death}  at 20s restore node gw-1`, until: '35s' }),
        measured: BACK_TO_FIRST,
        sinceMs: 20_000,
        minMs: 4000 + 3000 + skew(150, 1000),
        maxMs: 5000 + 3000 + skew(150, 1000),
    },
    {
        formula: 'VRRP, a dead service: U(0, interval) + (fall - 1) intervals, then the skew',
        text: gateway({ endpoint: 'check every 2s  fall 3  rise 2', steps: 'at 10s crash node gw-1', until: '20s' }),
        measured: TAKEN_BY_SECOND,
        minMs: 4000 + skew(100, 1000),
        maxMs: 6000 + skew(100, 1000),
    },
    {
        // The sheet counts one timeout. HAProxy's interval begins anew after each of them, as recordings of it show.
        formula: 'load balancer, no answer: U(0, interval) + (fall - 1) intervals + fall timeouts',
        text: balanced('check every 5s  timeout 2s  fall 2  rise 3', 'at 10s fail node web-1'),
        measured: TAKEN_OUT,
        minMs: 5000 + 2 * 2000,
        maxMs: 10_000 + 2 * 2000,
    },
    {
        formula: 'load balancer with fall 1: U(0, interval) + timeout, in the sheet as in the model',
        text: balanced('check every 5s  timeout 2s  fall 1  rise 1', 'at 10s fail node web-1'),
        measured: TAKEN_OUT,
        minMs: 2000,
        maxMs: 7000,
    },
    {
        formula:
            'ALB: U(0, interval) + (unhealthy - 1) intervals + one timeout, as its checks begin at a fixed distance',
        text: balanced(
            'check every 10s  timeout 6s  fall 3  rise 2',
            'at 10s fail node web-1',
            '46s',
            AWS('application'),
        ),
        measured: TAKEN_OUT,
        minMs: 20_000 + 6000,
        maxMs: 30_000 + 6000,
    },
    {
        formula: 'ALB as it comes: every 30 s, 5 s, 2 failures',
        text: balanced('', 'at 10s fail node web-1', '76s', AWS('application')),
        measured: TAKEN_OUT,
        minMs: 30_000 + 5000,
        maxMs: 60_000 + 5000,
    },
    {
        formula: 'NLB as it comes: every 30 s, 10 s, 2 failures',
        text: balanced('', 'at 10s fail node web-1', '81s', AWS('network')),
        measured: TAKEN_OUT,
        minMs: 30_000 + 10_000,
        maxMs: 60_000 + 10_000,
    },
    {
        formula: 'ALB, the way back: about 5 intervals',
        text: balanced('', 'at 10s crash node web-1  at 100s restart node web-1', '251s', AWS('application')),
        measured: TAKEN_IN,
        sinceMs: 100_000,
        minMs: 4 * 30_000,
        maxMs: 5 * 30_000,
    },
    {
        formula: 'load balancer, refused connections: U(0, interval) + (fall - 1) intervals',
        text: balanced('check every 5s  timeout 2s  fall 3  rise 3', 'at 10s crash node web-1'),
        measured: TAKEN_OUT,
        minMs: 10_000,
        maxMs: 15_000,
    },
    {
        formula: 'load balancer, the way back: U(0, interval) + (rise - 1) intervals',
        text: balanced(
            'check every 2s  timeout 1s  fall 2  rise 4',
            'at 10s crash node web-1  at 20s restart node web-1',
            '30s',
        ),
        measured: TAKEN_IN,
        sinceMs: 20_000,
        minMs: 3 * 2000,
        maxMs: 4 * 2000,
    },
    {
        formula: 'active-passive: detection within the declared time, then the promotion, which costs nothing more',
        text: active('detect within 3s  promote automatically'),
        measured: TAKEN_BY_SECOND,
        minMs: 0,
        maxMs: 3000,
    },
    {
        formula: 'DNS: what is left of the TTL when the name changes',
        text: active('detect within 3s  promote automatically', 'endpoint dns db.internal { ttl 4s }'),
        measured: NAME_CACHED,
        minMs: 0,
        maxMs: 4000,
    },
];

it.each(FORMULAS.map((row) => [row.formula, row] as const))('%s', async (_formula, row) => {
    const { text, measured, minMs, maxMs, sinceMs = FAULT_MS } = row;
    const topology = await read(text);
    const seen = spread(seeds(1000).map((seed) => measured(run(topology, 'failure', seed)) - sinceMs));
    // A round trip and the rounding to a millisecond; where a client tells, its timeout and the gap of its requests, too.
    const extraMs = measured === NAME_CACHED ? 30 : 12;
    const closeMs = (maxMs - minMs) * CLOSE + extraMs;
    expect(seen.min).toBeGreaterThanOrEqual(Math.floor(minMs));
    expect(seen.max).toBeLessThanOrEqual(Math.ceil(maxMs) + extraMs);
    expect(seen.min).toBeLessThanOrEqual(minMs + closeMs);
    expect(seen.max).toBeGreaterThanOrEqual(maxMs - closeMs);
});

it('two VRRP masters on a cut segment: each side serves its own clients until the cut is healed', async () => {
    const topology = await read(`${gateway({ steps: 'at 10s partition dc.a | dc.b  at 40s heal' })}
workload left in dc.a { reads gateway 50/s }
workload right in dc.b { reads gateway 50/s }`);
    for (const seed of seeds(50)) {
        const { splitBrains, leaders, outages } = run(topology, 'failure', seed);
        expect(splitBrains).toMatchObject([{ nodes: [0, 1] }]);
        const { fromMs, toMs } = splitBrains[0]!;
        expect(fromMs).toBeGreaterThanOrEqual(FAULT_MS + 2609);
        expect(fromMs).toBeLessThanOrEqual(FAULT_MS + 3612);
        expect(toMs).toBeGreaterThanOrEqual(40_000);
        expect(toMs).toBeLessThanOrEqual(41_005);
        // The stronger never noticed; the weaker yields when it hears it again.
        expect(leaders.at(-1)!.to).toBe(0);
        expect(outages.filter(({ workload }) => workload === 0)).toEqual([]);
        expect(outages.filter(({ workload }) => workload === 1)[0]!.toMs).toBeLessThan(FAULT_MS + 4700);
    }
});
