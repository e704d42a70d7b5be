/** What exactly is found, where it is told, and what mends it. */
import { describe, expect, test } from 'vitest';
import { votesOf } from '../../../src/engines/index.js';
import type { Finding } from '../../../src/topology/index.js';
import { topologyOf } from '../../support/run.js';
import { findingsOf } from './support.js';

const AWARE = 'cluster.routing.allocation.awareness.attributes = zone';

interface Parts {
    readonly region?: string;
    readonly managers?: string;
    readonly data?: string;
    readonly index?: string;
    readonly settings?: string;
    readonly behind?: string;
}

function text(engine: string, parts: Parts): string {
    const role = engine === 'opensearch' ? 'cluster_manager' : 'master';
    return `region r { ${parts.region ?? 'zone a  zone b  zone c'} }
cluster c: ${engine} in r {
${parts.managers ?? `nodes m-[1..3] across zones as ${role}`}
${parts.data ?? 'nodes d-[1..6] across zones as data'}
${parts.index ?? 'index i { shards 3  replicas 1 }'}
settings { ${parts.settings ?? AWARE} }
}
${parts.behind ?? ''}`;
}

async function elastic(parts: Parts): Promise<readonly Finding[]> {
    return findingsOf(text('elasticsearch', parts));
}

async function codes(parts: Parts, engine = 'elasticsearch'): Promise<readonly string[]> {
    return (await findingsOf(text(engine, parts))).map(({ code, severity }) => `${severity} ${code}`);
}

describe('votes', () => {
    test('four nodes: one has no vote, and the finding says so', async () => {
        const [even, zone] = await elastic({ managers: 'nodes m-[1..4] across zones as master' });
        expect(even!.message).toBe(
            'c has 4 master-eligible nodes: one of them is left without a vote, so that 3 decide, and they survive the loss of 1 at once, as 3 would.',
        );
        expect(even!.fixes).toMatchObject([{ kind: 'resize-range', title: 'Use 3 master-eligible nodes', by: -1 }]);
        expect(zone!.message).toBe(
            '2 of 3 votes of the master-eligible nodes of c stand in r.a if the node without a vote is elsewhere: if that zone fails, 1 is left, 2 are needed, and nobody is elected master, so no replica is promoted and no index can change.',
        );
    });

    test('six nodes over three zones: whichever has no vote, no zone holds a majority', async () => {
        expect(await codes({ managers: 'nodes m-[1..6] across zones as master' })).toEqual([
            'warning elasticsearch/even-masters',
        ]);
    });

    test('votes are odd, and nobody has none', () => {
        const votes = [0, 1, 2, 3, 4].map((voters) =>
            votesOf({ voters: Array.from({ length: voters }, (_, id) => id), keepsOdd: true }),
        );
        expect(votes).toEqual([0, 1, 1, 3, 3]);
        expect(votesOf({ voters: [0, 1, 2, 3] })).toBe(4);
    });

    test('two nodes: one alone has a vote', async () => {
        const [few, ...others] = await elastic({ managers: 'nodes m-[1..2] across zones as master' });
        expect(few!.message).toContain('one of them alone has a vote: when that one fails, nobody is elected master');
        expect(others).toEqual([]);
    });

    test('a voting-only node counts as a vote, in the third zone as well', async () => {
        const managers = (third: string): string =>
            `nodes m-[1..2] across r.a, r.b as master  node v in r.${third} as master, voting_only`;
        expect(await codes({ managers: managers('c') })).toEqual([]);
        expect(await codes({ managers: managers('b') })).toEqual(['warning elasticsearch/masters-in-one-zone']);
    });

    test('nodes that vote only cannot lead', async () => {
        const { clusters, shards, nodes } = await topologyOf(
            text('elasticsearch', {
                managers: 'node v in r.c as master, voting_only  nodes m-[1..2] across r.a, r.b as master',
            }),
        );
        const plane = shards[clusters[0]!.controlPlane!.shard]!;
        expect(plane.copies.map((id) => nodes[id]!.name)).toEqual(['m-1', 'm-2']);
    });

    test('nodes that vote only cannot elect anybody', async () => {
        const found = await elastic({ managers: 'nodes m-[1..3] across zones as master, voting_only' });
        expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error elasticsearch/no-master']);
        expect(found[0]!.message).toContain('vote only');
    });

    test('five are too many, and only a range for votes alone is made shorter', async () => {
        const [many] = await elastic({ managers: 'nodes m-[1..5] across zones as master' });
        expect(many).toMatchObject({ code: 'elasticsearch/many-masters', fixes: [{ by: -2 }] });
        const [mixed] = await elastic({ managers: '', data: 'nodes n-[1..5] across zones' });
        expect(mixed).toMatchObject({ code: 'elasticsearch/many-masters', fixes: [] });
    });

    test('OpenSearch takes both names of the role', async () => {
        expect(await codes({ managers: 'nodes m-[1..3] across zones as master' }, 'opensearch')).toEqual([]);
        expect(await codes({ managers: 'nodes m-[1..3] across zones as data' }, 'opensearch')).toEqual([
            'error opensearch/no-cluster-manager',
        ]);
    });
});

describe('roles', () => {
    test('three nodes with the default roles are sound', async () => {
        for (const engine of ['elasticsearch', 'opensearch']) {
            expect(await codes({ managers: '', data: 'nodes n-[1..3] across zones' }, engine)).toEqual([]);
        }
    });

    test('a role is not alone where a node of every tier has it, too', async () => {
        const data = (tier: string): string => `nodes d-[1..2] across zones as data  node t in r.c as ${tier}`;
        expect(await codes({ data: data('data_warm') })).toEqual([]);
        expect(await codes({ data: data('data_warm, ml') })).toEqual(['warning elasticsearch/lone-role']);
    });

    test('one finding names all roles that a node has alone', async () => {
        const [lone] = await elastic({ data: 'nodes d-[1..3] across zones as data  node x in r.a as ingest, ml' });
        expect(lone!.message).toBe('x alone has the roles ingest and ml: when it fails, nobody does that work.');
    });
});

describe('copies', () => {
    test('replicas that find no node: as many as there is room for are offered', async () => {
        const [found] = await elastic({ data: 'nodes d-[1..3] across zones as data', index: 'index i { replicas 4 }' });
        expect(found).toMatchObject({
            code: 'elasticsearch/more-copies-than-nodes',
            fixes: [{ kind: 'set-property', keyword: 'replicas', value: '2' }],
        });
        expect(found!.message).toContain(
            'asks for 5 copies of each shard, and 3 nodes may hold one each: a node never holds two copies of a shard. So 2 copies of each shard are never assigned and the health of the index is yellow until there are 5 data nodes',
        );
    });

    test('nodes of other tiers are no help', async () => {
        const data = 'nodes d-[1..2] across zones as data_content  nodes h-[1..4] across zones as data_hot';
        expect(await codes({ data, index: 'index i { replicas 2 }' })).toEqual([
            'warning elasticsearch/more-copies-than-nodes',
        ]);
    });

    test('a shard that is placed on one node has no replica, whatever the others have', async () => {
        const [lonely, ...others] = await elastic({ index: 'index i { shards 2  replicas 1  shard 1 on d-2 }' });
        expect(lonely).toMatchObject({ code: 'elasticsearch/no-replica', fixes: [] });
        expect(lonely!.message).toMatch(/^i\.1 has no replica: when d-2 fails/);
        expect(others).toEqual([]);
    });

    test('unequal zones: the finding names what awareness allows', async () => {
        const [found, ...others] = await elastic({
            data: 'nodes d-[1..3] across r.a as data  node e in r.b as data',
            index: 'index i { replicas 3 }',
        });
        expect(found!.message).toContain('awareness of zone allows at most 2 in a zone');
        expect(found!.message).toContain('one copy of each shard is never assigned');
        expect(others).toEqual([]);
    });

    test('more than the cluster takes is refused', async () => {
        const index = 'index i { shards 4  replicas 1 }';
        const limit = (value: number): string => `${AWARE}  cluster.max_shards_per_node = ${value}`;
        expect(await codes({ index, settings: limit(1) })).toEqual(['error elasticsearch/too-many-shards']);
        expect(await codes({ index, settings: limit(2) })).toEqual([]);
    });
});

describe('awareness', () => {
    test('in one zone, and for indices without replicas, nobody misses it', async () => {
        const without = 'cluster.publish.timeout = 30s';
        expect(await codes({ settings: without })).toContain('warning elasticsearch/awareness-not-set');
        expect(await codes({ settings: without, index: '' })).toEqual([]);
        const inOneZone = await codes({ settings: without, data: 'nodes d-[1..3] across r.a as data' });
        expect(inOneZone.filter((code) => code.includes('elasticsearch/'))).toEqual([]);
    });

    test('a zone that forced awareness names by its qualified name is known', async () => {
        const forced = 'cluster.routing.allocation.awareness.force.zone.values';
        expect(await codes({ settings: `${AWARE}  ${forced} = "r.a", b, c` })).toEqual([]);
        const [missing] = await elastic({ settings: `${AWARE}  ${forced} = a, b, C` });
        expect(missing).toMatchObject({
            code: 'elasticsearch/forced-value-without-nodes',
            fixes: [{ kind: 'replace', text: `${forced} = a, b` }],
        });
        expect(missing!.message).toContain('names the zone C, and no data node stands there');
    });
});

describe('waiting for copies', () => {
    const writing = (value: string, target = 'c'): Parts => ({
        index: 'index i { replicas 1 }  index j { replicas 2 }',
        behind: `workload w { writes ${target} 1/s with wait_for_active_shards = ${value} }`,
    });

    test.each([
        ['1', []],
        ['2', ['warning elasticsearch/no-spare-copy']],
        ['3', ['error elasticsearch/more-active-shards-than-copies', 'warning elasticsearch/no-spare-copy']],
        ['all', ['warning elasticsearch/no-spare-copy']],
        ['some', ['error elasticsearch/active-shards-value']],
    ])('two indices of two and three copies, and %s', async (value, expected) => {
        expect((await codes(writing(value))).filter((code) => code.includes('elasticsearch/'))).toEqual(expected);
    });

    test('all counts copies that find no node, so that nothing is ever accepted', async () => {
        const found = await elastic({
            data: 'nodes d-[1..3] across zones as data',
            index: 'index i { replicas 3 }',
            behind: 'workload w { writes c 1/s with wait_for_active_shards = all }',
        });
        expect(found.map(({ code }) => code)).toEqual([
            'elasticsearch/more-copies-than-nodes',
            'elasticsearch/more-active-shards-than-copies',
        ]);
        expect(found[1]!.message).toBe(
            'Writes to i wait for all 4 copies to be active, and i has 3 on nodes: they are never accepted.',
        );
    });

    test('a write to one index or one shard waits for its copies alone', async () => {
        expect(await codes(writing('2', 'c.j'))).toEqual([]);
        expect(await codes(writing('2', 'c.i.0'))).toEqual(['warning elasticsearch/no-spare-copy']);
    });

    test('an index says it for all its writes, and one finding names every index', async () => {
        const index = 'index i { replicas 1 }  index j { replicas 1 }  index k { replicas 2 }';
        const [found, ...others] = await elastic({
            index,
            settings: `${AWARE}  index.write.wait_for_active_shards = 2`,
        });
        expect(found!.message).toMatch(/^Writes to i and j wait until every copy is active/);
        expect(found!.fixes).toMatchObject([{ kind: 'replace', text: 'index.write.wait_for_active_shards = 1' }]);
        expect(others).toEqual([]);
    });
});

describe('OpenSearch alone', () => {
    test('a remote store keeps what an index without replicas would lose with a disk', async () => {
        const index = 'index i { replicas 0 }';
        const remote = `${AWARE}  node.attr.remote_store.translog.repository = logs`;
        const [disk] = await findingsOf(text('opensearch', { index }));
        const [kept] = await findingsOf(text('opensearch', { index, settings: remote }));
        expect(disk!.message).toMatch(/until that node is back, and a lost disk loses its data\.$/);
        expect(kept!.message).toMatch(/until that node is back\.$/);
    });

    test('the strategy of the cluster counts where the index says nothing', async () => {
        const strategy = `${AWARE}  cluster.indices.replication.strategy = SEGMENT`;
        expect(await codes({ settings: strategy }, 'opensearch')).toEqual([
            'warning opensearch/segment-replication-unbalanced',
        ]);
        const index = 'index i { replicas 1  settings { index.replication.type = DOCUMENT } }';
        expect(await codes({ settings: strategy, index }, 'opensearch')).toEqual([]);
    });

    test('balance takes effect with forced zones alone', async () => {
        const balance = `${AWARE}  cluster.routing.allocation.awareness.balance = true`;
        const forced = 'cluster.routing.allocation.awareness.force.zone.values = a, b, c';
        expect(await codes({ settings: balance }, 'opensearch')).toEqual([]);
        const [found] = await findingsOf(text('opensearch', { settings: `${balance}  ${forced}` }));
        expect(found).toMatchObject({
            code: 'opensearch/copies-no-multiple-of-zones',
            fixes: [{ kind: 'set-property', keyword: 'replicas', value: '2' }],
        });
    });

    test('a late translog is no finding without a remote store', async () => {
        const late = `${AWARE}  index.translog.durability = async`;
        expect(await codes({ settings: late }, 'opensearch')).toEqual([]);
    });
});
