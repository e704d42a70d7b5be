import { describe, expect, test } from 'vitest';
import { topologyOf } from '../../support/run.js';
import { clusterText, rulesOf, shardOf, without } from './support/cluster.js';

describe('two shards without any copy', () => {
    test.each([
        ['cluster-require-full-coverage = no', false, true],
        ['cluster-allow-reads-when-down = yes', false, true],
        ['', false, false],
    ])('with %s: neither is read, and whether the others are: %s', async (settings, own, others) => {
        const body = `
            node n1 in lab.z1  node n2 in lab.z2  node n3 in lab.z3  node n4 in lab.z1  node n5 in lab.z2
            shard s1 on n1  shard s2 on n2  shard s3 on n3  shard s4 on n4  shard s5 on n5`;
        const topology = await topologyOf(clusterText({ body, settings }));
        const served = ['s1', 's2', 's3', 's4', 's5'].map(
            (name) => rulesOf(topology).serves(shardOf(topology, name), 'read', without(topology, 'n1', 'n2')).serves,
        );
        expect(served).toEqual([own, own, others, others, others]);
    });
});

test.each([
    ['shard s on n1', /^s has no replica: what n1 acknowledged comes back only with its disk/],
    ['shard s on n1, n2', /^Redis replicates asynchronously: what n1 acknowledged last/],
])('why acknowledged writes may be lost: %s', async (shard, reason) => {
    const body = `
        node n1 in lab.z1  node n2 in lab.z2  node n3 in lab.z3
        ${shard}  shard t on n2  shard u on n3`;
    const topology = await topologyOf(clusterText({ body, settings: '' }));
    const loss = rulesOf(topology).loss(shardOf(topology, 's'), without(topology, 'n1'));
    expect(loss).toMatchObject({ kind: 'within', reason: expect.stringMatching(reason) as string });
});
