/** What an operator orders, and what is taken for granted of those who watch and fence the servers. */
import { describe, expect, it } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';

interface Made {
    readonly policy: string;
    readonly steps: string;
    readonly endpoint?: string;
}

const pair = ({ policy, steps, endpoint = 'endpoint dns db.x { ttl 5s }' }: Made): string => `
region r { zone a  zone b  zone c }
cluster db: server in r {
  nodes n-[1..3] across zones
  ${endpoint}
  failover active-passive { ${policy} }
}
workload app in r.c { writes db 10/s }
scenario s { ${steps}  until 5m }
`;

async function told(made: Made): Promise<ReturnType<typeof runOf>> {
    return runOf(await topologyOf(pair(made)));
}

const leadersOf = ({ leaders }: ReturnType<typeof runOf>): readonly (readonly [number, number | null])[] =>
    leaders.filter(({ atMs, to }) => atMs > 0 && to !== null).map(({ atMs, to }) => [atMs, to]);
const assumed = (run: ReturnType<typeof runOf>): string =>
    (run.assumptions ?? []).map(({ sentence }) => sentence).join('\n');

describe('an operator', () => {
    it('promotes the next server in the place of a dead one, which nobody else does', async () => {
        const policy = 'promote manually  failback manually  order n-1, n-3, n-2';
        const dead = 'at 30s fail node n-1';
        expect(leadersOf(await told({ policy, steps: dead }))).toEqual([]);
        const run = await told({ policy, steps: `${dead}  at 2m promote db` });
        expect(leadersOf(run)).toEqual([[120_000, 2]]);
        // Clients go on using the name's old answer for up to its TTL.
        expect(run.outages[0]?.toMs).toBeGreaterThanOrEqual(120_000);
        expect(run.outages[0]?.toMs).toBeLessThanOrEqual(125_200);
    });

    it('moves the lead to a server by name, and back', async () => {
        const policy = 'detect within 5s  promote automatically  failback manually';
        const steps = 'at 1m switchover db to n-2  at 2m switchover db to n-1';
        const run = await told({ policy, steps });
        expect(leadersOf(run)).toEqual([
            [60_000, 1],
            [120_000, 0],
        ]);
        expect(run.splitBrains).toEqual([]);
    });

    it('is told that an order changes nothing', async () => {
        const policy = 'promote manually  failback manually';
        const healthy = await told({ policy, steps: 'at 1m promote db' });
        expect(healthy.trace.map(({ text }) => text)).toContain('The order changes nothing: db.n-1 is active');
        const back = await told({
            policy,
            steps: 'at 30s fail node n-1  at 1m promote db  at 2m restore node n-1  at 3m promote db',
        });
        expect(back.trace.map(({ text }) => text)).toContain('The order changes nothing: db.n-2 is active');
        const dead = await told({ policy, steps: 'at 30s fail node n-2  at 1m switchover db to n-2' });
        expect(dead.trace.map(({ text }) => text)).toContain('The order changes nothing: db.n-2 answers nobody');
        expect(leadersOf(dead)).toEqual([]);
    });

    it('cannot order what addresses decide that move by themselves', async () => {
        const vip = pair({
            policy: 'promote automatically',
            steps: 'at 1m switchover db to n-2',
            endpoint: 'endpoint vip 10.0.0.1',
        });
        const topology = await topologyOf(vip);
        expect(() => runOf(topology)).toThrow('VRRP decides by priority');
    });
});

describe('whoever watches the servers', () => {
    const policy = 'detect within 5s  promote automatically';

    it('is said to see through a cut that divides them', async () => {
        const run = await told({ policy, steps: 'at 30s partition r.a | r.b, r.c' });
        expect(leadersOf(run)).toEqual([]);
        expect(assumed(run)).toContain('Whoever watches the servers of db stands outside all places');
    });

    it('is not spoken of where a server is cut off from everybody', async () => {
        const run = await told({ policy, steps: 'at 30s isolate zone r.a' });
        expect(leadersOf(run)).toHaveLength(1);
        expect(assumed(run)).not.toContain('Whoever watches');
    });

    it('is said to fence a server that nobody reaches', async () => {
        const run = await told({ policy: `${policy}  fence yes`, steps: 'at 30s isolate zone r.a' });
        expect(run.splitBrains).toEqual([]);
        expect(assumed(run)).toContain('fencing switches n-1 of db off at once');
    });

    it('is said to find a server that thaws too late ready to step back at once', async () => {
        const steps = 'at 30s freeze node n-1  at 2m unfreeze node n-1';
        const run = await told({ policy, steps });
        expect(run.splitBrains).toEqual([]);
        expect(run.trace.map(({ text }) => text)).toContain('db.n-1 finds db.n-2 active and steps back');
        expect(assumed(run)).toContain('n-1 of db serves nobody once it is thawed');
        const inTime = await told({ policy, steps: 'at 30s freeze node n-1  at 30s unfreeze node n-1' });
        expect(assumed(inTime)).not.toContain('thawed');
        const bounced = 'at 30s freeze node n-1  at 2m crash node n-1  at 2m restart node n-1';
        expect(assumed(await told({ policy, steps: bounced }))).not.toContain('thawed');
    });

    it('leaves open what becomes of answers that come too late', async () => {
        const late = async (delay: string): Promise<number> =>
            (await told({ policy, steps: `at 30s slow node n-1 by ${delay}` })).lateClusters.length;
        expect(await late('2s')).toBe(0);
        expect(await late('3s')).toBe(1);
    });
});
