/** Clients that know the servers, and names that an outside watcher points at the active one. */
import { describe, expect, it, vi } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { read, run } from './support/scenarios.js';
import { seeds, spread } from './support/spread.js';

vi.setConfig({ testTimeout: 60_000 });

async function runs(body: string, steps: string, count: number, workload = ''): Promise<Run[]> {
    const topology = await read(`region dc { zone a zone b }
cluster db: server in dc { node db-1 in dc.a  node db-2 in dc.b  ${body} }
${workload}
scenario failure { ${steps}  until 60s }`);
    return seeds(count).map((seed) => run(topology, 'failure', seed));
}

const promoted = ({ leaders }: Run, node: number): number => leaders.findLast(({ to }) => to === node)!.atMs - 10_000;

describe('active-passive behind a name', () => {
    const automatic =
        'endpoint dns db.internal { ttl 5s }  failover active-passive { detect within 3s  promote automatically';

    it('promotes the next in order within the time that the policy allows', async () => {
        const times = spread(
            (await runs(`${automatic} }`, 'at 10s fail node db-1', 500)).map((each) => promoted(each, 1)),
        );
        expect(times.min).toBeLessThan(50);
        expect(times.max).toBeLessThanOrEqual(3000);
        expect(times.max).toBeGreaterThan(2950);
    });

    it('leaves clients at the old address until their copy of the name expires', async () => {
        const all = await runs(`${automatic} }`, 'at 10s fail node db-1', 500);
        const waits = all.map((each) => each.outages[0]!.toMs! - 10_000 - promoted(each, 1));
        expect(spread(waits).max).toBeGreaterThan(4800);
        expect(spread(waits).max).toBeLessThanOrEqual(5050);
    });

    it('begins with the first of the order', async () => {
        const [each] = await runs(`${automatic}  order db-2, db-1 }`, 'at 10s fail node db-2', 1);
        expect(each!.leaders.map(({ to }) => to)).toEqual([1, null, 0]);
    });

    it('fails back only if the policy says so', async () => {
        const steps = 'at 10s fail node db-1  at 30s restore node db-1';
        const [stays] = await runs(`${automatic}  failback manually }`, steps, 1);
        expect(stays!.leaders.at(-1)!.to).toBe(1);
        const [returns] = await runs(`${automatic}  failback automatically }`, steps, 1);
        expect(returns!.leaders.at(-1)!.to).toBe(0);
    });

    it('leaves two active when the old one is isolated, unless it is fenced', async () => {
        const steps = 'at 10s isolate node db-1  at 30s restore node db-1';
        const [split] = await runs(`${automatic} }`, steps, 1);
        expect(split!.splitBrains).toMatchObject([{ toMs: 30_000, nodes: [0, 1] }]);
        const [fenced] = await runs(`${automatic}  fence yes }`, steps, 1);
        expect(fenced!.splitBrains).toEqual([]);
    });

    it('stays dark where a person has to promote', async () => {
        const body =
            'endpoint dns db.internal { ttl 5s }  failover active-passive { detect within 3s  promote manually }';
        const [each] = await runs(body, 'at 10s fail node db-1', 1);
        expect(each!.outages.every(({ toMs }) => toMs === null)).toBe(true);
    });

    it('refuses to guess a detection time that nothing declares', async () => {
        const body = 'endpoint dns db.internal { ttl 5s }  failover active-passive { promote automatically }';
        await expect(runs(body, 'at 10s fail node db-1', 1)).rejects.toThrow('detect within');
    });
});

describe('clients that know all servers', () => {
    const body = 'endpoint discovery  failover active-active';

    it('skip a dead one after its first failure, and retry elsewhere without a failed request', async () => {
        const workload = 'workload client { reads db 50/s  writes db 50/s }';
        const [each] = await runs(body, 'at 10s fail node db-1', 1, workload);
        expect(each!.outages).toEqual([]);
    });

    it('notice a dead server at their timeout, and its return at a background check', async () => {
        const workload = 'workload client { reads db 50/s with retries = 0, timeout = 500ms  writes db 50/s }';
        const [each] = await runs(body, 'at 10s fail node db-1', 1, workload);
        const { fromMs, toMs, failed } = each!.outages.find(({ operation }) => operation === 'read')!;
        expect(toMs! - fromMs).toBeLessThan(1100);
        // Every second of the 25 requests within the timeout.
        expect(failed).toBeGreaterThanOrEqual(12);
        expect(failed).toBeLessThanOrEqual(13);
    });
});
