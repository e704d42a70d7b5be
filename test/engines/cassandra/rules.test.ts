/** What the sheet of consistency levels says, range by range. */
import { describe, expect, test } from 'vitest';
import { topologyOf } from '../../support/run.js';
import { rulesOf, without } from '../support/rules.js';
import { clusterText, shardOf, TWO_DATACENTERS } from './support/cluster.js';

/** Six copies of one range, three in each datacenter; reads and writes of a client in us.a. */
async function twoDatacenters(level: string, operation: 'read' | 'write', ...dead: readonly string[]) {
    const topology = await topologyOf(
        clusterText({
            body: TWO_DATACENTERS,
            replicas: 'us 3, eu 3',
            workloads: `workload w in us.a { ${operation}s c 100/s with consistency = ${level} }`,
        }),
    );
    return rulesOf(topology).serves(shardOf(topology, 'k.0'), operation, without(topology, ...dead));
}

describe('copies that a level needs, of three in each of two datacenters', () => {
    test.each([
        // level, operation, served without, not served without
        ['ANY', 'write', ['n-1', 'n-2', 'n-3', 'e-1', 'e-2'], ['n-1', 'n-2', 'n-3', 'e-1', 'e-2', 'e-3']],
        ['ONE', 'read', ['n-1', 'n-2', 'n-3', 'e-1', 'e-2'], ['n-1', 'n-2', 'n-3', 'e-1', 'e-2', 'e-3']],
        ['TWO', 'write', ['n-1', 'n-2', 'e-1', 'e-2'], ['n-1', 'n-2', 'e-1', 'e-2', 'e-3']],
        ['THREE', 'read', ['n-1', 'n-2', 'e-1'], ['n-1', 'n-2', 'e-1', 'e-2']],
        ['LOCAL_ONE', 'read', ['n-1', 'n-2', 'e-1', 'e-2', 'e-3'], ['n-1', 'n-2', 'n-3', 'e-1', 'e-2', 'e-3']],
        ['QUORUM', 'write', ['n-1', 'n-2'], ['n-1', 'n-2', 'e-1']],
        ['SERIAL', 'read', ['n-1', 'e-2'], ['n-1', 'n-2', 'e-1']],
        ['LOCAL_QUORUM', 'write', ['n-1', 'e-1', 'e-2', 'e-3'], ['n-1', 'n-2']],
        ['LOCAL_SERIAL', 'read', ['n-1', 'e-1', 'e-2', 'e-3'], ['n-1', 'n-2']],
        ['EACH_QUORUM', 'write', ['n-1', 'e-1'], ['e-1', 'e-2']],
        ['EACH_QUORUM', 'read', ['n-1', 'e-1'], ['n-1', 'n-2']],
        ['ALL', 'write', [], ['e-3']],
    ] as const)('%s %s', async (level, operation, enough, tooFew) => {
        expect(await twoDatacenters(level, operation, ...enough)).toEqual({ serves: true });
        expect((await twoDatacenters(level, operation, ...tooFew)).serves).toBe(false);
    });

    test('ANY is satisfied with a hint, so any coordinator will do', async () => {
        const topology = await topologyOf(
            clusterText({ replicas: '1', workloads: 'workload w in us.a { writes c 10/s with consistency = ANY }' }),
        );
        const { id, copies } = topology.shards[0]!;
        const name = topology.nodes[copies[0]!]!.name;
        expect(rulesOf(topology).serves(id, 'write', without(topology, name))).toEqual({ serves: true });
    });

    test('ANY is no level for reads', async () => {
        expect(await twoDatacenters('ANY', 'read')).toEqual({ serves: false, reason: 'ANY is for writes only' });
    });
});

test('a refusal names the level, what it needs and what is left', async () => {
    expect(await twoDatacenters('LOCAL_QUORUM', 'read', 'n-1', 'n-3')).toEqual({
        serves: false,
        reason: 'LOCAL_QUORUM needs 2 of 3 copies in us, and only n-2 is up',
    });
});

describe('clients', () => {
    test('whose own datacenter is gone go on to another, where LOCAL_… means that one', async () => {
        expect(await twoDatacenters('LOCAL_QUORUM', 'read', 'n-1', 'n-2', 'n-3')).toEqual({ serves: true });
    });

    test('in a place without power ask nothing', async () => {
        const topology = await topologyOf(
            clusterText({
                body: TWO_DATACENTERS,
                replicas: 'us 3, eu 3',
                workloads: `
                    workload here in us.a { reads c 10/s with consistency = QUORUM }
                    workload there in eu { reads c 10/s with consistency = LOCAL_QUORUM }`,
            }),
        );
        const state = without(topology, 'n-1', 'n-2', 'n-3');
        const rules = rulesOf(topology);
        expect(rules.serves(0, 'read', state).serves).toBe(false);
        expect(rules.serves(0, 'read', { ...state, dark: [{ kind: 'region', region: 0 }] }).serves).toBe(true);
    });

    test('that are all without power leave what they asked for to be served', async () => {
        const topology = await topologyOf(
            clusterText({
                body: TWO_DATACENTERS,
                replicas: 'us 3, eu 3',
                workloads: 'workload here in us.a { reads c 10/s with consistency = QUORUM }',
            }),
        );
        const state = without(topology, 'n-1', 'n-2', 'n-3');
        const dark = [{ kind: 'region' as const, region: 0 }];
        expect(rulesOf(topology).serves(0, 'read', { ...state, dark }).serves).toBe(false);
    });
});

describe('loss when all copies lose power together', () => {
    async function lossOf(settings: string, keyspace = '', dead = ['n-1', 'n-2', 'n-3'], level = 'QUORUM') {
        const topology = await topologyOf(
            clusterText({
                body: 'nodes n-[1..3] across us',
                settings,
                keyspace,
                workloads: `workload w in us.a { writes c 10/s with consistency = ${level} }`,
            }),
        );
        return rulesOf(topology).loss(0, without(topology, ...dead));
    }

    test.each([
        ['', 10_000],
        ['commitlog_sync_period = 2s', 2000],
    ])('with %s', async (settings, windowMs) => {
        expect(await lossOf(settings)).toMatchObject({ kind: 'within', windowMs });
    });

    test.each(['commitlog_sync = batch', 'commitlog_sync = group'])('none with %s', async (settings) => {
        expect(await lossOf(settings)).toEqual({ kind: 'none' });
    });

    test('without bound where nothing is written to the commit log', async () => {
        expect(await lossOf('', 'durable_writes = false')).toMatchObject({ windowMs: Infinity });
    });

    test('none while fewer died than a write waited for, a moment of writes if as many', async () => {
        expect(await lossOf('', '', ['n-1'])).toEqual({ kind: 'none' });
        expect(await lossOf('', '', ['n-1', 'n-2'])).toMatchObject({ windowMs: 0 });
        expect(await lossOf('', '', ['n-1'], 'ONE')).toMatchObject({ windowMs: 0 });
    });
});

describe('recovery', () => {
    async function boundOf(level: string, dead: readonly string[], parts: Parameters<typeof clusterText>[0] = {}) {
        const topology = await topologyOf(
            clusterText({
                body: 'nodes n-[1..5] across us',
                replicas: '5',
                workloads: `workload w in us.a { reads c 100/s with consistency = ${level} }`,
                ...parts,
            }),
        );
        return rulesOf(topology).recovery(0, 'read', without(topology, ...dead));
    }
    const detection = /mark silent replicas/;

    test('waits for the judgement of coordinators if more replicas are silent than one more request makes up for', async () => {
        const two = await boundOf('QUORUM', ['n-1', 'n-2']);
        // 8 · ln 10 · 1 s, and the next look up to a second later.
        expect(two.parts.find(({ label }) => detection.test(label))).toMatchObject({ minMs: 0, maxMs: 18_421 + 1000 });
        expect((await boundOf('QUORUM', ['n-1'])).parts.some(({ label }) => detection.test(label))).toBe(false);
        // ONE asks one replica and then one more: both may be silent.
        expect((await boundOf('ONE', ['n-1', 'n-2'])).parts.some(({ label }) => detection.test(label))).toBe(true);
        expect((await boundOf('ONE', ['n-1'])).parts.some(({ label }) => detection.test(label))).toBe(false);
    });

    test('waits for it with one silent replica where nothing speculates', async () => {
        const bound = await boundOf('QUORUM', ['n-1'], { keyspace: 'speculative_retry = NONE' });
        expect(bound.parts.some(({ label }) => detection.test(label))).toBe(true);
    });

    test('is at once in health', async () => {
        expect((await boundOf('QUORUM', [])).maxMs).toBe(0);
    });
});

test('the load of a datacenter is carried by its own nodes', async () => {
    const topology = await topologyOf(
        clusterText({
            body: `
                node u-1 in us.a { capacity 100/s }  node u-2 in us.b { capacity 100/s }
                node e-1 in eu.a { capacity 100/s }  node e-2 in eu.b { capacity 100/s }`,
            replicas: 'us 2, eu 2',
            workloads: `
                workload near in us.a { reads c 150/s with consistency = ONE }
                workload far in eu.a { reads c 50/s with consistency = ONE }`,
        }),
    );
    const rules = rulesOf(topology);
    // Of 200/s 150/s go to us, which carries 200/s: a third more than declared.
    expect(rules.capacity(without(topology))).toBeCloseTo((200 * 200) / 150);
    expect(rules.capacity(without(topology, 'u-1'))).toBeCloseTo((200 * 100) / 150);
    expect(rules.capacity(without(topology, 'u-1', 'u-2'))).toBeCloseTo(200);
});

test('a keyspace of which no coordinator is left loads nobody, and members without a capacity carry whatever comes', async () => {
    const topology = await topologyOf(`
        region us { zone a }
        region eu { zone a }
        cluster p: cassandra {
            nodes u-[1..3] across us
            nodes e-[1..3] across eu
            keyspace k { replicas us 3, eu 3 settings { replication = NetworkTopologyStrategy } }
            keyspace one { replicas us 1 settings { replication = NetworkTopologyStrategy } }
        }
        workload w in us.a { reads p.k 100/s with consistency = LOCAL_QUORUM  reads p.one 10/s with consistency = ONE }`);
    expect(rulesOf(topology).capacity(without(topology, 'u-1', 'u-2', 'u-3'))).toBe(Infinity);
});
