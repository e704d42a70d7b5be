/** What NameNodes, ZooKeeper and the failover controllers take others for, as runs tell it. */
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { eventsOf, lakeText, type LakeText } from './support/cluster.js';

/** `who: holds whom`, in order; what is told of clusters as a whole has no name in front. */
async function beliefs(parts: LakeText, about: RegExp): Promise<readonly string[]> {
    const topology = await topologyOf(lakeText(parts));
    const nameOf = (node: number): string => topology.nodes[node]!.name;
    return runOf(topology, 1).trace.flatMap(({ belief, node }) => {
        const names = belief?.about.map(nameOf).filter((name) => about.test(name)) ?? [];
        const by = belief?.by === 'cluster' || node === undefined ? '' : `${nameOf(node)}: `;
        return names.map((name) => `${by}${belief!.holds} ${name}`);
    });
}

const SOON = 'dfs.heartbeat.interval = 1s  dfs.namenode.heartbeat.recheck-interval = 20s';

test('the active NameNode holds a silent DataNode for stale, then for dead, until it hears of it again', async () => {
    const steps = 'at 30s fail node dn-1  at 3m restore node dn-1';
    expect(await beliefs({ settings: SOON, steps }, /dn/)).toEqual([
        'nn-1: suspected dn-1',
        'nn-1: failed dn-1',
        'nn-1: alive dn-1',
    ]);
});

test('a NameNode that becomes active tells what it has found as a standby', async () => {
    const steps = 'at 30s fail node dn-1, nn-1';
    expect(await beliefs({ settings: SOON, steps }, /dn/)).toEqual(['nn-2: failed dn-1']);
});

test('a NameNode that was frozen believes what it did, and looks for dead DataNodes when it goes on', async () => {
    const nodes = `node nn-1 in dc.a as namenode  nodes jn-[1..3] across zones as journalnode, zookeeper
        nodes dn-[1..4] across zones as datanode`;
    const steps = 'at 30s fail node dn-1  at 35s freeze node nn-1  at 3m unfreeze node nn-1';
    const parts = { nodes, settings: SOON, steps, until: '5m' };
    expect(await beliefs(parts, /dn-1/)).toEqual(['nn-1: failed dn-1']);
    const [dead] = eventsOf(runOf(await topologyOf(lakeText(parts)), 1), /counts it as dead/);
    expect(dead!.atMs).toBeGreaterThan(180_000);
    expect(dead!.atMs).toBeLessThan(201_000);
});

test('a NameNode counts as failed when its session ends, as fenced after that, and as alive when it is back', async () => {
    const steps = 'at 30s fail node nn-1  at 3m restore node nn-1';
    const seen = await beliefs({ steps, until: '5m' }, /nn-1/);
    expect([...new Set(seen)]).toEqual(['failed nn-1', 'fenced nn-1', 'alive nn-1']);
    expect(seen.slice(0, 2)).toEqual(['failed nn-1', 'fenced nn-1']);
});

test('one that stands by when it is asked to is not fenced', async () => {
    const steps = 'at 30s cut node nn-1 -> node zk-1, node zk-2, node zk-3';
    const seen = await beliefs({ steps, until: '3m' }, /nn-1/);
    expect(seen).toContain('alive nn-1');
    expect(seen).not.toContain('fenced nn-1');
});
