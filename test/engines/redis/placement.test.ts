import { describe, expect, test } from 'vitest';
import type { Topology } from '../../../src/topology/index.js';
import { topologyOf } from '../../support/run.js';
import { clusterText } from './support/cluster.js';

const placed = (topology: Topology): Record<string, string> =>
    Object.fromEntries(
        topology.shards.map(({ name, copies }) => [
            name,
            copies
                .map((id) => topology.nodes[id]!)
                .map((node) => `${node.name} in ${topology.zones[node.zone!]!.name}`)
                .join(', '),
        ]),
    );

describe('placement', () => {
    test('primaries over the zones, each replica in the zone after its primary', async () => {
        const topology = await topologyOf(
            clusterText({ body: 'nodes n-[1..6] across zones\nshards s-[1..3] { replicas 1 }' }),
        );
        expect(placed(topology)).toEqual({
            's-1': 'n-1 in z1, n-5 in z2',
            's-2': 'n-2 in z2, n-6 in z3',
            's-3': 'n-3 in z3, n-4 in z1',
        });
    });

    test('what the file places keeps its nodes', async () => {
        const topology = await topologyOf(
            clusterText({ body: 'nodes n-[1..6] across zones\nshard s-3 on n-6, n-1\nshards s-[1..2] { replicas 1 }' }),
        );
        expect(placed(topology)).toEqual({
            's-3': 'n-6 in z3, n-1 in z1',
            's-1': 'n-4 in z1, n-5 in z2',
            's-2': 'n-2 in z2, n-3 in z3',
        });
    });

    test.each([
        [3, 1],
        [3, 2],
        [4, 2],
        [5, 1],
        [6, 2],
    ])('%i shards with %i replicas: no two copies of a shard in one of three zones', async (shards, replicas) => {
        const body = `nodes n-[1..${shards * (replicas + 1)}] across zones\nshards s-[1..${shards}] { replicas ${replicas} }`;
        const topology = await topologyOf(clusterText({ body }));
        for (const { copies } of topology.shards) {
            expect(new Set(copies.map((id) => topology.nodes[id]!.zone)).size).toBe(replicas + 1);
        }
        const all = topology.shards.flatMap(({ copies }) => copies);
        expect(new Set(all).size).toBe(all.length);
    });

    test('more copies than nodes are impossible', async () => {
        const body = 'nodes n-[1..5] across zones\nshards s-[1..3] { replicas 1 }';
        await expect(topologyOf(clusterText({ body }))).rejects.toThrow(
            /want 6 nodes, one for each copy, and 5 are free/,
        );
    });
});
