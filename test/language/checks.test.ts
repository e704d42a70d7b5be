import { describe, expect, test } from 'vitest';
import { codesOf, read } from './support.js';

const PLACES = 'region r { zone a zone b zone c }\n';

/** A text with one mistake, and its neighbour without it. */
interface Pair {
    readonly code: string;
    readonly wrong: string;
    readonly right: string;
}

const PAIRS: readonly Pair[] = [
    { code: 'language/syntax', wrong: 'region r { zne a }', right: 'region r { zone a }' },
    {
        code: 'language/unclosed',
        wrong: 'scenario s "title { at 1s heal }',
        right: 'scenario s "title" { at 1s heal }',
    },
    { code: 'language/import', wrong: 'import "/etc/passwd"', right: 'import "other.cluster"' },
    { code: 'language/import', wrong: 'import "missing.cluster"', right: 'import "other.cluster"' },
    {
        code: 'language/unknown-name',
        wrong: `${PLACES}cluster c: server in q { node n }`,
        right: `${PLACES}cluster c: server in r { node n }`,
    },
    {
        code: 'language/ambiguous-name',
        wrong: 'cluster c: server { node n }\ncluster d: server { node n }\nscenario s { at 1s crash node n }',
        right: 'cluster c: server { node n }\ncluster d: server { node n }\nscenario s { at 1s crash node d.n }',
    },
    {
        code: 'language/duplicate',
        wrong: 'cluster c: server { node n }\nworkload c { reads c 1/s }',
        right: 'cluster c: server { node n }\nworkload w { reads c 1/s }',
    },
    {
        code: 'language/duplicate',
        wrong: 'cluster c: server { nodes n-[1..3] node n-2 }',
        right: 'cluster c: server { nodes n-[1..3] node n-4 }',
    },
    { code: 'language/duplicate', wrong: 'region r { zone a zone a }', right: 'region r { zone a zone b }' },
    {
        code: 'language/duplicate',
        wrong: `region r { zone a { node n } }\ncluster c: server { node n }`,
        right: `region r { zone a { node n } }\ncluster c: server { members n }`,
    },
    {
        code: 'language/duplicate',
        wrong: 'cluster c: server { node n endpoint dns x.y { ttl 5s ttl 6s } }',
        right: 'cluster c: server { node n endpoint dns x.y { ttl 5s } }',
    },
    {
        code: 'language/duplicate',
        wrong: 'scenario s { at 1s heal until 2s until 3s }',
        right: 'scenario s { at 1s heal until 2s }',
    },
    {
        code: 'language/duplicate',
        wrong: 'failure-rates { node every 1y repair 4h node every 2y repair 4h }',
        right: 'failure-rates { node every 1y repair 4h zone every 2y repair 4h }',
    },
    { code: 'language/unknown-engine', wrong: 'cluster c: reddis { node n }', right: 'cluster c: server { node n }' },
    {
        code: 'language/unknown-word',
        wrong: 'cluster c: redis { nodes n-[1..3] top x { } }',
        right: 'cluster c: redis { nodes n-[1..3] shards x { replicas 1 } }',
    },
    {
        code: 'language/unknown-role',
        wrong: 'cluster c: server { node n as emperor }',
        right: 'cluster c: server { node n }',
    },
    {
        code: 'language/plural',
        wrong: 'cluster c: server { nodes n }',
        right: 'cluster c: server { nodes n-[1..2] }',
    },
    {
        code: 'language/plural',
        wrong: 'cluster c: server { node n-[1..2] }',
        right: 'cluster c: server { node n-1 }',
    },
    {
        code: 'language/unknown-property',
        wrong: 'cluster c: server { node n { capactiy 5/s } }',
        right: 'cluster c: server { node n { capacity 5/s } }',
    },
    {
        code: 'language/unknown-property',
        wrong: 'cluster c: server { node n endpoint dns x.y { advertise every 1s } }',
        right: 'cluster c: server { node n endpoint vip x.y { advertise every 1s } }',
    },
    {
        code: 'language/value',
        wrong: 'cluster c: server { node n endpoint vip x.y { preempt perhaps } }',
        right: 'cluster c: server { node n endpoint vip x.y { preempt no } }',
    },
    { code: 'language/unit', wrong: 'scenario s { at 30 heal }', right: 'scenario s { at 30s heal }' },
    {
        code: 'language/unit',
        wrong: 'cluster c: server { node n { capacity 5s } }',
        right: 'cluster c: server { node n { capacity 5/s } }',
    },
    {
        code: 'language/out-of-bounds',
        wrong: 'cluster c: server { node n }\nobjective o for c { availability 120% }',
        right: 'cluster c: server { node n }\nobjective o for c { availability 99.9% }',
    },
    {
        code: 'language/out-of-bounds',
        wrong: 'cluster c: server { node n }\nobjective o for c { tolerate any 0 node }',
        right: 'cluster c: server { node n }\nobjective o for c { tolerate any 1 node }',
    },
    {
        code: 'language/out-of-bounds',
        wrong: 'cluster c: server { node n assume failover takes 60s to 15s }',
        right: 'cluster c: server { node n assume failover takes 15s to 60s }',
    },
    {
        code: 'language/date',
        wrong: 'cluster c: server { node n waive "a/b" because "c" until "2027-02-31" }',
        right: 'cluster c: server { node n waive "a/b" because "c" until "2027-02-28" }',
    },
    {
        code: 'language/range',
        wrong: 'cluster c: server { nodes n-[3..1] }',
        right: 'cluster c: server { nodes n-[1..3] }',
    },
    {
        code: 'language/range-as-node',
        wrong: 'cluster c: server { nodes n-[1..3] }\nscenario s { at 1s crash node n-[1..3] }',
        right: 'cluster c: server { nodes n-[1..3] }\nscenario s { at 1s crash node n-1, n-2, n-3 }',
    },
    {
        code: 'language/no-zones',
        wrong: 'cluster c: server { nodes n-[1..3] across zones }',
        right: `${PLACES}cluster c: server in r { nodes n-[1..3] across zones }`,
    },
    {
        code: 'language/leader-here',
        wrong: 'cluster c: server { node n failover active-passive { order leader of c } }',
        right: 'cluster c: server { node n failover active-passive { order n } }',
    },
    {
        code: 'language/missing-nodes',
        wrong: 'cluster c: redis { nodes n-[1..3] shard s }',
        right: 'cluster c: redis { nodes n-[1..3] shard s on n-1 }',
    },
    {
        code: 'language/range-placed',
        wrong: 'cluster c: redis { nodes n-[1..3] shard s-[1..2] on n-1 }',
        right: 'cluster c: redis { nodes n-[1..3] shard s-1 on n-1 }',
    },
    {
        code: 'topology/copy-twice',
        wrong: 'cluster c: redis { nodes n-[1..3] shard s on n-1, n-1 }',
        right: 'cluster c: redis { nodes n-[1..3] shard s on n-1, n-2 }',
    },
    {
        code: 'topology/copy-on-stranger',
        wrong: 'cluster d: server { node m }\ncluster c: redis { nodes n-[1..3] shard s on n-1, m }',
        right: 'cluster d: server { node m }\ncluster c: redis { nodes n-[1..3] members m shard s on n-1, m }',
    },
    {
        code: 'language/unknown-setting',
        wrong: 'cluster c: redis { nodes n-[1..3] settings { cluster-node-timeot = 5000 } }',
        right: 'cluster c: redis { nodes n-[1..3] settings { cluster-node-timeout = 5000 } }',
    },
    {
        code: 'language/setting-value',
        wrong: 'cluster c: redis { nodes n-[1..3] settings { cluster-node-timeout = soon } }',
        right: 'cluster c: redis { nodes n-[1..3] settings { cluster-node-timeout = 5s } }',
    },
    {
        code: 'language/duplicate',
        wrong: 'cluster c: redis { nodes n-[1..3] settings { cluster-node-timeout = 5s cluster-node-timeout = 6s } }',
        right: 'cluster c: redis { nodes n-[1..3] settings { cluster-node-timeout = 5s } }',
    },
    {
        code: 'language/not-a-cluster',
        wrong: 'cluster c: server { node n }\nworkload w { reads c 1/s }\nworkload v { reads w 1/s }',
        right: 'cluster c: server { node n }\nworkload w { reads c 1/s }\nworkload v { reads c 1/s }',
    },
    {
        code: 'language/wrong-level',
        wrong: `${PLACES}scenario s { at 1s fail zone r }`,
        right: `${PLACES}scenario s { at 1s fail region r }`,
    },
    {
        code: 'language/too-many-steps',
        wrong: 'scenario s { at 1s, repeat every 1s 10001 times heal }',
        right: 'scenario s { at 1s, repeat every 1s 10000 times heal }',
    },
];

describe('every mistake has its code, and its neighbour has none', () => {
    test.each(PAIRS)('$code: $wrong', async ({ code, wrong, right }) => {
        const beside = { 'other.cluster': '' };
        expect(codesOf(await read(wrong, beside))).toContain(code);
        expect(codesOf(await read(right, beside))).not.toContain(code);
    });
});

describe('a figure', () => {
    const finding = async (figure: string): Promise<[string, string] | undefined> => {
        const { findings } = await read(`scenario s { at ${figure} heal }`);
        return findings[0] && [findings[0].code, findings[0].message.replace(figure, '…')];
    };
    const TOO_LARGE = [
        'language/out-of-bounds',
        "'…' is too large for a duration, so nothing can be worked out with it.",
    ];
    const NO_DURATION = ['language/unit', "'…' is not a duration, and this place needs one."];

    test.each(['99999999999999999999999999y', '1e999s', '300000y'])('%s is too large', async (figure) => {
        expect(await finding(figure)).toEqual(TOO_LARGE);
    });

    test.each(['5', '-5s', '5/s', '1e3s', '9e999q', '99999999999999999999999999q'])(
        '%s is no duration',
        async (figure) => {
            expect(await finding(figure)).toEqual(NO_DURATION);
        },
    );

    test('a part of a whole is not too large but no count', async () => {
        const { findings } = await read('scenario s { seed 7.5 }');
        expect(findings[0]?.code).toBe('language/unit');
    });
});

describe('a name in quotes', () => {
    test('is one name, also where it looks like a range', async () => {
        const text = [
            'cluster c: redis { node "a-[1..2]"  nodes a-[3..5]  shard "s-[1..2]" on "a-[1..2]", a-3 }',
            'scenario s { at 1s crash node "a-[1..2]" expect c."s-[1..2]" led by a-3 at 1m }',
        ].join('\n');
        const document = await read(text);
        expect(document.findings).toEqual([]);
        expect(document.topology.nodes.map((node) => node.name)).toEqual(['a-[1..2]', 'a-3', 'a-4', 'a-5']);
        expect(document.topology.shards.map(({ name, copies }) => [name, copies])).toEqual([['s-[1..2]', [0, 1]]]);
        expect(document.topology.scenarios[0]?.steps).toHaveLength(1);
    });

    test('declares none of the names that a range would', async () => {
        const both = await read('cluster c: server { node "a-[1..2]"  node a-1 }');
        expect(codesOf(both)).toEqual([]);
        const named = await read('cluster c: server { node "a-[1..2]" }\nscenario s { at 1s crash node a-1 }');
        expect(codesOf(named)).toEqual(['language/unknown-name']);
    });
});

describe('a finding', () => {
    test('stands exactly where the mistake is, and says what was probably meant', async () => {
        const document = await read('cluster sessions: server { node n }\nworkload w { reads sesions 5/s }');
        const source = { uri: document.uri, start: { line: 1, character: 19 }, end: { line: 1, character: 26 } };
        expect(document.findings).toEqual([
            {
                code: 'language/unknown-name',
                severity: 'error',
                message: "There is no cluster or workload 'sesions' here.",
                help: "Did you mean 'sessions'?",
                source,
                fixes: [{ kind: 'replace', title: 'Change to sessions', source, text: 'sessions' }],
            },
        ]);
    });

    test.each([
        ['cluster c: kafka 4.1 { }', 'Put the version in quotes: "4.1".'],
        [
            'region r-[1..3] { zone a }',
            'A range stands for several names, and one name is wanted here. Write one of them, such as r-1.',
        ],
        ['objective o for x { tolerate 1 zone }', "'tolerate' is followed by 'any': tolerate any 1 zone."],
        ['scenario s { at 30 s heal }', 'Write the unit next to its number: 30s.'],
        ['scenario s { expect write of x uninterrupted }', "Say 'writes': expect writes of …"],
        ['clutser x: redis { }', "No declaration begins with 'clutser'. Did you mean 'cluster'?"],
    ])('%s', async (text, message) => {
        const { findings } = await read(text);
        expect(findings.find((finding) => finding.code === 'language/syntax')?.message).toBe(message);
    });

    test.each([
        [
            'cluster s: redis { nodes n-[1..3] }\nworkload w { reads s.s-9 1/s }',
            "There is no group or shard 's-9' in s.",
        ],
        [
            'cluster s: redis { nodes n-[1..3] shards s-[1..3] }\nscenario x { expect s.s-[1..2] led by n-1 at 1m }',
            "There is no group or shard 's-[1..2]' in s.",
        ],
        ['region r { zone a }\ncluster s: server in r.z { node n }', "There is no zone 'z' in r."],
        [
            'cluster s: server { nodes "n-[1..3]" }',
            "'nodes' announces a range, and in quotes 'n-[1..3]' is the name of a single node.",
        ],
    ])('is named where it was looked for: %s', async (text, message) => {
        const { findings } = await read(text);
        expect(findings.map((finding) => finding.message)).toContain(message);
    });

    test('tells the other place, too', async () => {
        const { findings } = await read('scenario s { until 1s }\nscenario s { until 2s }');
        expect(findings[0]?.source.start.line).toBe(1);
        expect(findings[0]?.related?.[0]?.source.start.line).toBe(0);
    });
});

test.each([
    ['0/s', 'A rate of nothing means that no request is ever sent.'],
    ['1000000000/s', '1,000,000,000 requests a second are more than can be worked with; the most is 1,000,000.'],
])('a rate of %s is out of bounds', async (rate, message) => {
    const { findings } = await read(
        `region r { zone a  zone b }\ncluster web: server in r { nodes n-[1..2] across zones }\nworkload w { reads web ${rate} }`,
    );
    expect(findings).toMatchObject([{ code: 'language/out-of-bounds', message }]);
});

test('a setting beside the statements of a cluster is called what it is', async () => {
    const body = 'nodes n-[1..6] across zones  shards s-[1..3] { replicas 1 }  cluster-node-timeout 5000';
    const { findings } = await read(`${PLACES}cluster c: redis in r { ${body} }`);
    expect(findings).toMatchObject([
        {
            code: 'language/pasted-line',
            message: "'cluster-node-timeout' is a setting of Redis Cluster; settings stand in a block of their own.",
            help: 'Write `settings { cluster-node-timeout = 5000 }`.',
        },
    ]);
});
