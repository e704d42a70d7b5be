import { describe, expect, test } from 'vitest';
import type { SourceRange } from '../../src/topology/index.js';
import { codesOf, projectFile, read } from './support.js';

const PLACES = 'region r { zone a zone b zone c }\n';

async function nodesOf(text: string): Promise<string[]> {
    const { topology } = await read(PLACES + text);
    return topology.nodes.map(({ name, zone }) => `${name}@${topology.zones[zone ?? -1]?.name ?? '-'}`);
}

describe('nodes', () => {
    test('stand in turns, from the first zone anew in each statement', async () => {
        expect(
            await nodesOf('cluster c: server in r { nodes n-[1..4] across zones nodes m-[1..2] across zones }'),
        ).toEqual(['n-1@a', 'n-2@b', 'n-3@c', 'n-4@a', 'm-1@a', 'm-2@b']);
    });

    test('keep the zeros of their range', async () => {
        expect(await nodesOf('cluster c: server in r { nodes n-[09..11] across r.b }')).toEqual([
            'n-09@b',
            'n-10@b',
            'n-11@b',
        ]);
    });

    test('stand in a region without a zone when nothing says more', async () => {
        const { topology } = await read(`${PLACES}cluster c: server in r { node n }`);
        expect(topology.nodes[0]).toMatchObject({ region: 0, qualifiedName: 'c.n', owner: 0 });
        expect(topology.nodes[0]?.zone).toBeUndefined();
    });

    test('may have any name in quotes', async () => {
        const { topology, findings } = await read(
            `${PLACES}cluster c: server in r { node "web-1.example.com" { capacity 30/min } }\nscenario s { at 1s crash node "web-1.example.com" }`,
        );
        expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
        expect(topology.clusters[0]?.members[0]?.capacity).toBe(0.5);
        expect(topology.scenarios[0]?.steps[0]?.fault).toEqual({ kind: 'crash', nodes: [{ kind: 'node', node: 0 }] });
    });
});

describe('imports', () => {
    const base = {
        'base.cluster': `${PLACES}cluster c: server in r { nodes n-[1..2] across zones }\nscenario s { at 1s heal }`,
    };

    test('bring names, merge regions, and leave scenarios behind', async () => {
        const text = 'import "base.cluster"\nregion r { zone d }\nobjective o for c { tolerate any 1 node }';
        const { topology, findings } = await read(text, base);
        expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
        expect(topology.regions.map((region) => region.name)).toEqual(['r']);
        expect(topology.zones.map((zone) => zone.name).toSorted()).toEqual(['a', 'b', 'c', 'd']);
        expect(topology.objectives).toHaveLength(1);
        expect(topology.scenarios).toEqual([]);
    });

    test('may go in a circle', async () => {
        const { topology } = await read('import "b.cluster"\nregion r { zone a }', {
            'b.cluster': 'import "main.cluster"',
        });
        expect(topology.zones).toHaveLength(1);
    });

    test('stay below the root', async () => {
        expect(codesOf(await read('import "../secret.cluster"', { '../secret.cluster': '' }))).toContain(
            'language/import',
        );
    });

    test('clash with names of the file itself', async () => {
        expect(codesOf(await read('import "base.cluster"\nworkload c { }', base))).toContain('language/duplicate');
    });
});

describe('scenarios', () => {
    test('are in order of time, with repetitions spelled out, a seed and an end', async () => {
        const { topology } = await read(
            `${PLACES}scenario s { at 2m heal at 10s, repeat every 1m 2 times fail zone r.a, r.b }`,
        );
        const [scenario] = topology.scenarios;
        expect(scenario).toMatchObject({ seed: 1, untilMs: 420_000 });
        expect(scenario?.steps.map((step) => [step.atMs, step.text])).toEqual([
            [10_000, 'fail zone r.a, r.b'],
            [70_000, 'fail zone r.a, r.b'],
            [120_000, 'heal'],
        ]);
    });
});

describe('what is not understood is not run', () => {
    const good = 'cluster c: server { node n }\nscenario whole { at 1s crash node n }\n';

    test('a scenario with an unknown name', async () => {
        const { topology, broken } = await read(`${good}scenario half { at 1s crash node n, m }`);
        expect(topology.scenarios.map(({ name }) => name)).toEqual(['whole']);
        expect(broken).toMatchObject([
            { kind: 'scenario', name: 'half', message: expect.stringContaining('line 3') as string },
        ]);
    });

    test('an objective over a cluster that needs one with an error', async () => {
        const text = `cluster d: server { node m { capacity 5 } }\ncluster c: server { node n needs reads of d }
cluster e: server { node o }\nobjective on-c for c { tolerate any 1 node }\nobjective on-e for e { tolerate any 1 node }`;
        const { topology, broken } = await read(text);
        expect(broken.map(({ name }) => name)).toEqual(['on-c']);
        expect(topology.objectives.map(({ name }) => name)).toEqual(['on-e']);
    });

    test('a scenario that strikes a place alone rests on all that may stand there', async () => {
        const text = `region r { zone a }\ncluster d: server in r { node m { height 5 } }
scenario place { at 30s fail zone r.a  until 2m }`;
        const { broken } = await read(text);
        expect(broken.map(({ name, message }) => [name, message])).toEqual([
            ['place', expect.stringContaining('line 2')],
        ]);
    });

    test('what has no name yet', async () => {
        const { broken } = await read('scenario { at 30s crash node n }\nobjective for c { tolerate any 1 node }');
        expect(broken.map(({ kind, name }) => [kind, name])).toEqual([
            ['objective', '(no name)'],
            ['scenario', '(no name)'],
        ]);
    });

    test('anything over a cluster of an unknown engine, which is drawn all the same', async () => {
        const { topology, broken } = await read(
            `${PLACES}cluster c: nosuch in r { nodes n-[1..3] across zones }\nobjective o for c { tolerate any 1 node }`,
        );
        expect(topology.nodes).toHaveLength(3);
        expect(topology.objectives).toEqual([]);
        expect(broken).toHaveLength(1);
    });
});

test('every element knows where it is written', async () => {
    const text = projectFile('examples/redis.cluster');
    const { topology } = await read(text);
    const lines = text.split('\n');
    const at = ({ start, end }: SourceRange): string =>
        lines[start.line]?.slice(start.character, end.line === start.line ? end.character : undefined) ?? '';
    expect(topology.nodes.map((node) => at(node.source))).toEqual(Array(6).fill('cache-[1..6]'));
    expect(topology.shards.map((shard) => at(shard.source))).toContain('shard s-1 on cache-1, cache-5');
    expect(topology.scenarios[0]?.expectations.map((each) => at(each.source))).toEqual(
        topology.scenarios[0]?.expectations.map((each) => each.text),
    );
});

describe('groups that the engine cannot place', () => {
    test('each gets its own error, and the others keep their places', async () => {
        const groups = [
            'topic t { replicas 3 }',
            'topic big { replicas 5 }',
            'topic big2 { replicas 6 }',
            'topic u { replicas 2 }',
        ];
        const text = `${PLACES}cluster k: kafka in r {\n  nodes n-[1..3] across zones\n  ${groups.join('\n  ')}\n}`;
        const { findings, topology } = await read(text);
        expect(findings.map(({ code, source }) => [code, source.start.line])).toEqual([
            ['topology/placement-impossible', 4],
            ['topology/placement-impossible', 5],
        ]);
        expect(topology.shards.slice(0, 4).map(({ copies }) => copies.length)).toEqual([3, 0, 0, 2]);
    });
});

test('sentences about a block call it by its word', async () => {
    const { findings } = await read(
        'cluster c: elasticsearch { nodes n-[1..3] { tier 0 tier 1 } index p { shards 1 colour 3 } }',
    );
    const messages = findings.map(({ message }) => message).join(' ');
    expect(messages).toContain("'tier' is said twice in a node,");
    expect(messages).toContain("An index has no property 'colour'");
});
