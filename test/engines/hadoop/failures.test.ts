/** What happens when parts of HDFS stop, hang or are cut off, and come back. */
import { expect, test } from 'vitest';
import { silentLink } from '../../../src/engines/hadoop/streams.js';
import { runOf, topologyOf } from '../../support/run.js';
import { eventsOf, lakeText, outageEnd, SHELL, SSH, type LakeText } from './support/cluster.js';

const WRITERS = 'workload w in dc.c { reads lake.f 20/s  writes lake.f 20/s }';

async function played(parts: LakeText, seed = 1) {
    const topology = await topologyOf(lakeText(parts));
    const run = runOf(topology, seed);
    const end = (shard: string, operation: 'read' | 'write') => outageEnd(topology, run, shard, operation, 30_000);
    const led = run.leaders.map(({ to }) => (to === null ? 'nobody' : topology.nodes[to]!.name));
    return { topology, run, end, led };
}

test('with ssh alone and a host without power the failover never happens, until the host is back', async () => {
    const stuck = await played({ fencing: SSH, steps: 'at 30s fail node nn-1' });
    expect(stuck.end('lake', 'read')).toBe(Infinity);
    const locks = eventsOf(stuck.run, /takes the lock/);
    const failures = eventsOf(stuck.run, /No fencing method succeeds against nn-1: nn-2 gives the lock up/);
    expect(failures.length).toBeGreaterThan(1);
    // 40 s to connect and 30 s for ssh after each lock that was taken; the last one is still being tried.
    expect(failures.map(({ atMs }) => atMs)).toEqual(locks.slice(0, failures.length).map(({ atMs }) => atMs + 70_000));
    expect(locks.length - failures.length).toBeLessThanOrEqual(1);
    expect(eventsOf(stuck.run, /finds no host that answers/)).toHaveLength(1);
    const back = await played({ fencing: SSH, steps: 'at 30s fail node nn-1  at 2m restore node nn-1' });
    expect(back.end('lake', 'read')).toBeLessThan(180_000);
});

test('a NameNode that was frozen is killed before another is active, and does not act when it resumes', async () => {
    const { run, led } = await played({ steps: 'at 30s freeze node nn-1  at 2m unfreeze node nn-1' });
    expect(eventsOf(run, /kills the NameNode/)).toHaveLength(1);
    expect(led).toEqual(['nn-1', 'nobody', 'nn-2']);
    const short = await played({ steps: 'at 30s freeze node nn-1  at 50s unfreeze node nn-1' });
    expect(short.led).toEqual(['nn-1']);
    expect(short.end('lake', 'write')).toBeLessThan(21_000);
});

test('a NameNode that starts does not listen yet, so `sshfence` kills nothing and it comes up as standby', async () => {
    const { run, led } = await played({ steps: 'at 30s restart node nn-1  at 2m restart node nn-2' });
    expect(eventsOf(run, /kills the NameNode/)).toEqual([]);
    const [fenced] = eventsOf(run, /^`sshfence` finds that the NameNode of nn-1, which is starting, does not listen/);
    const [started] = eventsOf(run, /nn-1 has started, as a standby/);
    expect(fenced!.atMs).toBeLessThan(started!.atMs);
    expect(led).toEqual(['nn-1', 'nobody', 'nn-2', 'nobody', 'nn-1']);
});

test('a frozen NameNode that only a shell fenced ends itself when it resumes: its epoch is old', async () => {
    const { run } = await played({ fencing: SHELL, steps: 'at 30s freeze node nn-1  at 2m unfreeze node nn-1' });
    expect(eventsOf(run, /nn-1 ends itself: the JournalNodes refuse its edits/)[0]!.atMs).toBe(120_000);
    expect(run.splitBrains).toEqual([]);
});

test('without a majority of the JournalNodes the active NameNode ends itself, and the other takes over if they are back in time', async () => {
    const back = await played({ steps: 'at 30s fail node jn-1, jn-2  at 2m restore node jn-1, jn-2' });
    expect(back.led).toEqual(['nn-1', 'nobody', 'nn-2']);
    expect(back.end('lake', 'write')).toBeLessThan(92_000);
});

test('who asks when no NameNode has power is told of the fault', async () => {
    const { run } = await played({ steps: 'at 30s fail region dc', workloads: '' });
    const [failed] = eventsOf(run, /no NameNode can be reached/);
    expect(run.trace[failed!.cause]!.kind).toBe('fault');
});

test('who is cut off with the old NameNode reads stale answers at most until that ends itself', async () => {
    const workloads = 'workload near in dc.a { reads lake.f 20/s }  workload far in dc.c { writes lake.f 20/s }';
    const settings =
        'ha.zookeeper.session-timeout.ms = 4000  ipc.client.connect.timeout = 2000  assumed.namenode.catch-up-time = 0s';
    const steps = 'at 30s partition dc.a | dc.b, dc.c  at 2m heal';
    const nodes = `
        node nn-1 in dc.a as namenode  node nn-2 in dc.b as namenode  nodes zk-[1..3] in dc.b as zookeeper
        nodes jn-[1..3] across zones as journalnode  nodes dn-[1..6] across zones as datanode`;
    const { run } = await played({ nodes, fencing: SHELL, settings, workloads, steps });
    const ended = eventsOf(run, /nn-1 ends itself/)[0]!.atMs;
    expect(ended).toBe(50_000);
    expect(eventsOf(run, /nn-2 .* is active/)[0]!.atMs).toBeLessThan(ended);
    expect(run.staleReads.length).toBeGreaterThan(0);
    expect(run.splitBrains).toEqual([]);
    expect(run.lostWrites).toEqual([]);
});

test('one way is as bad as both for a connection, and a short isolation changes nothing', async () => {
    const cut = await played({ steps: 'at 30s cut node nn-1 -> node zk-1, node zk-2, node zk-3' });
    expect(cut.led.at(-1)).toBe('nn-2');
    expect(eventsOf(cut.run, /nn-1 stands by when it is asked to/)).toHaveLength(1);
    const short = await played({ steps: 'at 30s isolate node nn-1  at 35s restore node nn-1' });
    expect(short.led).toEqual(['nn-1']);
    expect(short.end('lake', 'write')).toBeLessThan(7_000);
});

test('without a majority of JournalNodes reads live for 20 s, then nothing does', async () => {
    const { run, topology, end } = await played({
        steps: 'at 30s fail node jn-1, jn-2  at 4m restore node jn-1, jn-2',
        until: '5m',
    });
    const began = (operation: string): number =>
        run.outages.find((outage) => topology.shards[outage.shard]!.name === 'lake' && outage.operation === operation)!
            .fromMs;
    expect(began('write')).toBeLessThan(30_100);
    expect(began('read')).toBeGreaterThan(49_900);
    expect(end('lake', 'read')).toBe(Infinity);
});

/** Two copies in one rack, one in another. */
const THREE_COPIES = 'files f { block 0 on dn-3, dn-1, dn-4 }';
const SOON_DEAD = 'dfs.heartbeat.interval = 1s  dfs.namenode.heartbeat.recheck-interval = 10s';
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** How long the operation failed, for each of some seeds. */
async function failing(operation: 'read' | 'write', parts: LakeText): Promise<readonly number[]> {
    const topology = await topologyOf(lakeText({ files: THREE_COPIES, until: '20m', ...parts }));
    return SEEDS.map((seed) => outageEnd(topology, runOf(topology, seed), 'f.0', operation, 30_000));
}

test('a DataNode that crashed refuses at once, and requests go on to another', async () => {
    const { run } = await played({ files: THREE_COPIES, workloads: WRITERS, steps: 'at 30s crash node dn-3, dn-1' });
    expect(run.outages).toEqual([]);
});

test('requests with less patience than a stream meet silent copies until their DataNodes count as dead', async () => {
    const workloads = 'workload w { reads lake.f 20/s  writes lake.f 20/s }';
    const two = { workloads, steps: 'at 30s fail node dn-3, dn-1' };
    const reads = await failing('read', two);
    expect(Math.min(...reads)).toBeGreaterThan(600_000);
    expect(Math.max(...reads)).toBeLessThan(932_000);
    expect(Math.min(...(await failing('write', two)))).toBeGreaterThan(627_000);
    expect(Math.max(...(await failing('read', { ...two, settings: SOON_DEAD })))).toBeLessThan(42_000);
    // A third of all orders begins with both silent copies, as far as the retry does not know better.
    const { run } = await played({ ...two, files: THREE_COPIES, until: '10m' });
    const read = run.workloads.find(({ operation }) => operation === 'read')!;
    expect(read.failed / (read.sent - 30 * 20)).toBeCloseTo(1 / 3, 1);
    // The retry leaves out the copy that failed the first try.
    const one = await failing('read', { workloads, steps: 'at 30s fail node dn-3' });
    expect(Math.max(...one)).toBe(0);
    const once = 'workload w { reads lake.f 20/s with retries = 0 }';
    const tried = await failing('read', { workloads: once, steps: 'at 30s fail node dn-3' });
    expect(Math.max(...tried)).toBeGreaterThan(627_000);
});

test('stale DataNodes are avoided where that is set, unless too many are stale', async () => {
    const workloads = 'workload w { reads lake.f 20/s  writes lake.f 20/s }';
    const avoid = (which: string): string => `dfs.namenode.avoid.${which}.stale.datanode = true`;
    const two = { workloads, steps: 'at 30s fail node dn-3, dn-1' };
    expect(Math.max(...(await failing('read', { ...two, settings: avoid('read') })))).toBeLessThan(32_000);
    const writes = await failing('write', { ...two, settings: avoid('write') });
    expect(Math.min(...writes)).toBeGreaterThan(26_000);
    expect(Math.max(...writes)).toBeLessThan(32_000);
    const four = { workloads, steps: 'at 30s fail node dn-1, dn-2, dn-3, dn-5' };
    expect(Math.min(...(await failing('write', { ...four, settings: avoid('write') })))).toBeGreaterThan(600_000);
    const all = `${avoid('write')}  dfs.namenode.write.stale.datanode.ratio = 1`;
    expect(Math.max(...(await failing('write', { ...four, settings: all })))).toBeLessThan(32_000);
});

test('a client that waits longer than its streams stall has answers late instead of never', async () => {
    const patient = (timeout: string): LakeText => ({
        workloads: `workload w { reads lake.f 1/s with timeout = ${timeout}, retries = 0 }`,
        steps: 'at 30s fail node dn-3, dn-1',
    });
    expect(Math.max(...(await failing('read', patient('125s'))))).toBe(0);
    expect(Math.max(...(await failing('read', patient('115s'))))).toBeGreaterThan(600_000);
    const own = 'workload w { reads lake.f 1/s with timeout = 2s, retries = 0, dfs.client.socket-timeout = 800ms }';
    expect(Math.max(...(await failing('read', { ...patient('2s'), workloads: own })))).toBe(0);
});

test('a pipeline stalls longer, and a client that gives up before its DataNodes do blames the first', () => {
    const client = { socketMs: 60_000, pipelines: 4 };
    const at = (place: number, connects = false): unknown => silentLink(client, 60_000, place, 3, connects);
    expect([at(0), at(1), at(2)]).toEqual([
        { afterMs: 60_000, blamed: 0 },
        { afterMs: 70_000, blamed: 1 },
        { afterMs: 65_000, blamed: 2 },
    ]);
    // A host that lives takes the connection, and the answer is missing.
    expect(at(0, true)).toEqual({ afterMs: 75_000, blamed: 0 });
    expect(silentLink({ ...client, socketMs: 10_000 }, 60_000, 1, 3, false)).toEqual({ afterMs: 25_000, blamed: 0 });
});

test('a writer asks for so many pipelines and no more', async () => {
    const refused = async (retries: number): Promise<number> => {
        const workloads = `workload w { writes lake.f 1/s with timeout = 9s, retries = 0, dfs.client.block.write.retries = ${retries} }`;
        const { run } = await played({ files: THREE_COPIES, workloads, steps: 'at 30s crash node dn-3, dn-1' });
        return run.workloads[0]!.failed;
    };
    expect(await refused(1)).toBeGreaterThan(100);
    expect(await refused(2)).toBe(0);
});

test('a writer that must replace a DataNode and finds none fails once; with NEVER it goes on', async () => {
    const nodes = `
        nodes nn-[1..2] across zones as namenode  nodes jn-[1..3] across zones as journalnode, zookeeper
        nodes dn-[1..3] across zones as datanode`;
    const failed = async (settings: string): Promise<number> => {
        const workloads = 'workload w { writes lake.f 20/s with retries = 0 }';
        const { run } = await played({ nodes, settings, workloads, steps: 'at 30s crash node dn-1' });
        return run.workloads[0]!.failed;
    };
    const policy = 'dfs.client.block.write.replace-datanode-on-failure';
    expect(await failed('')).toBe(2);
    expect(await failed(`${policy}.policy = NEVER`)).toBe(0);
    expect(await failed(`${policy}.best-effort = true`)).toBe(0);
});

test('lost copies are made again, those too many deleted, and a disk alone is no loss', async () => {
    const settings = 'dfs.namenode.heartbeat.recheck-interval = 10s  dfs.heartbeat.interval = 1s';
    const whole = async (steps: string, at: string): Promise<string | null> => {
        const text = lakeText({ settings, steps, files: 'files f { blocks 12 }' });
        const topology = await topologyOf(text.replace(/ \}$/, ` expect lake fully replicated at ${at} }`));
        return runOf(topology, 2).states[0]!.state;
    };
    expect(await whole('at 30s fail node dn-1', '40s')).toBe('no');
    expect(await whole('at 30s fail node dn-1', '150s')).toBe('yes');
    expect(await whole('at 30s fail node dn-1  at 35s restore node dn-1', '40s')).toBe('yes');
    expect(await whole('at 30s wipe node dn-1', '31s')).toBe('no');
    expect(await whole('at 30s wipe node dn-1', '150s')).toBe('yes');
    expect(await whole('at 30s fail node dn-1  at 2m restore node dn-1', '150s')).toBe('yes');
});

test('what stood in memory alone is lost with power; what stood on wiped disks alone, too', async () => {
    const lost = async (steps: string, settings = ''): Promise<number> => {
        const files = 'files f { block 0 on dn-1, dn-2, dn-5 }';
        const { run } = await played({ files, settings, steps, workloads: 'workload w { writes lake.f 10/s }' });
        return run.lostWrites.reduce((sum, { count }) => sum + count, 0);
    };
    expect(await lost('at 60s fail node dn-1, dn-2')).toBe(0);
    expect(await lost('at 60s fail node dn-1, dn-2, dn-5')).toBe(350);
    expect(await lost('at 60s crash node dn-1, dn-2, dn-5')).toBe(0);
    expect(await lost('at 60s fail node dn-1, dn-2, dn-5', 'dfs.datanode.synconclose = true')).toBe(0);
    expect(await lost('at 60s fail node dn-1, dn-2, dn-5', 'assumed.page-cache.flush-time = 5s')).toBe(50);
    expect(await lost('at 60s wipe node dn-1, dn-2, dn-5')).toBe(600);
    expect(await lost('at 60s wipe node dn-1, dn-2')).toBe(0);
});

test('that nothing was lost is told to be luck where copies made anew, or disks written in time, were all that was left', async () => {
    const luck = async (steps: string, settings = ''): Promise<readonly string[]> => {
        const files = 'files f { block 0 on dn-1, dn-2, dn-5 }';
        const { run } = await played({ files, settings, steps, workloads: 'workload w { writes lake.f 10/s }' });
        expect(run.lostWrites).toEqual([]);
        return (run.mayHaveLost ?? []).map(({ reason }) => reason);
    };
    const copied = 'wipe node dn-1  at 80s wipe node dn-2  at 90s wipe node dn-5';
    expect(await luck(`at 60s ${copied}`)).toEqual([
        expect.stringMatching(/^f\.0 was left only where it had been copied anew, on dn-\d, .* a matter of chance$/),
    ]);
    expect(await luck('at 60s wipe node dn-1  at 80s wipe node dn-2')).toEqual([]);
    const turns = (seconds: number): string =>
        ['dn-1', 'dn-2', 'dn-5']
            .map((node, turn) => {
                const at = 60 + turn * seconds;
                return `at ${at}s fail node ${node}  at ${at + seconds - 1}s restore node ${node}`;
            })
            .join('  ');
    expect(await luck(turns(10))).toEqual([
        expect.stringMatching(/lost power within 35 s of each other, so that none may have kept what/),
    ]);
    expect(await luck(turns(10), 'dfs.datanode.synconclose = true')).toEqual([]);
    expect(await luck(turns(20))).toEqual([]);
    const back = 'at 60s fail node dn-1  at 70s restore node dn-1';
    const unsynced = [expect.stringMatching(/left only on DataNodes that had lost power before/)];
    expect(await luck(`${back}  at 150s wipe node dn-2, dn-5`)).toEqual(unsynced);
    expect(await luck(`${back}  at 150s wipe node dn-1, dn-2`)).toEqual([]);
    expect(await luck(`${back}  at 150s wipe node dn-2, dn-5`, 'dfs.datanode.synconclose = true')).toEqual([]);
});

test('an operator changes the active one in an orderly way, and what is not modelled is refused', async () => {
    const { run, led, end } = await played({ steps: 'at 30s switchover lake to nn-2' });
    expect(led).toEqual(['nn-1', 'nobody', 'nn-2']);
    expect(end('lake', 'write')).toBeLessThan(6_000);
    expect(eventsOf(run, /fenced/)).toEqual([]);
    await expect(played({ steps: 'at 30s wipe node jn-1' })).rejects.toThrow('only the disks of DataNodes');
    await expect(played({ steps: 'at 30s drain node nn-1' })).rejects.toThrow('HDFS decommissions DataNodes alone');
});

test('the story is the same for one seed, and every chain of causes runs back to a fault', async () => {
    for (const steps of [
        'at 30s fail zone dc.a  at 2m restore zone dc.a',
        'at 30s freeze node nn-1  at 2m unfreeze node nn-1',
        'at 30s partition dc.a | dc.b, dc.c  at 2m heal',
        'at 30s fail node jn-1, jn-2  at 90s crash node zk-1',
    ]) {
        const topology = await topologyOf(lakeText({ steps, workloads: WRITERS }));
        expect(runOf(topology, 1).traceHash).toBe(runOf(topology, 1).traceHash);
        expect(runOf(topology, 2).traceHash).not.toBe(runOf(topology, 1).traceHash);
        const { trace } = runOf(topology, 1);
        trace.forEach(({ kind, cause, text }, index) => {
            expect(cause, text).toBeLessThan(index);
            expect(cause >= 0 || kind === 'fault', text).toBe(true);
        });
    }
});

test('safe mode lasts until enough blocks are reported, by their share and their copies', async () => {
    const nodes = `
        node nn-1 in dc.a as namenode  nodes jn-[1..3] across zones as journalnode, zookeeper
        nodes dn-[1..4] across zones as datanode`;
    // Two of four blocks have their only copy on a host without power.
    const files =
        'files f { blocks 4  replicas 1  block 0 on dn-1  block 1 on dn-1  block 2 on dn-2  block 3 on dn-3 }';
    const leaves = async (settings: string): Promise<number> => {
        const steps = 'at 30s fail node dn-1  at 40s restart node nn-1';
        const { run } = await played({ nodes, files, settings, steps });
        return eventsOf(run, /leaves safe mode/).length;
    };
    expect(await leaves('')).toBe(0);
    expect(await leaves('dfs.namenode.safemode.threshold-pct = 0.5')).toBe(1);
    expect(await leaves('dfs.namenode.safemode.threshold-pct = 0.5  dfs.namenode.replication.min = 2')).toBe(0);
});

test('clients succeed again because another NameNode is active, whichever of their tries was the last to fail', async () => {
    const topology = await topologyOf(`
        region dc { zone r1  zone r2  zone r3 }
        cluster lake: hadoop "3.4" in dc {
            node nn-1 in dc.r1 as namenode  node nn-2 in dc.r2 as namenode
            nodes jn-[1..3] across zones as journalnode, zookeeper
            nodes dn-[1..4] across dc.r1, dc.r2 as datanode
            files a { blocks 30  replicas 3 }  files b { blocks 10  replicas 2 }
            settings {
                dfs.ha.automatic-failover.enabled = true  dfs.ha.fencing.methods = "sshfence, shell(/bin/true)"
                dfs.namenode.decommission.interval = 60  ha.zookeeper.session-timeout.ms = 20000
            }
        }
        workload etl { reads lake.a 20/s  writes lake.a 10/s  reads lake.b 5/s }
        scenario failure { at 1m drain node dn-1  at 90s fail node nn-1  until 4m }`);
    const run = runOf(topology, 1);
    const [active] = eventsOf(run, /has read all edits and is active/);
    const over = eventsOf(run, /^etl: reads of .* succeed/);
    expect(over).toHaveLength(40);
    expect(new Set(over.map(({ cause }) => run.trace[cause]!.text))).toEqual(new Set([active!.text]));
});
