/** How an ElastiCache cluster fails, by what its documentation says. */
import { describe, expect, it } from 'vitest';
import { proveObjective, type ClauseVerdict } from '../../../src/analysis/index.js';
import { proofModel } from '../../../src/analysis/models.js';
import type { Run } from '../../../src/simulator/index.js';
import type { Operation, Topology } from '../../../src/topology/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { struck } from '../support/managed.js';

interface Parts {
    readonly version?: string;
    readonly body?: string;
    readonly settings?: string;
    readonly assume?: string;
    readonly more?: string;
    readonly workload?: string;
    readonly steps: string;
    readonly until?: string;
}

const CLIENT = 'with timeout = 500ms, retries = 0';
/** Cluster mode disabled: a primary and two replicas. */
const ONE =
    'node p in lab.a  node r1 in lab.b  node r2 in lab.c  shard s on p, r1, r2  endpoint dns c.internal { ttl 2s }';
const FAILOVER = 'cluster-mode = disabled  automatic-failover = enabled  multi-az = enabled';
/** Cluster mode enabled. */
const THREE = [0, 1, 2]
    .map(
        (shard) =>
            `node p${shard} in lab.${'abc'[shard]}  node r${shard} in lab.${'bca'[shard]}  shard s${shard} on p${shard}, r${shard}`,
    )
    .join('  ');
const TWO =
    'node p0 in lab.a  node r0 in lab.b  shard s0 on p0, r0  node p1 in lab.b  node r1 in lab.a  shard s1 on p1, r1';
const CLUSTER = 'cluster-mode = enabled  multi-az = enabled';

async function made(parts: Parts): Promise<Topology> {
    const { version = 'valkey 8.0', body = ONE, settings = FAILOVER, assume, more = '', steps, until = '120s' } = parts;
    return topologyOf(`
        region lab { zone a  zone b  zone c }
        region far { zone a  zone b  zone c }
        cluster c: elasticache "${version}" in lab {
            ${body}
            ${assume ?? 'assume failover takes 10s to 20s  assume recovery takes 30s to 60s'}
            settings { ${settings} }
        }
        ${more}
        workload app { ${parts.workload ?? `writes c 30/s ${CLIENT}  reads c 30/s ${CLIENT}`} }
        scenario s { ${steps} until ${until} }`);
}

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

/** How long after 30 s the operation was back; 0: it never failed; Infinity: it never was. */
function restored(topology: Topology, run: Run, operation: Operation, shard = topology.shards[0]!.name): number {
    const own = run.outages.filter(
        (each) => each.operation === operation && topology.shards[each.shard]!.name === shard,
    );
    return Math.max(0, ...own.map(({ toMs }) => (toMs ?? Infinity) - 30_000));
}

function leaderAt(topology: Topology, run: Run, atMs: number, shard = 0): string | undefined {
    const change = run.leaders.findLast((each) => each.shard === shard && each.atMs <= atMs);
    return topology.nodes[change?.to ?? -1]?.name;
}

const lost = ({ lostWrites }: Run): number => lostWrites.reduce((sum, { count }) => sum + count, 0);

describe('cluster mode disabled', () => {
    it('promotes any of two replicas, the one that lags least', async () => {
        const settings = `${FAILOVER}  ReplicationLag = 2`;
        const workload = 'writes c 100/s with timeout = 500ms, retries = 0';
        const topology = await made({ settings, workload, steps: 'at 30s fail node p' });
        const runs = SEEDS.map((seed) => runOf(topology, seed));
        expect(Math.max(...runs.map(lost))).toBeLessThanOrEqual(200);
        const heirs = new Set(runs.map((run) => leaderAt(topology, run, 60_000)));
        expect(heirs).toEqual(new Set(['r1', 'r2']));
    });

    it('prefers a replica that was connected longer', async () => {
        const steps = 'at 10s partition node p | node r1  at 30s fail node p';
        const topology = await made({ steps });
        for (const seed of SEEDS.slice(0, 20)) {
            expect(leaderAt(topology, runOf(topology, seed), 60_000)).toBe('r2');
        }
    });

    it('goes on reading from replicas without automatic failover, and writes when the primary is created anew', async () => {
        const workload = `writes c 30/s ${CLIENT}  reads c 30/s from replicas ${CLIENT}`;
        const topology = await made({ settings: 'cluster-mode = disabled', workload, steps: 'at 30s fail node p' });
        const runs = SEEDS.map((seed) => runOf(topology, seed));
        const times = runs.map((run) => restored(topology, run, 'write'));
        expect(runs.every((run) => restored(topology, run, 'read') === 0)).toBe(true);
        expect(Math.min(...times)).toBeGreaterThanOrEqual(30_000);
        expect(Math.max(...times)).toBeLessThanOrEqual(60_600);
        expect(Math.max(...runs.map(lost))).toBeLessThanOrEqual(4);
        expect(leaderAt(topology, runs[0]!, 110_000)).toBe('p');
    });

    it('creates a node in a zone that was dark only when the zone is back', async () => {
        const body = ONE.replace('r1 in lab.b', 'r1 in lab.a').replace('r2 in lab.c', 'r2 in lab.a');
        const settings = 'cluster-mode = disabled  automatic-failover = enabled';
        const dark = await made({ body, settings, steps: 'at 30s fail zone lab.a', until: '20m' });
        expect(restored(dark, runOf(dark, 1), 'write')).toBe(Infinity);
        const back = await made({ body, settings, steps: 'at 30s fail zone lab.a  at 60s restore zone lab.a' });
        expect(restored(back, runOf(back, 1), 'write')).toBeLessThan(32_600);
        expect(lost(runOf(back, 1))).toBeGreaterThan(850);
    });

    it('comes back empty when the primary is rebooted, and when all nodes are lost', async () => {
        const reboot = await made({ steps: 'at 30s restart node p' });
        const run = runOf(reboot, 1);
        expect([restored(reboot, run, 'write'), lost(run), leaderAt(reboot, run, 60_000)]).toEqual([0, 900, 'p']);
        const replica = await made({ steps: 'at 30s restart node r1' });
        expect(lost(runOf(replica, 1))).toBe(0);
        const all = await made({ steps: 'at 30s fail node p, r1, r2' });
        expect(lost(runOf(all, 1))).toBeGreaterThanOrEqual(899);
        expect(restored(all, runOf(all, 1), 'write')).toBeLessThan(62_600);
    });

    it('loses what a primary accepts that is cut off with a client', async () => {
        const workload = `writes c 30/s ${CLIENT} } workload local in lab.a { writes c 30/s ${CLIENT}`;
        const steps = 'at 30s isolate zone lab.a  at 60s restore zone lab.a';
        const topology = await made({ workload, steps });
        const run = runOf(topology, 1);
        expect(run.splitBrains).toHaveLength(1);
        expect(run.splitBrains[0]!.toMs).toBe(60_000);
        expect(lost(run)).toBeGreaterThan(200);
        expect(leaderAt(topology, run, 110_000)).not.toBe('p');
        expect(run.trace.map(({ text }) => text)).toContainEqual(
            expect.stringMatching(/^p learns that r\d is the primary and follows it$/),
        );
    });

    it('replaces a frozen primary, which follows when it wakes', async () => {
        const topology = await made({ steps: 'at 30s freeze node p  at 60s unfreeze node p' });
        const run = runOf(topology, 1);
        expect(leaderAt(topology, run, 110_000)).toMatch(/^r/);
        expect(run.splitBrains).toEqual([]);
    });

    it('refuses writes while fewer replicas follow than it is told', async () => {
        const settings = `${FAILOVER}  min-replicas-to-write = 2  min-replicas-max-lag = 3`;
        const topology = await made({ settings, steps: 'at 30s fail node r1' });
        const run = runOf(topology, 1);
        const [outage] = run.outages;
        expect(outage!.operation).toBe('write');
        expect(outage!.fromMs).toBeGreaterThan(32_900);
        expect(outage!.fromMs).toBeLessThan(33_100);
        expect(outage!.toMs! - 30_000).toBeGreaterThanOrEqual(30_000);
        expect(outage!.toMs! - 30_000).toBeLessThanOrEqual(60_100);
    });

    it('counts reads from replicas as stale that may miss a write', async () => {
        const read = (writes: string): Promise<Topology> =>
            made({ workload: `writes c ${writes}  reads c 30/s from replicas`, steps: 'at 30s heal' });
        const [often, seldom] = await Promise.all([read('30/s'), read('1/s')]);
        expect(runOf(often, 1).staleReads[0]!.count).toBeGreaterThan(3500);
        expect(runOf(seldom, 1).staleReads).toEqual([]);
    });

    it('changes its primary as planned without loss', async () => {
        const topology = await made({ steps: 'at 30s switchover c to r2' });
        const run = runOf(topology, 1);
        expect([leaderAt(topology, run, 60_000), lost(run)]).toEqual(['r2', 0]);
        expect(restored(topology, run, 'write')).toBeGreaterThanOrEqual(10_000);
        expect(restored(topology, run, 'write')).toBeLessThanOrEqual(22_600);
    });
});

describe('cluster mode enabled', () => {
    it('stops one shard of three, by default not the others', async () => {
        const topology = await made({ body: THREE, settings: CLUSTER, steps: 'at 30s fail node p0' });
        const runs = SEEDS.map((seed) => runOf(topology, seed));
        const times = runs.map((run) => restored(topology, run, 'write', 's0'));
        expect(Math.min(...times)).toBeGreaterThanOrEqual(10_000);
        expect(Math.max(...times)).toBeLessThanOrEqual(20_700);
        expect(runs.every(({ outages }) => outages.every(({ shard }) => shard === 0))).toBe(true);
    });

    it('stops all while a slot has no owner, if it is told to', async () => {
        const settings = `${CLUSTER}  cluster-require-full-coverage = yes`;
        const topology = await made({ body: THREE, settings, steps: 'at 30s fail node p0' });
        const run = runOf(topology, 1);
        expect(restored(topology, run, 'write', 's1')).toBeGreaterThan(10_000);
        const alone = await made({
            body: THREE,
            settings,
            steps: 'at 30s fail zone lab.a  fail node r0'.replace('  fail', '  at 30s fail'),
        });
        expect(
            proofModel(alone)
                .rules(0)
                .serves(1, 'write', struck(alone, ['zone lab.a', 'zone lab.b'])).serves,
        ).toBe(false);
    });

    it('has no majority of two primaries when one fails: all stop until AWS promotes, reads only if they may not', async () => {
        const down = await made({ body: TWO, settings: CLUSTER, steps: 'at 30s fail node p0' });
        expect(restored(down, runOf(down, 1), 'write', 's1')).toBeGreaterThan(10_000);
        expect(restored(down, runOf(down, 1), 'read', 's1')).toBeGreaterThan(10_000);
        const settings = `${CLUSTER}  cluster-allow-reads-when-down = yes`;
        const reads = await made({ body: TWO, settings, steps: 'at 30s fail node p0' });
        expect(restored(reads, runOf(reads, 1), 'read', 's1')).toBe(0);
        expect(restored(reads, runOf(reads, 1), 'write', 's1')).toBeGreaterThan(10_000);
    });

    it('lets a primary on the minority’s side accept writes until it is given up, and loses them', async () => {
        const local = `writes c.s0 30/s ${CLIENT}`;
        const workload = `writes c 30/s ${CLIENT} } workload local in lab.a { ${local}`;
        const topology = await made({
            body: THREE,
            settings: CLUSTER,
            workload,
            steps: 'at 30s isolate zone lab.a  at 60s restore zone lab.a',
        });
        const run = runOf(topology, 1);
        const [outage] = run.outages.filter(({ workload: id }) => id === 1);
        expect(outage!.fromMs).toBeGreaterThanOrEqual(34_900);
        expect(outage!.fromMs).toBeLessThanOrEqual(40_100);
        expect(outage!.toMs).toBeLessThan(61_000);
        expect(lost(run)).toBeGreaterThan(140);
        expect(run.splitBrains).toEqual([]);
    });

    it('ends without a majority where two of three shards have no node left', async () => {
        const body = THREE.replace('r0 in lab.b', 'r0 in lab.a')
            .replace('p1 in lab.b', 'p1 in lab.a')
            .replace('r1 in lab.c', 'r1 in lab.a');
        const settings = 'cluster-mode = enabled';
        const topology = await made({ body, settings, steps: 'at 30s fail zone lab.a' });
        const state = struck(topology, ['zone lab.a']);
        const answer = proofModel(topology).rules(0).serves(2, 'read', state);
        expect(answer).toMatchObject({
            serves: false,
            reason: expect.stringContaining('1 of 3 shards have a primary') as string,
        });
        expect(restored(topology, runOf(topology, 1), 'read', 's2')).toBe(Infinity);
    });
});

describe('durability', () => {
    const body = THREE;
    const workload = 'writes c 300/s with timeout = 500ms, retries = 0';
    const lostWith = async (durability: string, steps: string): Promise<readonly number[]> => {
        const settings = `${CLUSTER}  durability = ${durability}`;
        const topology = await made({ version: 'valkey 9.0', body, settings, workload, steps, until: '100s' });
        return SEEDS.slice(0, 20).map((seed) => lost(runOf(topology, seed)));
    };

    it('sync: loses nothing, with a primary or with the whole shard', async () => {
        expect(Math.max(...(await lostWith('sync', 'at 30s fail node p0')))).toBe(0);
        expect(Math.max(...(await lostWith('sync', 'at 30s fail node p0, r0')))).toBe(0);
    });
});

describe('a Global Datastore', () => {
    const settings = 'cluster-mode = disabled  automatic-failover = enabled  multi-az = enabled';
    const more = `
        cluster eu: elasticache "valkey 8.0" in far { node e1 in far.a  node e2 in far.b  shard t on e1, e2
            endpoint dns eu.internal { ttl 2s }  assume failover takes 20s to 40s
            settings { ${settings} } }
        replicate c to eu { lag 2s  failover manually }`;

    it('is promoted by hand alone, and loses the lag', async () => {
        const alone = await made({ more, steps: 'at 30s fail region lab', until: '10m' });
        expect(restored(alone, runOf(alone, 1), 'write', 't')).toBe(Infinity);
        const topology = await made({ more, steps: 'at 30s fail region lab  at 60s promote eu', until: '3m' });
        for (const seed of SEEDS.slice(0, 10)) {
            const run = runOf(topology, seed);
            expect(lost(run)).toBe(60);
            expect(run.lostWrites[0]!.cluster).toBe(0);
            const tookMs = restored(topology, run, 'write', 't') - 30_000;
            expect(tookMs).toBeGreaterThanOrEqual(20_000);
            expect(tookMs).toBeLessThanOrEqual(42_300);
        }
    });

    it('is led by the primary that the other Region had, as long as it lives', async () => {
        const heirs = async (steps: string): Promise<readonly (string | undefined)[]> => {
            const topology = await made({ more, steps, until: '3m' });
            return SEEDS.slice(0, 10).map((seed) => {
                const last = runOf(topology, seed).leaders.findLast(
                    (each) => topology.shards[each.shard]!.name === 't',
                );
                return topology.nodes[last?.to ?? -1]?.name;
            });
        };
        expect(new Set(await heirs('at 30s fail region lab  at 60s promote eu'))).toEqual(new Set(['e1']));
        expect(new Set(await heirs('at 30s fail node e1  at 60s promote eu'))).toEqual(new Set(['e2']));
    });

    it('is proved to lose the lag where it has to be promoted, even if no shard loses what it answered', async () => {
        const lossOf = async (shape: string): Promise<ClauseVerdict> => {
            const objective = `objective o for c { tolerate any ${shape}  lose no writes }`;
            const durable = `${CLUSTER}  durability = sync`;
            const parts = { version: 'valkey 9.0', body: THREE, settings: durable, steps: 'at 30s heal' };
            const topology = await made({ ...parts, more: `${more}\n${objective}` });
            return (await proveObjective(topology, 0)).clauses[1]!;
        };
        const region = await lossOf('1 region');
        expect(region.status).toBe('not-proved');
        expect(region.actual).toContain('of up to the last 2.0 s may be lost, because c takes no writes any more');
        expect((await lossOf('1 zone')).status).toBe('passed');
    });

    it('is proved to lose the lag where other shards stop all of them', async () => {
        const lossOf = async (copies: string): Promise<ClauseVerdict> => {
            const objective = 'objective o for c.s2 { tolerate any 2 zones  lose no writes }';
            const settings = `${CLUSTER}  durability = sync`;
            const parts = { version: 'valkey 9.0', body: THREE, settings, steps: 'at 30s heal' };
            const topology = await made({ ...parts, more: `${copies}\n${objective}` });
            return (await proveObjective(topology, 0)).clauses[1]!;
        };
        expect((await lossOf(more)).status).toBe('not-proved');
        expect((await lossOf('')).status).toBe('passed');
    });

    it('fails over within the other Region, too, where nobody writes', async () => {
        const topology = await made({ more, steps: 'at 30s fail node e1' });
        const run = runOf(topology, 1);
        const tookMs = restored(topology, run, 'read', 't');
        expect(tookMs).toBeGreaterThanOrEqual(19_900);
        expect(tookMs).toBeLessThanOrEqual(42_300);
        expect(leaderAt(topology, run, 110_000, 1)).toBeUndefined();
    });
});

it('the weakest heir decides about capacity', async () => {
    const body = ONE.replace('p in lab.a', 'p in lab.a { capacity 100/s }')
        .replace('r1 in lab.b', 'r1 in lab.b { capacity 40/s }')
        .replace('r2 in lab.c', 'r2 in lab.c { capacity 80/s }');
    const rules = proofModel(await made({ body, steps: 'at 30s heal' })).rules(0);
    const topology = await made({ body, steps: 'at 30s heal' });
    expect(rules.capacity(struck(topology, []))).toBe(100);
    expect(rules.capacity(struck(topology, ['zone lab.a']))).toBe(40);
    expect(rules.capacity(struck(topology, ['zone lab.a', 'zone lab.b']))).toBe(80);
});
