import { expect, test } from 'vitest';
import { toDrawing, type Drawing, type DrawnNode } from '../../src/diagram/index.js';
import { REDIS, SERVERS, SHOP, topologyOf, type TopologySketch } from './topologies.js';

function draw(sketch: TopologySketch): Drawing {
    return toDrawing(topologyOf(sketch));
}

function node(drawing: Drawing, id: string): DrawnNode | undefined {
    return drawing.regions.flatMap((region) => region.zones.flatMap((zone) => zone.nodes)).find((one) => one.id === id);
}

test('nodes stand in their zones in order of declaration', () => {
    const [region] = draw(REDIS).regions;
    expect(region?.zones.map((zone) => [zone.id, zone.nodes.map((one) => one.label)])).toEqual([
        ['zone:us-east-1.a', ['cache-1', 'cache-4']],
        ['zone:us-east-1.b', ['cache-2', 'cache-5']],
        ['zone:us-east-1.c', ['cache-3', 'cache-6']],
    ]);
});

test('a node lists what it leads before what it follows', () => {
    const drawing = draw({
        regions: { r: ['a', 'b'] },
        clusters: [
            {
                name: 'c',
                engine: 'kafka',
                nodes: [
                    { name: 'x', zone: 0 },
                    { name: 'y', zone: 1 },
                ],
                shards: [
                    { name: 'p.0', copies: [1, 0] },
                    { name: 'p.1', copies: [0, 1] },
                ],
            },
        ],
    });
    expect(node(drawing, 'node:c.x')?.copies.map(({ label, role }) => `${role} ${label}`)).toEqual([
        'leader p.1',
        'replica p.0',
    ]);
});

test('replication goes from the leader’s zone to the follower’s and is counted per pair', () => {
    const links = draw(SHOP).links.filter((link) => link.kind === 'replication' && !link.asynchronous);
    const between = (from: string, to: string): number | undefined =>
        links.find((link) => link.from === `zone:us-east-1.${from}` && link.to === `zone:us-east-1.${to}`)?.count;
    // sessions s-1, ledger, the two rings whose copies stand here, and four partitions of payments.
    expect(between('a', 'b')).toBe(7);
    expect(between('b', 'a')).toBe(4);
    expect(links.filter((link) => link.from.startsWith('region:')).map(({ from, to }) => `${from} → ${to}`)).toEqual([
        'region:us-east-1 → region:eu-west-1',
        'region:eu-west-1 → region:us-east-1',
    ]);
    const [first] = draw(REDIS).links;
    expect(first).toMatchObject({ label: 's-1', count: 1 });
    expect(first?.facts.join(' ')).toBe(
        '1 copy in zone us-east-1.b follows a leader in zone us-east-1.a. Shard sessions.s-1.',
    );
});

test('members that serve together or in turns copy nothing', () => {
    const drawing = draw(SERVERS);
    expect(drawing.links.filter((link) => link.kind === 'replication')).toEqual([]);
    expect(node(drawing, 'node:gateway.gw-1')?.copies.map((copy) => copy.label)).toEqual(['active']);
    expect(node(drawing, 'node:gateway.gw-2')?.copies.map((copy) => copy.label)).toEqual(['standby']);
    expect(node(drawing, 'node:web.web-1')?.copies).toEqual([]);
});

test('only a declared copy of a cluster is called asynchronous', () => {
    const asynchronous = draw(SHOP).links.filter((link) => link.asynchronous);
    expect(asynchronous.map(({ from, to, label }) => ({ from, to, label }))).toEqual([
        { from: 'cluster:ledger', to: 'cluster:ledger-eu', label: 'lag 800 ms' },
    ]);
});

test('a zone says that it holds all copies of a shard', () => {
    const drawing = draw({
        regions: { r: ['a', 'b'] },
        clusters: [
            {
                name: 'c',
                engine: 'redis',
                nodes: [
                    { name: 'x', zone: 0 },
                    { name: 'y', zone: 0 },
                ],
                shards: [{ name: 's', copies: [0, 1] }],
            },
        ],
    });
    expect(drawing.regions[0]?.zones.map((zone) => zone.facts.length)).toEqual([2, 1]);
    expect(drawing.links).toEqual([]);
});

test('nodes without a zone or without any place are kept', () => {
    const nodes = [
        { name: 'lost', zone: -1 },
        { name: 'loose', zone: -2 },
    ];
    const drawing = draw({ regions: { r: ['a'] }, clusters: [{ name: 'c', engine: 'server', nodes }] });
    expect(drawing.placeless.map((one) => one.label)).toEqual(['lost']);
    expect(drawing.regions[0]?.nodes.map((one) => one.label)).toEqual(['loose']);
});

test('clients say what they ask of each cluster', () => {
    const [client] = draw(REDIS).clients;
    expect(client?.demands).toEqual(['sessions: reads 2,000/s, writes 400/s']);
});
