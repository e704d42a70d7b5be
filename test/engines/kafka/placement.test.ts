import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engineContext, findEngine } from '../../../src/engines/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { topologyOf } from '../../support/run.js';

const EXAMPLE = readFileSync(new URL('../../../examples/kafka.cluster', import.meta.url), 'utf8');

function tableOf({ shards, nodes }: Topology): readonly string[] {
    return shards
        .filter(({ name }) => name.includes('.'))
        .map(({ name, copies }) => `${name}: ${copies.map((id) => nodes[id]!.name).join(' ')}`);
}

function cluster(...statements: readonly string[]): string {
    return `region r { zone a  zone b  zone c }\ncluster c: kafka in r {\n${statements.join('\n')}\n}`;
}

test('the example, as a hand calculation gives it', async () => {
    // Six brokers go round the zones a, b, c, so the racks are a = brk-1 brk-4, b = brk-2 brk-5, c = brk-3 brk-6.
    // Each partition begins one rack further than the one before, and one broker further in each rack:
    //   partition 0 begins with rack a and the first broker of each rack:  a brk-1, b brk-2, c brk-3
    //   partition 1 begins with rack b and the second broker of each rack: b brk-5, c brk-6, a brk-4
    //   partition 2 begins with rack c and the first again:                c brk-3, a brk-1, b brk-2
    //   partition 3 begins with rack a and the second:                     a brk-4, b brk-5, c brk-6
    //   partition 4 begins with rack b and the first:                      b brk-2, c brk-3, a brk-1
    //   partition 5 begins with rack c and the second:                     c brk-6, a brk-4, b brk-5
    // Three racks and two brokers in each: after six partitions it begins anew.
    // The file itself places both partitions of audit.
    expect(tableOf(await topologyOf(EXAMPLE))).toEqual([
        'payments.0: brk-1 brk-2 brk-3',
        'payments.1: brk-5 brk-6 brk-4',
        'payments.2: brk-3 brk-1 brk-2',
        'payments.3: brk-4 brk-5 brk-6',
        'payments.4: brk-2 brk-3 brk-1',
        'payments.5: brk-6 brk-4 brk-5',
        'payments.6: brk-1 brk-2 brk-3',
        'payments.7: brk-5 brk-6 brk-4',
        'payments.8: brk-3 brk-1 brk-2',
        'payments.9: brk-4 brk-5 brk-6',
        'payments.10: brk-2 brk-3 brk-1',
        'payments.11: brk-6 brk-4 brk-5',
        'audit.0: brk-1 brk-2 brk-3',
        'audit.1: brk-5 brk-6 brk-4',
    ]);
});

describe('the striped placer', () => {
    test('the example in its own documentation: three racks of three brokers', async () => {
        const text = cluster('nodes k-[1..9] across zones', 'topic t { partitions 3  replicas 3 }');
        // A = k-1 k-4 k-7, B = k-2 k-5 k-8, C = k-3 k-6 k-9: A0 B0 C0, B1 C1 A1, C2 A2 B2.
        expect(tableOf(await topologyOf(text))).toEqual(['t.0: k-1 k-2 k-3', 't.1: k-5 k-6 k-4', 't.2: k-9 k-7 k-8']);
    });

    test('each topic begins one rack after the one before', async () => {
        const text = cluster(
            'nodes k-[1..6] across zones',
            ...['t1', 't2', 't3', 't4'].map((name) => `topic ${name} { replicas 2 }`),
        );
        // The fourth has gone round the three racks once, and begins with the second broker of each.
        expect(tableOf(await topologyOf(text))).toEqual([
            't1.0: k-1 k-2',
            't2.0: k-2 k-3',
            't3.0: k-3 k-1',
            't4.0: k-4 k-5',
        ]);
    });

    test('a rack that a node names counts instead of its zone, and broker.rack instead of both', async () => {
        const text = cluster(
            'node k-1 in r.a { rack x }',
            'node k-2 in r.b { rack x }',
            'node k-3 in r.a { settings { broker.rack = y } }',
            'node k-4 in r.a { rack x  settings { broker.rack = z } }',
            'topic t { partitions 3  replicas 3 }',
        );
        // x = k-1 k-2, y = k-3, z = k-4.
        expect(tableOf(await topologyOf(text))).toEqual(['t.0: k-1 k-3 k-4', 't.1: k-3 k-4 k-2', 't.2: k-4 k-1 k-3']);
    });

    test('controllers hold no partitions, nodes without a role do', async () => {
        const text = cluster(
            'node c-1 in r.a as controller',
            'node k-1 in r.b',
            'node k-2 in r.c as broker',
            'node k-3 in r.c as broker, controller',
            'topic t { replicas 3 }',
        );
        expect(tableOf(await topologyOf(text))).toEqual(['t.0: k-1 k-2 k-3']);
    });

    test('without `replicas` the default replication factor counts', async () => {
        const text = cluster('nodes k-[1..3] across zones', 'topic t', 'settings { default.replication.factor = 2 }');
        expect(tableOf(await topologyOf(text))).toEqual(['t.0: k-1 k-2']);
        expect(tableOf(await topologyOf(cluster('nodes k-[1..3] across zones', 'topic t')))).toEqual(['t.0: k-1']);
    });

    test('more replicas than brokers, or no broker at all, are impossible', async () => {
        const tooMany = cluster('nodes k-[1..2] across zones', 'node c-1 as controller', 'topic t { replicas 3 }');
        await expect(topologyOf(tooMany)).rejects.toThrow(
            /placement-impossible t\.0 wants 3 replicas.*c has 2 brokers: Kafka refuses to create it/,
        );
        const none = cluster('nodes c-[1..3] across zones as controller', 'topic t { replicas 3 }');
        await expect(topologyOf(none)).rejects.toThrow(/c has no broker, so nothing can hold t\.0/);
    });
});

/** Brokers per zone, topics and replicas such that a placement is possible. */
const shapes = fc
    .record({
        zones: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        topics: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }),
    })
    .chain(({ zones, topics }) =>
        fc.record({
            zones: fc.constant(zones),
            topics: fc.constant(topics),
            replicas: fc.integer({ min: 1, max: zones.reduce((sum, brokers) => sum + brokers, 0) }),
        }),
    );

async function placed(zones: readonly number[], topics: readonly number[], replicas: number): Promise<Topology> {
    const names = zones.map((_, zone) => `z${String(zone)}`);
    return topologyOf(
        [
            `region r { ${names.map((name) => `zone ${name}`).join('  ')} }`,
            'cluster c: kafka in r {',
            ...zones.map((brokers, zone) => `nodes b${String(zone)}-[1..${String(brokers)}] across r.z${String(zone)}`),
            ...topics.map(
                (count, index) =>
                    `topic t${String(index)} { partitions ${String(count)} replicas ${String(replicas)} }`,
            ),
            '}',
        ]
            .join('\n')
            .replaceAll(/nodes (b\d+)-\[1\.\.1\]/g, 'node $1-1')
            .replaceAll(/node (b\d+-1) across/g, 'node $1 in'),
    );
}

test('never two replicas on a broker, and as many racks as there can be', async () => {
    await fc.assert(
        fc.asyncProperty(shapes, async ({ zones, topics, replicas }) => {
            const { shards, nodes, groups } = await placed(zones, topics, replicas);
            const partitions = groups.flatMap((group) => group.shards.map((id) => shards[id]!));
            expect(partitions).toHaveLength(topics.reduce((sum, count) => sum + count, 0));
            for (const { copies } of partitions) {
                expect(copies).toHaveLength(replicas);
                expect(new Set(copies).size).toBe(replicas);
                expect(new Set(copies.map((id) => nodes[id]!.zone)).size).toBe(Math.min(replicas, zones.length));
            }
        }),
        { numRuns: 60 },
    );
});

test('equal racks share the replicas and the leadership of as many partitions as there are brokers, evenly', async () => {
    const cases = fc.record({ zones: fc.integer({ min: 1, max: 4 }), brokers: fc.integer({ min: 1, max: 3 }) });
    await fc.assert(
        fc.asyncProperty(cases, async ({ zones, brokers }) => {
            const count = zones * brokers;
            const { shards, groups } = await placed(Array<number>(zones).fill(brokers), [count * brokers], zones);
            const load = new Map<number, number>();
            for (const id of groups[0]!.shards) {
                for (const node of shards[id]!.copies) load.set(node, (load.get(node) ?? 0) + 1);
            }
            expect(new Set(load.values())).toEqual(new Set([zones * brokers]));
            expect(load.size).toBe(count);
        }),
        { numRuns: 20 },
    );
});

test('the controllers may lead the cluster, and partitions need none of them', async () => {
    const topology = await topologyOf(EXAMPLE);
    const kafka = findEngine('kafka')!;
    const context = engineContext(topology, topology.clusters[0]!, kafka);
    expect(kafka.quorums(context).map(({ voters }) => voters.map((id) => topology.nodes[id]!.name))).toEqual([
        ['ctl-1', 'ctl-2', 'ctl-3'],
    ]);
    expect(topology.clusters[0]!.controlPlane?.serves).toBe(false);
});
