/** What is checked alike in every system, tried with plain servers and Redis. */
import { describe, expect, test } from 'vitest';
import { loadWorkspace } from '../../../src/language/index.js';
import { collectFindings } from '../../../src/analysis/index.js';
import type { Finding } from '../../../src/topology/index.js';

const REGION = 'region r { zone a  zone b  zone c }\n';

async function findings(text: string): Promise<readonly Finding[]> {
    const [document] = await loadWorkspace([{ uri: 'file:///test.cluster', text: REGION + text }], {
        design: collectFindings,
    });
    return document!.findings;
}

async function codes(text: string): Promise<readonly string[]> {
    return (await findings(text)).map(({ code }) => code);
}

const web = (body: string): string =>
    `cluster web: server in r { nodes web-[1..3] across zones { capacity 100/s }  ${body} }\n`;

test('a cluster without nodes answers nobody', async () => {
    expect(await codes('cluster web: server in r { }')).toEqual(['topology/no-members']);
});

test('a cluster whose nodes are not understood gets no second finding for it', async () => {
    expect(await codes('cluster web: server in r { nodes web-[3..1] across zones }')).toEqual(['language/range']);
});

test.each([
    ['reads web 300/s', []],
    ['reads web 200/s  writes web 101/s', ['topology/overloaded']],
])('with three members of 100/s each: %s', async (demands, expected) => {
    const found = await codes(`${web('')} workload w { ${demands} }`);
    expect(found.filter((code) => code === 'topology/overloaded')).toEqual(expected);
});

test('two clusters cannot have one address', async () => {
    const vip = 'endpoint load-balancer 10.0.0.1 { check every 5s }';
    const found = await findings(`${web(vip)} ${web(vip).replaceAll('web', 'app')}`);
    const [twice] = found.filter(({ code }) => code === 'topology/address-twice');
    expect(twice!.related![0]!.source.start.line).toBe(1);
    expect(twice!.message).toBe(
        'The address 10.0.0.1 of app stands before something else, too: unless they differ in their ports, requests to it cannot reach both.',
    );
});

test.each([
    ['serves reads', 'writes web 1/s', ['topology/no-write-address']],
    ['serves reads', 'reads web 1/s', []],
    ['serves all', 'writes web 1/s', []],
])('an address that %s, and a workload that %s', async (serves, demand, expected) => {
    const endpoint = `endpoint load-balancer 10.0.0.1 { check every 5s  ${serves} }`;
    const found = await codes(`${web(endpoint)} workload w { ${demand} }`);
    expect(found.filter((code) => code === 'topology/no-write-address')).toEqual(expected);
});

test('an even number of voters in one range can be made odd by a number', async () => {
    const found = await findings(
        'cluster c: redis in r { nodes n-[1..8] across zones  shards s-[1..4] { replicas 1 } }',
    );
    const [even] = found.filter(({ code }) => code === 'redis/even-primaries');
    expect(even!.fixes!.map(({ title, kind }) => [title, kind])).toEqual([
        ['Use 3 primaries', 'resize-range'],
        ['Use 5 primaries', 'resize-range'],
    ]);
});

test('another number of voters is the author’s to choose where these hold data too', async () => {
    const opensearch = (roles: string): string =>
        `cluster c: opensearch in r { ${roles}  index k { shards 3  replicas 1 } }`;
    const fixes = async (roles: string): Promise<readonly unknown[]> => {
        const found = await findings(opensearch(roles));
        const even = found.find(({ code }) => code === 'opensearch/even-cluster-managers');
        return (even?.fixes ?? []).map(({ title, open }) => [title, open === true]);
    };
    expect((await fixes('nodes n-[1..4] across zones'))[0]).toEqual([
        'Use 3 cluster-manager-eligible nodes, which hold data too',
        true,
    ]);
    const apart = 'nodes m-[1..4] across zones as cluster_manager  nodes d-[1..3] across zones as data';
    expect((await fixes(apart))[0]).toEqual(['Use 3 cluster-manager-eligible nodes', false]);
});

test('shards of one group whose copies all stand in one zone are one finding', async () => {
    const found = await findings(
        'cluster c: hadoop in r { node nn in r.a as namenode  nodes d-[1..3] in r.a as datanode  node d-4 in r.b as datanode  files f { replicas 2  block 0 on d-1, d-2  block 1 on d-2, d-3 } }',
    );
    const crowded = found.filter(({ code }) => code === 'topology/copies-in-one-zone');
    expect(crowded.map(({ message }) => message.split(':')[0])).toEqual([
        'Both copies of f.0 stand in r.a',
        'Both copies of f.1 stand in r.a',
    ]);
});

test.each([
    [
        'masters without a figure carry no load',
        'elasticsearch',
        'nodes m-[1..3] across zones as master  nodes d-[1..3] across zones as data { capacity 10/s }  index p { replicas 1 }',
    ],
    [
        'nor do control planes',
        'kubernetes',
        'nodes m-[1..3] across zones as control-plane  nodes d-[1..3] across zones as worker { capacity 10/s }  deployment p { replicas 3  spread zone }',
    ],
])('%s', async (_what, engine, body) => {
    const found = await codes(`cluster c: ${engine} in r { ${body} }  workload w { reads c.p 31/s }`);
    expect(found).toContain('topology/overloaded');
});

describe('needs', () => {
    const pair = (there: string, back: string): string =>
        `${web(there)} ${web(back).replace('cluster web', 'cluster app').replaceAll('web-', 'app-')}`;
    const circles = async (text: string): Promise<readonly string[]> =>
        (await findings(text))
            .filter(({ code }) => code === 'topology/needs-circle')
            .map(({ message }) => message.split(':')[0]!);

    test('in a circle cannot be met after all were down', async () => {
        expect(await circles(pair('needs reads of app', 'needs writes of web'))).toEqual([
            'web needs itself by way of app',
            'app needs itself by way of web',
        ]);
        expect(await circles(web('needs reads of web'))).toEqual(['web needs itself']);
    });

    test('in a circle are seen through an address, unless it leads to somebody who needs nobody', async () => {
        const behind = (back: string): string =>
            `${pair('needs reads of shop', back)} endpoint shop dns shop.example.com { route to web, app by failover }`;
        expect(await circles(behind('needs reads of shop'))).toEqual([
            'web needs itself by way of shop',
            'app needs itself by way of shop',
        ]);
        expect(await circles(behind(''))).toEqual([]);
    });

    test('in a row, or only wanted, are sound', async () => {
        expect(await circles(pair('needs reads of app', ''))).toEqual([]);
        expect(await circles(pair('needs reads of app', 'wants writes of web'))).toEqual([]);
    });
});

test('a cluster in which something is not understood is not judged, and others are', async () => {
    const text =
        'cluster c: redis in r { nodes n-[1..6] across zones  shrds s-[1..3] { replicas 1 } }  cluster d: redis in r { nodes m-[1..2] across zones }';
    expect(await codes(text)).toEqual(['language/unknown-word', 'redis/no-shards']);
});
