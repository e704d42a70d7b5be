/** What still answers, how soon and at what loss, when hosts of an HDFS cluster lost power at one instant. */
import { expect, test } from 'vitest';
import { topologyOf } from '../../support/run.js';
import { rulesOf, without } from '../support/rules.js';
import { lakeText, SHELL, shardOf, SSH, type LakeText } from './support/cluster.js';

async function answer(parts: LakeText, shard: string, operation: 'read' | 'write', ...dead: readonly string[]) {
    const topology = await topologyOf(lakeText(parts));
    const state = rulesOf(topology).serves(shardOf(topology, shard), operation, without(topology, ...dead));
    return state.serves ? 'serves' : state.reason;
}

test('the namespace lives with one NameNode, majorities and fencing that succeeds', async () => {
    expect(await answer({}, 'lake', 'write', 'nn-1', 'jn-1', 'zk-1')).toBe('serves');
    expect(await answer({}, 'lake', 'read', 'nn-1', 'nn-2')).toBe('no NameNode (nn-1 and nn-2) is left');
    expect(await answer({}, 'f.0', 'read', 'jn-1', 'jn-2')).toContain('1 of 3 JournalNodes are left');
    expect(await answer({}, 'lake', 'write', 'nn-2', 'zk-1', 'zk-2')).toContain('1 of 3 ZooKeeper servers');
});

test('without ZooKeeper the active NameNode goes on', async () => {
    expect(await answer({}, 'lake', 'write', 'zk-1', 'zk-2', 'zk-3')).toBe('serves');
});

test('nobody takes over by ssh alone, by hand, or without a controller', async () => {
    expect(await answer({ fencing: SSH }, 'lake', 'read', 'nn-1')).toContain('fencing fails and nobody takes over');
    expect(await answer({ fencing: SHELL }, 'lake', 'read', 'nn-1')).toBe('serves');
    const byHand = { automatic: false };
    expect(await answer(byHand, 'lake', 'read', 'nn-1')).toContain('waits for an operator');
    expect(await answer(byHand, 'lake', 'read', 'zk-1', 'zk-2')).toBe('serves');
});

test('a block is read while one copy lives, and written while DataNodes are enough', async () => {
    const topology = await topologyOf(lakeText());
    const copies = topology.shards[shardOf(topology, 'f.0')]!.copies.map((node) => topology.nodes[node]!.name);
    expect(await answer({}, 'f.0', 'read', ...copies.slice(1))).toBe('serves');
    expect(await answer({}, 'f.0', 'read', ...copies)).toContain('no copy of f.0');
    expect(await answer({}, 'f.0', 'write', ...copies)).toBe('serves');
    const two = { settings: 'dfs.namenode.replication.min = 2' };
    const five = ['dn-1', 'dn-2', 'dn-3', 'dn-4', 'dn-5'];
    expect(await answer({}, 'f.0', 'write', ...five)).toBe('serves');
    expect(await answer(two, 'f.0', 'write', ...five)).toContain('1 DataNodes are left and a new block needs 2');
});

test('what stood in memory alone is lost with all hosts that held it, unless it is forced to disk', async () => {
    for (const [settings, kind] of [
        ['', 'within'],
        ['dfs.datanode.synconclose = true', 'none'],
    ] as const) {
        const topology = await topologyOf(lakeText({ settings }));
        const id = shardOf(topology, 'f.0');
        const copies = topology.shards[id]!.copies.map((node) => topology.nodes[node]!.name);
        expect(rulesOf(topology).loss(id, without(topology, ...copies)).kind).toBe(kind);
        expect(rulesOf(topology).loss(id, without(topology, ...copies.slice(1))).kind).toBe('none');
        expect(rulesOf(topology).loss(shardOf(topology, 'lake'), without(topology, 'nn-1', 'jn-1')).kind).toBe('none');
    }
});

test('capacity is that of the DataNodes', async () => {
    const nodes = `
        nodes nn-[1..2] across zones as namenode  nodes jn-[1..3] across zones as journalnode, zookeeper
        nodes dn-[1..4] across zones as datanode { capacity 100/s }`;
    const topology = await topologyOf(lakeText({ nodes }));
    expect(rulesOf(topology).capacity(without(topology, 'nn-1', 'jn-1'))).toBe(400);
    expect(rulesOf(topology).capacity(without(topology, 'dn-1'))).toBe(300);
});

test('a host that is silent costs its session, then every fencing method before one that succeeds', async () => {
    const partsOf = async (
        parts: LakeText,
        ...dead: readonly string[]
    ): Promise<Readonly<Record<string, number[]>>> => {
        const topology = await topologyOf(lakeText(parts));
        const bound = rulesOf(topology).recovery(shardOf(topology, 'lake'), 'write', without(topology, ...dead));
        return Object.fromEntries(bound.parts.map(({ label, minMs, maxMs }) => [label, [minMs, maxMs]]));
    };
    const session = 'the session of the old NameNode ends in ZooKeeper';
    expect(await partsOf({}, 'nn-1')).toMatchObject({ [session]: [6_667, 13_000], fencing: [70_000, 70_000] });
    expect(await partsOf({ fencing: SHELL }, 'nn-1')).toMatchObject({ fencing: [40_000, 40_000] });
    const once = 'ha.failover-controller.graceful-fence.connection.retries = 0  ipc.client.connect.timeout = 3000';
    expect(await partsOf({ fencing: SHELL, settings: once }, 'nn-1')).toMatchObject({ fencing: [3_000, 3_000] });
    const short = { settings: 'ha.zookeeper.session-timeout.ms = 1000' };
    expect(await partsOf(short, 'nn-1')).toMatchObject({ [session]: [2_667, 7_000] });
    expect(Object.keys(await partsOf({}, 'nn-1', 'zk-1'))).toContain('ZooKeeper elects a leader, if it lost its own');
    expect(await partsOf({}, 'jn-1')).toEqual({});
});

test('a bound counts how long silent DataNodes are handed out to clients that may meet nobody else', async () => {
    const until = async (client: string, settings: string, ...dead: readonly string[]): Promise<number> => {
        const files = 'files f { block 0 on dn-3, dn-1, dn-4 }';
        const topology = await topologyOf(lakeText({ files, settings, workloads: `workload w ${client}` }));
        const id = shardOf(topology, 'f.0');
        const { parts } = rulesOf(topology).recovery(id, 'read', without(topology, ...dead));
        return parts.find(({ label }) => label.startsWith('until silent DataNodes count as'))?.maxMs ?? 0;
    };
    const impatient = '{ reads lake.f 20/s }';
    expect(await until(impatient, '', 'dn-3', 'dn-1')).toBe(930_000);
    expect(await until(impatient, 'dfs.namenode.avoid.read.stale.datanode = true', 'dn-3', 'dn-1')).toBe(30_000);
    // One that is silent is left out by the retry; a copy in the reader's own rack is asked first.
    expect(await until(impatient, '', 'dn-3')).toBe(0);
    expect(await until('{ reads lake.f 20/s with retries = 0 }', '', 'dn-3')).toBe(930_000);
    expect(await until(`in dc.c ${impatient}`, '', 'dn-1', 'dn-4')).toBe(0);
    expect(await until('{ reads lake.f 20/s with timeout = 3m, retries = 0 }', '', 'dn-3', 'dn-1')).toBe(0);
});
