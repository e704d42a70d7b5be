import { describe, expect, it } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { randomStream, resendMs } from '../../src/simulator/index.js';
import { requestLossMs } from '../../src/simulator/loss.js';
import { runOf, topologyOf } from '../support/run.js';

const web = (step: string, workload = 'reads web 100/s with timeout = 1s, retries = 0'): string => `
region r { zone a  zone b }
cluster web: server in r { node w-1 in r.b  endpoint discovery }
workload crowd in r.a { ${workload} }
scenario lossy {
  at 10s  ${step}
  until 110s
  expect reads of web uninterrupted
}
`;

/** Share of the requests of the last 100 s that failed. */
async function failedShare(step: string, workload?: string): Promise<number> {
    const run = runOf(await topologyOf(web(step, workload)));
    const { failed } = run.workloads[0]!;
    return failed / 10_000;
}

describe('a connection over which packets are lost', () => {
    it('sends a packet again after 200 ms, then after 400, 800 …', () => {
        const random = randomStream(1, 'test', 'loss');
        const waits = Array.from({ length: 100_000 }, () => resendMs(0.1, random));
        expect([...new Set(waits)].sort((one, other) => one - other).slice(0, 4)).toEqual([0, 200, 600, 1400]);
        expect(waits.filter((wait) => wait === 0).length / waits.length).toBeCloseTo(0.9, 2);
        expect(waits.filter((wait) => wait === 200).length / waits.length).toBeCloseTo(0.09, 2);
        expect(resendMs(0, random)).toBe(0);
        expect(resendMs(1, random)).toBe(Infinity);
    });

    it('loses a second where its opening is lost', () => {
        const random = randomStream(1, 'test', 'loss');
        const waits = Array.from({ length: 100_000 }, () => requestLossMs(0.1, 0.1, random));
        expect(waits.filter((wait) => wait === 0).length / waits.length).toBeCloseTo(0.9 ** 4, 2);
        expect(waits.filter((wait) => wait >= 1000).length / waits.length).toBeGreaterThan(1 - 0.9 ** 2);
    });
});

describe('`drop … between`', () => {
    it('makes the share of requests fail whose packets come too late', async () => {
        // The opening is lost with 1 - 0.9²; of the rest, a packet that is lost three times in a row waits for 1.4 s.
        const share = await failedShare('drop 10% between r.a and r.b');
        expect(share).toBeGreaterThan(0.17);
        expect(share).toBeLessThan(0.22);
        expect(await failedShare('drop 1% between r.a and r.b')).toBeLessThan(0.04);
        expect(await failedShare('drop 100% between r.a and r.b')).toBeGreaterThan(0.98);
    });

    it('makes none fail whose clients wait long enough', async () => {
        expect(await failedShare('drop 1% between r.a and r.b', 'reads web 100/s with timeout = 60s')).toBe(0);
    });

    it('touches nobody else', async () => {
        expect(await failedShare('drop 50% between r.b and r.b')).toBe(0);
    });

    it('is over when it is taken back, and when the network heals', async () => {
        const dropped = await failedShare('drop 100% between r.a and r.b  at 20s drop 0% between r.a and r.b');
        expect(dropped).toBeCloseTo(0.1, 2);
        expect(await failedShare('drop 100% between r.a and r.b  at 20s heal')).toBeCloseTo(0.1, 2);
    });

    it('is one history for one seed', async () => {
        const topology = await topologyOf(web('drop 10% between r.a and r.b'));
        expect(runOf(topology, 3).traceHash).toBe(runOf(topology, 3).traceHash);
        expect(runOf(topology, 4).traceHash).not.toBe(runOf(topology, 3).traceHash);
    });

    it('says what it takes for granted', async () => {
        const { verdict } = await runScenario(await topologyOf(web('drop 10% between r.a and r.b')), 0);
        expect(verdict.status).toBe('failed');
        expect(verdict.notes.join()).toContain('send a lost packet again after 200 ms');
        expect(verdict.notes.join()).not.toContain('Not modelled');
    });
});

describe('adverts of VRRP, which nobody sends again', () => {
    const gateway = (share: string): string => `
region r { zone a  zone b }
cluster gateway: server in r {
  node g-1 in r.a { priority 150 }
  node g-2 in r.b { priority 100 }
  endpoint vip 10.0.0.10 { advertise every 1s }
}
scenario lossy { at 10s  drop ${share} between r.a and r.b  until 1h }
`;

    it('make the backup take the address where three in a row are lost', async () => {
        const run = runOf(await topologyOf(gateway('20%')));
        const takeovers = run.trace.filter(({ text }) => text.includes('g-2 heard no advert')).length;
        // Of 3,590 adverts each begins three lost ones with a chance of 0.2³ · 0.8, which gives 23.
        expect(takeovers).toBeGreaterThan(10);
        expect(takeovers).toBeLessThan(40);
        expect(run.splitBrains.length).toBeGreaterThan(0);
    });

    it('are seldom enough lost three times at one per cent', async () => {
        const run = runOf(await topologyOf(gateway('1%')));
        expect(run.splitBrains).toEqual([]);
    });
});

describe('`drop 100%`', () => {
    const broker = (steps: string): string => `
region r { zone a  zone b  zone c }
cluster k: kafka "4.1" in r {
  nodes ctl-[1..3] across zones as controller
  nodes b-[1..3] across zones as broker
  topic t { replicas 3  partition 0 on b-2, b-3, b-1  settings { min.insync.replicas = 2 } }
}
workload p in r.b { writes k.t 200/s with acks = all }
scenario lost { ${steps}  until 6m  expect writes of k.t uninterrupted  expect k.t fully replicated at 4m }
`;

    it('is a cut both ways, for what nodes say to each other, too', async () => {
        const cut = runOf(await topologyOf(broker('at 1m partition r.a | r.b  at 1m partition r.a | r.c')));
        const all = await topologyOf(
            broker('at 1m drop 100% between r.a and r.b  at 1m drop 100% between r.a and r.c'),
        );
        const lost = runOf(all);
        expect(lost.outages).toEqual(cut.outages);
        expect(lost.outages.length).toBeGreaterThan(0);
        expect(lost.links.map(({ state }) => state)).toEqual(lost.links.map(() => 'cut'));
        const { verdict } = await runScenario(all, 0);
        expect(verdict.clauses.map(({ status }) => status)).toEqual(['failed', 'failed']);
        expect(verdict.notes.join()).not.toContain('Not modelled: the loss');
    });
});

describe('a cluster whose own messages are not lost in the model', () => {
    const ring = (expectation: string, steps = 'at 10s drop 10% between r.a and r.b'): string => `
region r { zone a  zone b  zone c }
cluster ring: cassandra in r { nodes c-[1..3] across zones  keyspace k { replicas 3 } }
cluster app: server in r { node w-1 in r.c  endpoint discovery  needs reads of ring }
cluster other: server in r { node o-1 in r.c  endpoint discovery }
scenario lossy { ${steps}  until 1m  expect ${expectation} }
`;
    const statusOf = async (text: string): Promise<string> =>
        (await runScenario(await topologyOf(text), 0)).verdict.status;

    it('says so, and leaves undecided what is expected of it', async () => {
        const { verdict } = await runScenario(await topologyOf(ring('reads of ring uninterrupted')), 0);
        expect(verdict.notes.join()).toContain('Not modelled: the loss of messages among the nodes of ring');
        expect(verdict.status).toBe('error');
        expect(verdict.clauses[0]?.actual).toContain('among the nodes of ring, so nobody can tell');
    });

    it('leaves undecided what needs it, and nothing else', async () => {
        expect(await statusOf(ring('reads of app uninterrupted'))).toBe('error');
        expect(await statusOf(ring('reads of other uninterrupted'))).toBe('passed');
    });

    it('is judged at an instant before anything is lost', async () => {
        expect(await statusOf(ring('reads of ring available at 5s'))).toBe('passed');
        expect(await statusOf(ring('reads of ring available at 20s'))).toBe('error');
    });
});

it('what a cluster sends over its connections comes later: Redis hears of a dead primary all the same', async () => {
    const topology = await topologyOf(`
region r { zone a  zone b  zone c }
cluster cache: redis in r { nodes n-[1..6] across zones  shards s-[1..3] { replicas 1 }  settings { cluster-node-timeout = 5000 } }
scenario lossy { at 10s  drop 20% between r.a and r.b  at 20s crash node n-1  until 2m  expect writes of cache available at 110s }
`);
    const { verdict } = await runScenario(topology, 0);
    expect(verdict.notes.join()).not.toContain('Not modelled');
    expect(verdict.status).toBe('passed');
});
