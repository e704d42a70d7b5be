import { readFileSync } from 'node:fs';
import { array, assert, asyncProperty, integer } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Topology } from '../../../src/topology/index.js';
import { topologyOf } from '../../support/run.js';

/** The DataNodes of each block, without the common beginning of their names. */
function blocksOf(topology: Topology): readonly string[] {
    return topology.clusters[0]!.shards.map((id) => topology.shards[id]!).map(({ copies }) =>
        copies.map((id) => topology.nodes[id]!.name.replace('dn-', '')).join(' '),
    );
}

/** A cluster of DataNodes alone, so many in each rack, and one set of files. */
async function placed(racks: readonly number[], blocks: number, replicas: number): Promise<Topology> {
    let first = 1;
    const datanodes = racks.map((size, rack) => {
        const range = `nodes dn-[${first}..${first + size - 1}] as datanode { rack r${rack} }`;
        first += size;
        return range;
    });
    return topologyOf(
        `cluster lake: hadoop {\n node nn as namenode\n ${datanodes.join('\n ')}\n files f { blocks ${blocks}  replicas ${replicas} }\n}`,
    );
}

test('the example, by hand', async () => {
    const topology = await topologyOf(readFileSync('examples/hadoop.cluster', 'utf8'));
    // Racks are zones: rack-1 has 1, 4, 7; rack-2 has 2, 5, 8; rack-3 has 3, 6, 9.
    // First copies take turns in order of declaration: block n on n + 1. Second copies take turns, too, and pass over the
    // first one's rack: block 0 passes over 1 and takes 2, so from then on the second copy of block n is n + 2. Third
    // copies stand in the rack of the second, each rack taking turns of its own and passing over the second copy:
    //   rack-2, blocks 0, 3, 6: 2 is taken by block 0, so 5; then 8 (5 is the second copy); then 2 (8 is the second copy).
    //   rack-3, blocks 1, 4, 7: 3 is taken by block 1, so 6; then 9; then 3.
    //   rack-1, blocks 2, 5, 8: block 2 has its second copy on 4, so 1; then 4, since 7 is its second; then 7 after 1.
    // After nine blocks every turn is where it began, and each DataNode holds one first, one second and one third copy.
    const turn = ['1 2 5', '2 3 6', '3 4 1', '4 5 8', '5 6 9', '6 7 4', '7 8 2', '8 9 3', '9 1 7'];
    expect(blocksOf(topology)).toEqual(Array.from({ length: 120 }, (_, block) => turn[block % 9]));
    expect(topology.groups[0]).toMatchObject({ name: 'warehouse', copies: 3 });
});

describe('where copies go', () => {
    test('two racks: one copy in one, two in the other', async () => {
        // Rack 0 has 1, 2 and rack 1 has 3, 4.
        expect(blocksOf(await placed([2, 2], 4, 3))).toEqual(['1 3 4', '2 4 3', '3 1 2', '4 2 1']);
    });

    test('one copy and two copies', async () => {
        expect(blocksOf(await placed([2, 2], 3, 1))).toEqual(['1', '2', '3']);
        expect(blocksOf(await placed([2, 2], 3, 2))).toEqual(['1 3', '2 4', '3 1']);
    });

    test('a rack with one DataNode has no room for two, so the third goes back to the first rack', async () => {
        expect(blocksOf(await placed([3, 1], 2, 3))).toEqual(['1 4 2', '2 4 3']);
    });

    test('one rack takes all, on different DataNodes', async () => {
        expect(blocksOf(await placed([4], 2, 3))).toEqual(['1 2 3', '2 4 1']);
    });

    test('beyond three copies no rack gets more than its share', async () => {
        // Five copies in two racks of five: at most (5 - 1) / 2 + 2 = 4 in a rack. The fourth and fifth go to the next
        // DataNodes in turn, 2 and 3; then rack 0 holds three and rack 1 two.
        expect(blocksOf(await placed([5, 5], 1, 5))).toEqual(['1 6 7 2 3']);
        // Three racks of 4, 1 and 1, six copies: at most 5 / 3 + 2 = 3 in a rack, so one copy finds no place.
        expect(blocksOf(await placed([4, 1, 1], 1, 6))).toEqual(['1 5 2 3 6']);
    });

    test('the setting counts where the files say nothing, and the nearest one wins', async () => {
        const topology = await topologyOf(
            `region dc { zone a  zone b }
            cluster lake: hadoop in dc {
              node nn in dc.a as namenode
              nodes dn-[1..6] across zones as datanode
              files cold { settings { dfs.replication = 1 } }
              files warm
              files hot { replicas 4 }
              settings { dfs.replication = 2 }
            }`,
        );
        expect(topology.groups.map(({ copies }) => copies)).toEqual([1, 2, 4]);
        expect(topology.groups.map(({ shards }) => topology.shards[shards[0]!]!.copies.length)).toEqual([1, 2, 4]);
    });

    test('blocks stand on DataNodes alone', async () => {
        const text = (node: string): string =>
            `cluster lake: hadoop {\n node nn as namenode\n nodes dn-[1..3] as datanode\n files f { block 0 on dn-1, ${node} }\n}`;
        await expect(topologyOf(text('nn'))).rejects.toThrow('which holds no shards');
        expect(blocksOf(await topologyOf(text('dn-3')))).toEqual(['1 3']);
        await expect(topologyOf('cluster lake: hadoop {\n node nn as namenode\n files f\n}')).rejects.toThrow(
            'no DataNode',
        );
    });
});

test('no DataNode holds two copies, no rack too many or all, and equal racks are filled equally', async () => {
    const shapes = array(integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    const holds = asyncProperty(shapes, integer({ min: 1, max: 6 }), async (racks, replicas) => {
        const datanodes = racks.reduce((sum, size) => sum + size, 0);
        const topology = await placed(racks, 4 * datanodes, replicas);
        const total = Math.min(replicas, datanodes);
        const most = racks.length === 1 ? total : Math.floor((total - 1) / racks.length) + 2;
        const load = new Map<number, number>();
        for (const { copies } of topology.clusters[0]!.shards.map((id) => topology.shards[id]!)) {
            expect(new Set(copies).size).toBe(copies.length);
            const inRacks = new Map<string, number>();
            for (const id of copies) {
                const rack = topology.nodes[id]!.rack!;
                inRacks.set(rack, (inRacks.get(rack) ?? 0) + 1);
                load.set(id, (load.get(id) ?? 0) + 1);
            }
            expect(Math.max(...inRacks.values())).toBeLessThanOrEqual(most);
            expect(inRacks.size).toBeGreaterThanOrEqual(Math.min(2, racks.length, total));
        }
        if (new Set(racks).size === 1 && replicas <= 3 && racks.length > 1) {
            expect(Math.max(...load.values()) - Math.min(...load.values())).toBeLessThanOrEqual(2);
        }
    });
    await assert(holds, { numRuns: 60 });
});
