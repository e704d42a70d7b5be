/** How an Aurora cluster fails, by what its documentation says. */
import { describe, expect, it } from 'vitest';
import { proveObjective, type ClauseVerdict } from '../../../src/analysis/index.js';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { runOf, topologyOf } from '../../support/run.js';

interface Parts {
    readonly body?: string;
    readonly assume?: string;
    readonly more?: string;
    readonly workload?: string;
    readonly steps: string;
    readonly until?: string;
}

const THREE = 'node w in lab.a  node r1 in lab.b  node r2 in lab.c';
const BOTH = both(20);

function both(rate: number): string {
    const client = 'with timeout = 500ms, retries = 0';
    return `writes db ${rate}/s ${client}  reads db ${rate}/s from replicas ${client}`;
}

async function made({
    body = THREE,
    assume,
    more = '',
    workload = BOTH,
    steps,
    until = '120s',
}: Parts): Promise<Topology> {
    return topologyOf(`
        region lab { zone a  zone b  zone c }
        region far { zone a  zone b  zone c }
        cluster db: aurora in lab {
            ${body}
            endpoint dns db.internal { ttl 2s }
            endpoint dns db-ro.internal { ttl 2s  serves reads }
            ${assume ?? 'assume failover takes 10s to 20s  assume recovery takes 30s to 60s'}
        }
        ${more}
        workload app { ${workload} }
        scenario s { ${steps} until ${until} }`);
}

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

/** How long after the last fault at 30 s the operation was back; 0: it never failed; Infinity: it never was. */
function restored(run: Run, operation: 'read' | 'write', cluster = 0): number {
    const own = run.outages.filter((each) => each.operation === operation && each.cluster === cluster);
    return Math.max(0, ...own.map(({ toMs }) => (toMs ?? Infinity) - 30_000));
}

function leaderAt(topology: Topology, run: Run, atMs: number, cluster = 0): string | undefined {
    const shard = topology.clusters[cluster]!.shards[0]!;
    const change = run.leaders.findLast((each) => each.shard === shard && each.atMs <= atMs);
    return topology.nodes[change?.to ?? -1]?.name;
}

const lost = ({ lostWrites }: Run): number => lostWrites.reduce((sum, { count }) => sum + count, 0);

describe('failover', () => {
    it('promotes the lowest tier, in it the largest', async () => {
        const body = `
            node w in lab.a { settings { db-instance-class = "db.r6g.large" } }
            node r1 in lab.b { tier 2  settings { db-instance-class = "db.r6g.4xlarge" } }
            node r2 in lab.c { tier 1  settings { db-instance-class = "db.r6g.large" } }
            node r3 in lab.c { tier 1  settings { db-instance-class = "db.r6g.xlarge" } }`;
        const topology = await made({ body, steps: 'at 30s fail node w' });
        expect(leaderAt(topology, runOf(topology, 1), 60_000)).toBe('r3');
        const without = await made({ body, steps: 'at 30s fail node w, r3' });
        expect(leaderAt(without, runOf(without, 1), 60_000)).toBe('r2');
    });

    it('promotes any of those that are equal', async () => {
        const topology = await made({ steps: 'at 30s fail node w' });
        const heirs = SEEDS.map((seed) => leaderAt(topology, runOf(topology, seed), 60_000));
        expect(heirs.filter((name) => name === 'r1').length).toBeGreaterThan(8);
        expect(heirs.filter((name) => name === 'r2').length).toBeGreaterThan(8);
    });

    it('does not come when the writer is back in time, and does not go back later', async () => {
        const early = await made({ steps: 'at 30s crash node w  at 35s restart node w' });
        const run = runOf(early, 1);
        expect(leaderAt(early, run, 100_000)).toBe('w');
        expect(restored(run, 'write')).toBeLessThan(5600);
        const late = await made({ steps: 'at 30s crash node w  at 55s restart node w' });
        expect(leaderAt(late, runOf(late, 1), 100_000)).not.toBe('w');
    });

    it('replaces a frozen writer, which can write nothing when it wakes', async () => {
        const topology = await made({ steps: 'at 30s freeze node w  at 60s unfreeze node w' });
        const run = runOf(topology, 1);
        expect(leaderAt(topology, run, 100_000)).not.toBe('w');
        expect(run.splitBrains).toEqual([]);
        expect([restored(run, 'write') > 10_000, lost(run)]).toEqual([true, 0]);
    });

    it('loses nothing, unless commits do not wait for the volume', async () => {
        const flush = (value: string, version: string): Promise<Topology> =>
            made({
                body: `${THREE} settings { innodb_flush_log_at_trx_commit = ${value} }`,
                workload: both(100),
                steps: 'at 30s fail node w',
            }).then((model) => ({
                ...model,
                clusters: model.clusters.map((cluster) => ({ ...cluster, version })),
            }));
        const lostWith = async (value: string, version: string): Promise<number> => {
            const topology = await flush(value, version);
            return Math.max(...SEEDS.slice(0, 10).map((seed) => lost(runOf(topology, seed))));
        };
        expect(await lostWith('1', 'mysql 3.10')).toBe(0);
        expect(await lostWith('2', 'mysql 3.10')).toBe(0);
        expect(await lostWith('2', 'mysql 2.12')).toBeGreaterThan(50);
        expect(await lostWith('0', 'mysql 3.10')).toBeGreaterThan(50);
        expect(await lostWith('0', 'mysql 3.10')).toBeLessThanOrEqual(100);
    });
});

describe('new instances', () => {
    it('do not come in a zone without power, and come when it is back', async () => {
        const body = 'node w in lab.a  node r in lab.a';
        const dark = await made({ body, steps: 'at 30s fail zone lab.a', until: '30m' });
        expect(restored(runOf(dark, 1), 'write')).toBe(Infinity);
        const back = await made({ body, steps: 'at 30s fail zone lab.a  at 60s restore zone lab.a', until: '5m' });
        expect(restored(runOf(back, 1), 'write')).toBeLessThan(32_000);
    });

    it('leave what was stopped on purpose alone', async () => {
        const topology = await made({ body: 'node w in lab.a', steps: 'at 30s stop node w', until: '30m' });
        expect(restored(runOf(topology, 1), 'write')).toBe(Infinity);
    });
});

describe('the volume', () => {
    it('writes with one zone less, even one without an instance, and answers nothing with two less', async () => {
        const body = 'node w in lab.a  node r in lab.a';
        const one = runOf(await made({ body, steps: 'at 30s fail zone lab.b' }), 1);
        expect([restored(one, 'write'), restored(one, 'read')]).toEqual([0, 0]);
        expect(one.trace.map(({ text }) => text)).toContainEqual(
            '4 of 6 copies of the data of db have power: enough to write, which takes 4',
        );
        const two = runOf(await made({ body, steps: 'at 30s fail zone lab.b, lab.c  at 60s restore zone lab.c' }), 1);
        expect(restored(two, 'write')).toBeGreaterThan(30_000);
        expect(restored(two, 'write')).toBeLessThan(31_000);
        expect(restored(two, 'read')).toBeGreaterThan(30_000);
    });

    it('takes nothing from a writer that reaches one zone alone', async () => {
        const workload = 'writes db 100/s with timeout = 500ms, retries = 0';
        const topology = await made({
            workload: `${workload} } workload local in lab.a { ${workload}`,
            steps: 'at 30s partition lab.a | lab.b, lab.c',
        });
        const run = runOf(topology, 1);
        expect(run.splitBrains).toEqual([]);
        expect(lost(run)).toBe(0);
        expect(leaderAt(topology, run, 100_000)).not.toBe('w');
        const local = run.outages.find(({ workload: id }) => id === 1)!;
        expect(local.toMs).toBeNull();
    });

    it('acknowledges when the fourth copy has a write: one slow zone does not matter, two do', async () => {
        const workload = 'writes db 100/s with timeout = 150ms, retries = 0';
        const slow = (zones: string): Promise<Topology> =>
            made({ workload, steps: `at 30s slow zone ${zones} by 100ms` });
        expect(restored(runOf(await slow('lab.b'), 1), 'write')).toBe(0);
        expect(restored(runOf(await slow('lab.b, lab.c'), 1), 'write')).toBe(Infinity);
    });
});

describe('readers', () => {
    it('leave their address after the same delay, and half of the reads fail until then', async () => {
        const topology = await made({ steps: 'at 30s fail node r1' });
        const run = runOf(topology, 1);
        expect(restored(run, 'write')).toBe(0);
        const [outage] = run.outages.filter(({ operation }) => operation === 'read');
        expect(outage!.form).toBe('degraded');
        expect(restored(run, 'read')).toBeGreaterThan(9000);
        expect(restored(run, 'read')).toBeLessThanOrEqual(22_600);
    });

    it('go to the writer when there is no other', async () => {
        const topology = await made({ body: 'node w in lab.a  node r in lab.b', steps: 'at 30s fail zone lab.b' });
        const run = runOf(topology, 1);
        expect(restored(run, 'read')).toBeGreaterThan(10_000);
        expect(restored(run, 'read')).toBeLessThan(22_600);
    });

    it('may answer what is older than the last write, and the writer never', async () => {
        const fresh = await made({ workload: 'writes db 100/s  reads db 100/s', steps: 'at 30s heal' });
        expect(runOf(fresh, 1).staleReads).toEqual([]);
        const behind = await made({ workload: both(100), steps: 'at 30s heal' });
        expect(runOf(behind, 1).staleReads[0]!.count).toBeGreaterThan(11_000);
        const slowWrites = await made({
            workload: 'writes db 1/s  reads db 100/s from replicas',
            steps: 'at 30s heal',
        });
        expect(runOf(slowWrites, 1).staleReads).toEqual([]);
        const cut = await made({
            workload: 'writes db 1/s  reads db 100/s from replicas',
            steps: 'at 30s partition node w | node r1',
        });
        expect(runOf(cut, 1).staleReads[0]!.count).toBeGreaterThan(3000);
    });
});

describe('a Global Database', () => {
    const more = `
        cluster eu: aurora in far { node e1 in far.a  node e2 in far.b
            endpoint dns eu.internal { ttl 2s }  assume failover takes 20s to 40s }
        replicate db to eu { lag 2s  failover manually }`;

    it('is never promoted by itself; by hand it takes what is assumed, and loses the lag', async () => {
        const steps = 'at 30s fail region lab  at 60s promote eu';
        const alone = await made({ more, steps: 'at 30s fail region lab', until: '10m' });
        expect(restored(runOf(alone, 1), 'write', 1)).toBe(Infinity);
        expect(lost(runOf(alone, 1))).toBe(0);
        const topology = await made({ more, workload: both(5), steps, until: '3m' });
        const run = runOf(topology, 1);
        expect(restored(run, 'write', 1) - 30_000).toBeGreaterThanOrEqual(20_000);
        expect(restored(run, 'write', 1) - 30_000).toBeLessThanOrEqual(42_300);
        expect(run.lostWrites).toEqual([{ cluster: 0, shard: topology.clusters[0]!.shards[0], count: 10 }]);
        expect(leaderAt(topology, run, 60_000, 1)).toBeUndefined();
        expect(leaderAt(topology, run, 179_000, 1)).toMatch(/^e/);
    });

    it('is proved to lose nothing only where nobody needs to promote it', async () => {
        const proofOf = async (shape: string, lose: string): Promise<ClauseVerdict> => {
            const objective = `objective o for db { tolerate any 1 ${shape}  lose ${lose} }`;
            const topology = await made({ more: `${more}\n${objective}`, steps: 'at 30s heal' });
            return (await proveObjective(topology, 0)).clauses[1]!;
        };
        const region = await proofOf('region', 'no writes');
        expect(region.status).toBe('not-proved');
        expect(region.actual).toContain('of up to the last 2.0 s may be lost, because db takes no writes any more');
        expect((await proofOf('region', 'at most 1999ms of writes')).status).toBe('not-proved');
        expect((await proofOf('region', 'at most 2s of writes')).status).toBe('passed');
        const zone = await proofOf('zone', 'no writes');
        expect(zone.status).toBe('passed');
        expect(zone.assumptions).toEqual([expect.stringContaining('Nobody promotes eu while db takes writes')]);
    });

    it('goes on reading, and what it answers is old while writes are missing', async () => {
        const workload = 'writes db 100/s } workload reader { reads eu 100/s';
        const topology = await made({ more, workload, steps: 'at 30s fail region lab', until: '60s' });
        const run = runOf(topology, 1);
        expect(run.outages.filter(({ operation, cluster }) => operation === 'read' && cluster === 1)).toEqual([]);
        expect(run.staleReads.find(({ cluster }) => cluster === 1)!.count).toBeGreaterThan(5900);
    });

    it('stops the former primary where it reaches it, and else loses what that goes on accepting', async () => {
        const healthy = await made({ more, steps: 'at 30s promote eu', until: '3m' });
        const told = runOf(healthy, 1);
        expect(restored(told, 'write')).toBe(Infinity);
        expect(lost(told)).toBeLessThanOrEqual(200);
        const workload = 'writes db 100/s } workload local in lab { writes db 100/s';
        const apart = await made({
            more,
            workload,
            steps: 'at 30s isolate region lab  at 31s promote eu  at 2m restore region lab',
            until: '3m',
        });
        const run = runOf(apart, 1);
        expect(lost(run)).toBeGreaterThan(9000);
        expect(run.trace.map(({ text }) => text)).toContainEqual('eu is promoted and takes writes in the place of db');
        expect(run.outages.find(({ workload: id }) => id === 1)!.toMs).toBeNull();
    });

    it('holds commits back while every secondary lags by more than the limit', async () => {
        const body = `${THREE} settings { rds.global_db_rpo = 20 }`;
        const topology = await made({
            more,
            body,
            steps: 'at 30s fail region far  at 80s restore region far',
            until: '3m',
        });
        const [outage] = runOf(topology, 1).outages.filter(
            ({ operation, cluster }) => operation === 'write' && cluster === 0,
        );
        expect(outage!.fromMs).toBeGreaterThan(47_900);
        expect(outage!.fromMs).toBeLessThan(48_200);
        expect(outage!.toMs! - 80_000).toBeLessThan(600);
    });
});

it('a switchover leads where the operator says, and nobody writes meanwhile', async () => {
    const topology = await made({ steps: 'at 30s switchover db to r2' });
    for (const seed of SEEDS.slice(0, 20)) {
        const run = runOf(topology, seed);
        expect(leaderAt(topology, run, 60_000)).toBe('r2');
        expect(restored(run, 'write')).toBeGreaterThanOrEqual(10_000);
        expect(restored(run, 'write')).toBeLessThanOrEqual(22_100);
        expect(lost(run)).toBe(0);
    }
});

it('the capacity that matters is that of the next writer', async () => {
    const body =
        'node w in lab.a { capacity 200/s }  node r1 in lab.b { capacity 50/s }  node r2 in lab.c { capacity 200/s  tier 5 }';
    const { proofModel } = await import('../../../src/analysis/models.js');
    const { struck } = await import('../support/managed.js');
    const topology = await made({ body, steps: 'at 30s heal' });
    const rules = proofModel(topology).rules(0);
    expect(rules.capacity(struck(topology, []))).toBe(200);
    expect(rules.capacity(struck(topology, ['zone lab.a']))).toBe(100);
    expect(rules.capacity(struck(topology, ['zone lab.b']))).toBe(400);
});

describe('what is told', () => {
    /** Without what clients see and without times. */
    const told = ({ trace }: Run): readonly string[] =>
        trace.map(({ text }) => text).filter((text) => !/^app: /.test(text));

    it('of a switchover is put down to the operator, also if its target cannot take over', async () => {
        const { trace } = runOf(await made({ steps: 'at 30s switchover db to r2' }), 1);
        const causes = trace
            .filter(({ text }) => /is read-only|makes r2/.test(text))
            .map(({ cause }) => trace[cause]!.text);
        expect(causes).toEqual(['switchover db to r2', 'switchover db to r2']);
        const dead = runOf(await made({ steps: 'at 30s fail node r2  at 31s switchover db to r2', until: '60s' }), 1);
        expect(told(dead)).toContain('r2 cannot take over, and w remains the writer of db');
    });

    it('of a node that was cut off is that it is healthy again, of one that died that it is back', async () => {
        const cut = runOf(await made({ steps: 'at 30s isolate node w  at 90s restore node w' }), 1);
        expect(told(cut).filter((text) => / w( |$)/.test(text))).toContain('Aurora finds w healthy again');
        const dark = runOf(await made({ steps: 'at 30s fail zone lab.a, lab.b  at 90s restore zone lab.a, lab.b' }), 1);
        expect(told(dark).filter((text) => /healthy|back/.test(text))).toEqual([
            'w is back, as the writer',
            'r1 is back, as a reader',
        ]);
        const beliefs = dark.trace.flatMap(({ belief }) => (belief === undefined ? [] : [belief.holds]));
        expect(beliefs).toEqual(['failed', 'failed', 'alive', 'alive']);
    });
});
