/** In a large cluster gossip is followed in bulk: that must come to the same as following every entry. */
import { describe, expect, test } from 'vitest';
import { behaviour } from '../../../src/engines/redis/behaviour/index.js';
import { engineContext, findEngine } from '../../../src/engines/index.js';
import { simulate, type Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { median } from '../../support/statistics.js';
import { eventsOf } from './support/cluster.js';

const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);
const FAULT = 20_000;
const T = 5_000;

const cluster = (shards: number, steps: string): string => `
region r { zone a  zone b  zone c }
cluster c: redis "7.2" in r {
  nodes n-[1..${shards * 3}] across zones
  shards s-[1..${shards}] { replicas 2 }
  endpoint discovery
  settings { cluster-node-timeout = ${T} }
}
scenario fault { ${steps}  until 60s }
`;

function follow(topology: Topology, seed: number, largeFrom: number): Run {
    const engine = findEngine('redis')!;
    const context = engineContext(topology, topology.clusters[0]!, engine);
    return simulate(topology, topology.scenarios[0]!, () => (world) => behaviour(context, world, largeFrom), { seed });
}

const firstOf = (run: Run, kind: 'suspicion' | 'detection' | 'promotion'): number =>
    (eventsOf(run, kind)[0]?.atMs ?? Infinity) - FAULT;

describe.each([
    ['one primary', `at ${FAULT}ms fail node n-1`],
    ['a zone', `at ${FAULT}ms fail zone r.a`],
])('%s of 60 nodes lost', async (_what, steps) => {
    const topology = await topologyOf(cluster(20, steps));
    const full = SEEDS.map((seed) => follow(topology, seed, Infinity));
    const bulk = SEEDS.map((seed) => follow(topology, seed, 1));

    test.each(['suspicion', 'detection', 'promotion'] as const)('the first %s comes when it does', (kind) => {
        const [one, other] = [full, bulk].map((runs) => runs.map((run) => firstOf(run, kind)));
        expect(Math.abs(median(one!) - median(other!))).toBeLessThan(0.1 * median(one!));
        expect(Math.max(...other!)).toBeLessThan(1.25 * Math.max(...one!));
        expect(Math.min(...other!)).toBeGreaterThan(0.8 * Math.min(...one!));
    });

    test('as many shards are led by a replica in the end', () => {
        const [one, other] = [full, bulk].map((runs) =>
            median(runs.map((run) => new Set(eventsOf(run, 'promotion').map(({ shard }) => shard)).size)),
        );
        expect(one).toBeGreaterThan(0);
        expect(Math.abs(one! - other!)).toBeLessThanOrEqual(1);
    });
});

test('from 100 nodes on the first that suspects a node speaks for all, and pings end once all agree', async () => {
    const topology = await topologyOf(cluster(34, `at ${FAULT}ms fail node n-1  at 50s restore node n-1`));
    const run = runOf(topology, 1);
    expect(eventsOf(run, 'suspicion', /suspects n-1:/)).toHaveLength(1);
    expect(eventsOf(run, 'suspicion', /hears from n-1 again/)).toHaveLength(1);
    expect(eventsOf(run, 'promotion')).toHaveLength(1);
    expect(eventsOf(run, 'demotion', /^n-1 learns/)).toHaveLength(1);
});

test('240 nodes that begin as after a long run agree when those do that have been followed for minutes', async () => {
    const detected = async (fault: number, before: string): Promise<number> => {
        const text = cluster(80, `${before} at ${fault}s fail zone r.a`)
            .replace(`cluster-node-timeout = ${T}`, 'cluster-node-timeout = 15000')
            .replace('until 60s', `until ${fault + 40}s`);
        const topology = await topologyOf(text);
        const first = SEEDS.slice(0, 9).map((seed) => eventsOf(runOf(topology, seed), 'detection')[0]!.atMs);
        return median(first) - fault * 1000;
    };
    const drawn = await detected(20, '');
    // Steps that change nothing keep the pings followed.
    const followed = await detected(180, 'at 20s, repeat every 4s 40 times heal ');
    expect(Math.abs(drawn - followed)).toBeLessThan(0.1 * followed);
});
