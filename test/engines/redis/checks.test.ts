import { expect, test } from 'vitest';
import { checkDesign, engineContext, findEngine } from '../../../src/engines/index.js';
import { setting, topology, type ClusterShape } from '../../support/model.js';

const redis = findEngine('redis')!;

function codesOf(shape: Omit<ClusterShape, 'name' | 'engine'>): readonly string[] {
    const model = topology([{ name: 'c', engine: 'redis', ...shape }]);
    const findings = checkDesign(redis, engineContext(model, model.clusters[0]!, redis));
    for (const { message, help } of findings) {
        expect(message).toMatch(/\.$/);
        expect(help).toMatch(/\.$/);
    }
    return findings.map(({ code }) => code);
}

/** Shard i has its primary in the i-th of the zones and its replica in the next. */
function spread(zones: readonly string[], replicas = 1): Pick<ClusterShape, 'nodes' | 'shards'> {
    const copies = zones.flatMap((_, shard) =>
        Array.from({ length: replicas + 1 }, (_each, copy) => ({
            shard,
            name: `n${shard}${copy}`,
            zone: zones[(shard + copy) % zones.length]!,
        })),
    );
    return {
        nodes: Object.fromEntries(copies.map(({ name, zone }) => [name, { zone }])),
        shards: Object.fromEntries(
            zones.map((_, shard) => [
                `s${shard}`,
                copies.filter((copy) => copy.shard === shard).map(({ name }) => name),
            ]),
        ),
    };
}

const sound = spread(['a', 'b', 'c']);

test('three primaries in three zones with a replica each are sound', () => {
    expect(codesOf(sound)).toEqual([]);
    expect(codesOf(spread(['a', 'b', 'c', 'a', 'b']))).toEqual([]);
});

const twice = { ...sound, shards: { ...sound.shards, s2: ['n20', 'n00'] } };

test.each<[string, Omit<ClusterShape, 'name' | 'engine'>, string?]>([
    ['redis/no-shards', { nodes: { n: {} }, shards: {} }],
    ['redis/too-few-primaries', spread(['a', 'b']), 'redis/reads-stop-when-down'],
    ['redis/even-primaries', spread(['a', 'b', 'c', 'd'])],
    ['redis/majority-in-one-zone', spread(['a', 'a', 'b']), 'topology/copies-in-one-zone'],
    ['redis/no-replica', spread(['a', 'b', 'c'], 0)],
    ['redis/node-in-two-shards', twice],
    ['redis/short-node-timeout', { ...sound, settings: [setting('cluster-node-timeout', 999)] }],
])('%s', (code, shape, other = code) => {
    expect(new Set(codesOf(shape))).toEqual(new Set([code, other]));
});

test('a node timeout of one second is long enough', () => {
    expect(codesOf({ ...sound, settings: [setting('cluster-node-timeout', 1000)] })).toEqual([]);
});

test('every code has an entry', () => {
    expect(redis.codes.map(({ code }) => code)).toHaveLength(11);
});
