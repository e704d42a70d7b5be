/** What is told when a shard loses all of its nodes, or all of a cluster is gone: who is left, who holds what, what is lost. */
import { expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { runOf, topologyOf } from '../../support/run.js';

const NODES = 'nodes c-[1..6] across zones  shard s1 on c-1, c-2  shard s2 on c-3, c-4  shard s3 on c-5, c-6';

async function made(steps: string, { version = 'valkey 8.0', settings = '' } = {}): Promise<Topology> {
    return topologyOf(`
        region lab { zone a  zone b  zone c }
        cluster c: elasticache "${version}" in lab {
            ${NODES}
            settings { cluster-mode = enabled  multi-az = enabled ${settings} }
            endpoint discovery
            assume failover takes 10s to 20s
            assume recovery takes 60s to 120s
        }
        workload w in lab.c { writes c 100/s }
        scenario s { ${steps} until 5m }`);
}

/** All but what clients see, without times. */
function told({ trace }: Run): readonly string[] {
    return trace.filter(({ kind }) => kind !== 'client' && kind !== 'fault').map(({ text }) => text);
}

test('both nodes of a shard: found failed, created anew empty, everything lost, and copied again', async () => {
    expect(told(runOf(await made('at 30s fail node c-1, c-2'), 1))).toEqual([
        'the other primaries hold c-1 for failed',
        'ElastiCache finds c-1 failed and nobody who could become the primary of s1',
        'A new node is ready in the place of c-1, as the primary of s1, empty',
        '1000 acknowledged writes of s1 lost',
        'A new node is ready in the place of c-2, and copies c-1',
    ]);
});

test('a node that is back before the primary copies nobody, and leads with nothing', async () => {
    const story = told(runOf(await made('at 30s fail node c-1, c-2, c-3, c-4, c-5, c-6'), 1));
    const s3 = story.filter((text) => /c-[56]|s3/.test(text));
    expect(s3).toEqual([
        'ElastiCache finds c-5 failed and nobody who could become the primary of s3',
        'A new node is ready in the place of c-6, empty: s3 has no primary that it could copy',
        'ElastiCache makes c-6 the primary of s3 in the place of c-5: no node is left that held the data, and c-6 is the first that is back',
        '1000 acknowledged writes of s3 lost',
        'A new node is ready in the place of c-5, and copies c-6',
    ]);
    // No primary is left that could hold another for failed.
    expect(story.filter((text) => text.includes('primaries'))).toEqual([]);
});

test('one primary of three only suspects the others, and what both zones held is lost even if nobody comes back', async () => {
    const run = runOf(await made('at 30s fail zone lab.a, lab.b'), 1);
    expect(told(run)).toContain('c-3 suspects c-5, and too few primaries are left to agree on it');
    expect(run.trace.some(({ belief }) => belief?.holds === 'suspected')).toBe(true);
    expect(run.lostWrites.find(({ shard }) => shard === 0)?.count).toBe(1000);
});

test('with a log a new primary begins with what the log holds', async () => {
    const durable = { version: 'valkey 9.0', settings: 'transit-encryption = enabled  durability = sync' };
    const run = runOf(await made('at 30s fail node c-1, c-2', durable), 1);
    expect(told(run)).toContain(
        'A new node is ready in the place of c-1, as the primary of s1, with what the log holds',
    );
    expect(run.lostWrites).toEqual([]);
});

test('what counts as failed counts as healthy again when it is reached, or created anew', async () => {
    const topology = await made('at 30s isolate node c-1 at 60s fail node c-3 at 4m restore node c-1');
    const { trace } = runOf(topology, 1);
    const beliefs = trace.flatMap(({ text, belief }) =>
        belief === undefined ? [] : [`${belief.holds} ${topology.nodes[belief.about[0]!]!.name}: ${text}`],
    );
    expect(beliefs).toEqual([
        'failed c-1: the other primaries hold c-1 for failed',
        'failed c-1: ElastiCache makes c-2 the primary of s1 in the place of c-1: it is the only replica left',
        'failed c-3: the other primaries hold c-3 for failed',
        'failed c-3: ElastiCache makes c-4 the primary of s2 in the place of c-3: it is the only replica left',
        'alive c-3: A new node is ready in the place of c-3, and copies c-4',
        'alive c-1: ElastiCache finds c-1 healthy again',
    ]);
});
