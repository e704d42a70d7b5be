/** Slips of the hand that have one sentence and, where it is mechanical, the fix that mends them. */
import { expect, test } from 'vitest';
import { TextDocument } from 'langium';
import type { Finding } from '../../src/topology/index.js';
import { MAIN, read } from './support.js';

const REGION = 'region r {\n  zone a\n  zone b\n  zone c\n}\n';

/** What is found in a text behind the declaration of a region; without what is said for information. */
async function found(text: string): Promise<Finding[]> {
    const { findings } = await read(REGION + text);
    return findings.filter(({ severity }) => severity !== 'information');
}

/** The text with the first fix of each of these findings. */
function mended(text: string, findings: readonly Finding[]): string {
    const edits = findings.flatMap(({ fixes = [] }) =>
        fixes.slice(0, 1).flatMap((fix) => (fix.kind === 'replace' ? [{ range: fix.source, newText: fix.text }] : [])),
    );
    const whole = TextDocument.create(MAIN, 'cluster', 1, REGION + text);
    return TextDocument.applyEdits(whole, edits).slice(REGION.length);
}

/** One finding is made, which its fix mends. */
async function expectOne(text: string, message: string, fixed: string): Promise<void> {
    const findings = await found(text);
    expect(findings.map((each) => `${each.message} ${each.help}`)).toEqual([expect.stringContaining(message)]);
    expect(mended(text, findings)).toBe(fixed);
    expect(await found(fixed)).toEqual([]);
}

const SERVER = 'cluster q: server in r { nodes n-[1..3] across zones }\n';

test.each([
    ['AZ', 'zone'],
    ['AZs', 'zones'],
    ['host', 'node'],
])('a level by another name: %s', async (written, meant) => {
    const text = (level: string): string => `${SERVER}objective o for q { tolerate any 1 ${level} }`;
    await expectOne(text(written), `Did you mean '${meant}'?`, text(meant));
});

test('a failure without a level is half typed and nothing more', async () => {
    const findings = await found(`${SERVER}objective o for q { tolerate any 1 }`);
    expect(findings.map(({ code }) => code)).toEqual(['language/syntax']);
    expect(JSON.stringify(findings)).not.toContain('undefined');
});

const KAFKA = 'cluster c: kafka in r {\n  nodes n-[1..6] across zones\n';
const REDIS = 'cluster c: redis in r {\n  nodes n-[1..6] across zones\n';
const WORKLOAD = 'workload w {\n  reads c 5/s\n}\n';

/** One finding about an open block is made; its fix leaves no error of syntax and none about words. */
async function expectUnclosed(text: string, brace: string, fixed: string): Promise<void> {
    const findings = await found(text);
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
        ['language/syntax', expect.stringMatching(/^This block (is|and 1 around it are) not closed/)],
    ]);
    const offset = TextDocument.create(MAIN, 'cluster', 1, REGION + text).offsetAt(findings[0]!.source.start);
    expect((REGION + text).slice(0, offset + 1).endsWith(brace)).toBe(true);
    expect(mended(text, findings)).toBe(fixed);
    expect(await found(fixed)).toEqual([]);
}

test.each([
    [
        'a statement of the cluster',
        `${KAFKA}  topic t { replicas 3\n  topic u { replicas 3 }\n  endpoint discovery\n}\n`,
        'topic t {',
        `${KAFKA}  topic t { replicas 3 }\n  topic u { replicas 3 }\n  endpoint discovery\n}\n`,
    ],
    [
        'an address',
        `${REDIS}  shards s-[1..3] {\n    replicas 1 // one\n  endpoint discovery\n}\n`,
        's-[1..3] {',
        `${REDIS}  shards s-[1..3] {\n    replicas 1 // one\n  }\n  endpoint discovery\n}\n`,
    ],
    [
        'a declaration',
        `${REDIS}  shards s-[1..3] { replicas 1\n\n${WORKLOAD}`,
        's-[1..3] {',
        `${REDIS}  shards s-[1..3] { replicas 1 }\n}\n\n${WORKLOAD}`,
    ],
    [
        'the brace of the cluster',
        `${REDIS}  shards s-[1..3] { replicas 1\n}\n${WORKLOAD}`,
        's-[1..3] {',
        `${REDIS}  shards s-[1..3] { replicas 1 }\n}\n${WORKLOAD}`,
    ],
    [
        'a declaration, in Windows lines',
        `${REDIS}  shards s-[1..3] { replicas 1 }\n${WORKLOAD}`.replaceAll('\n', '\r\n'),
        'in r {',
        `${REDIS}  shards s-[1..3] { replicas 1 }\n}\n${WORKLOAD}`.replaceAll('\n', '\r\n'),
    ],
    [
        'a text without indentation',
        `${KAFKA.replace('  ', '')}topic t { replicas 3\ntopic u { replicas 3 }\n}\n`,
        'topic t {',
        `${KAFKA.replace('  ', '')}topic t { replicas 3 }\ntopic u { replicas 3 }\n}\n`,
    ],
])('a block that is not closed is told at its brace: %s behind it', async (_, text, brace, fixed) => {
    await expectUnclosed(text, brace, fixed);
});

test('where no brace is missing, none is added', async () => {
    const text = `${KAFKA}  topic t {\n  replicas 3\n  topic 5\n  workload y\n  }\n}\n`;
    const findings = await found(text);
    expect(findings.map(({ code, fixes }) => [code, fixes])).toEqual([
        ['language/unknown-property', undefined],
        ['language/unknown-property', undefined],
    ]);
    expect(findings[0]?.message).toContain('probably missing');
});

test('a key of the real system is no statement', async () => {
    const text = `${REDIS}  settings {\n    nodes 3\n    endpoint discovery\n    topic x\n`;
    const findings = await found(text);
    expect(findings.filter(({ message }) => message.includes('not closed'))).toEqual([]);
});

test('what a group of shards has not is said in a whole sentence', async () => {
    const findings = await found(`${REDIS}  shards s-[1..3] { height 5 }\n}\n`);
    expect(findings[0]?.message).toContain("A group of shards has no property 'height'");
});

test.each(['redis', 'elasticache'])('a number is a name of one shard and no count: %s', async (engine) => {
    const text = (name: string): string =>
        `cluster c: ${engine} in r {\n  nodes n-[1..6] across zones\n  shards ${name} { replicas 1 }\n}\n`;
    await expectOne(text('3'), 'Write `shards s-[1..3]`', text('s-[1..3]'));
    expect(await found(text('"3"'))).toEqual([]);
});

test('how many nodes there are is said by their names', async () => {
    const text = (name: string): string => `cluster q: server in r { nodes ${name} across zones }\n`;
    await expectOne(text('6'), 'nodes n-[1..6]', text('n-[1..6]'));
    const [finding] = await found(text('6'));
    expect(finding?.fixes?.some(({ safe }) => safe)).toBe(false);
});

test('a zone without its region', async () => {
    const text = (...zones: string[]): string =>
        `cluster q: server in r { nodes n-[1..3] across ${zones.join(', ')} }\n`;
    const findings = await found(text('a', 'b', 'c'));
    expect(findings.map(({ message }) => message)).toEqual([
        "There is no region 'a' here. Zone a is written r.a.",
        "There is no region 'b' here. Zone b is written r.b.",
        "There is no region 'c' here. Zone c is written r.c.",
    ]);
    expect(mended(text('a', 'b', 'c'), findings)).toBe(text('r.a', 'r.b', 'r.c'));
});

test('a zone of several regions: that of the cluster is meant, else each is offered', async () => {
    const other = 'region s { zone a }\n';
    const [own] = await found(`${other}cluster q: server in r { node n in a }\n`);
    expect(own?.fixes?.map(({ title }) => title)).toEqual(['Change to r.a']);
    const [any] = await found(`${other}cluster q: server { node n in a }\n`);
    expect(any?.fixes?.map(({ title }) => title)).toEqual(['Change to r.a', 'Change to s.a']);
});

test('the code of a waiver without quotes, and a reason without its word', async () => {
    const text = (waiver: string): string =>
        `${KAFKA}  topic t { replicas 3 }\n  waive ${waiver}\n  endpoint discovery\n}\n`;
    const fixed = text('"kafka/combined-roles" because "we are few"');
    await expectOne(text('kafka/combined-roles "we are few"'), "and 'because' in front of its reason", fixed);
    await expectOne(text('kafka/combined-roles because "we are few"'), 'stands in quotes', fixed);
});

const ADDRESS = (address: string): string =>
    `cluster c: server in r {\n  endpoint ${address} { check 5s }\n  nodes n-[1..3] across zones\n}\n`;

test.each([
    ['load-balancer fe80::1', "with ':' in it", 'load-balancer "fe80::1"'],
    ['load-balancer ::1', "with ':' in it", 'load-balancer "::1"'],
    ['vip 10.0.0.1/24', 'without the length of its prefix', 'vip 10.0.0.1'],
    ['vip fe80::1/64', 'without the length of its prefix', 'vip "fe80::1"'],
    ['dns db.example.com:5432', "with ':' in it", 'dns "db.example.com:5432"'],
])('an address as it is written elsewhere: %s', async (written, message, fixed) => {
    await expectOne(ADDRESS(written), message, ADDRESS(fixed));
    expect((await read(REGION + ADDRESS(written))).topology.clusters[0]).toMatchObject({
        members: [{}, {}, {}],
        endpoints: [{ checkMs: 5000 }],
    });
});

test('an address in front of several clusters', async () => {
    const text = (address: string): string => `${SERVER}endpoint all vip ${address} { route to q }\n`;
    await expectOne(text('10.0.0.1/24'), 'without the length', text('10.0.0.1'));
});

test.each(['zones a, b, c', 'zone a, b, c', 'zones a b c'])('zones as a list: %s', async (list) => {
    const { findings, topology } = await read(`region r { ${list} }\n${SERVER}`);
    expect(findings.map(({ message }) => message)).toEqual(['Each zone of a region has a statement of its own.']);
    expect(findings[0]?.fixes).toMatchObject([
        { text: 'zone a  zone b  zone c', source: { start: { character: 11 } } },
    ]);
    expect(topology.zones.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('roles without their word', async () => {
    const text = (word: string): string =>
        `${KAFKA}  nodes p-[1..3] across zones ${word} controller\n  topic t { replicas 3 }\n}\n`;
    await expectOne(text('role'), 'Write: as controller.', text('as'));
});

test.each([
    ['nodes p-1..3 across zones', 'nodes p-[1..3] across zones'],
    ['nodes q-{1..3} across zones', 'nodes q-[1..3] across zones'],
    ['node q-(1..3)', 'nodes q-[1..3]'],
    ['nodes n-1, n-2, n-3 across zones', 'nodes n-[1..3] across zones'],
    ['nodes old, new', 'node old  node new'],
])('names of nodes as they are written elsewhere: %s', async (written, fixed) => {
    const text = (nodes: string): string => `cluster q: server in r { ${nodes} }\n`;
    const findings = await found(text(written));
    expect(findings.map(({ code }) => code)).toEqual(['language/syntax']);
    expect(mended(text(written), findings)).toBe(text(fixed));
    expect(await found(text(fixed))).toEqual([]);
});

test('a list of names with something behind it is left to its author', async () => {
    const findings = await found('cluster q: server in r { nodes old, new across zones }\n');
    expect(findings.map(({ code, fixes }) => [code, fixes])).toEqual([['language/syntax', undefined]]);
});

test('lists of nodes where they belong are no slips', async () => {
    const text = `${SERVER}scenario s {\n  at 1s crash\n  node n-1, n-2\n  at 2s restart node n-1, n-2\n}\n`;
    expect(await found(text)).toEqual([]);
});

test('one sign that means nothing is one', async () => {
    const [finding] = await found('?\n');
    expect(finding?.help).toContain('Remove it,');
});

test.each(['{ role controller }', '{ role: controller }', '{ role = controller }'])(
    'a role in a block behind the nodes: %s',
    async (written) => {
        const text = (role: string): string =>
            `cluster c: kafka in r {\n  nodes c-[1..3] across zones ${role}\n  nodes b-[1..3] across zones as broker\n  topic t { partitions 3  replicas 3 }\n}\n`;
        await expectOne(text(written), 'Write: as controller.', text('as controller'));
    },
);

test.each([
    ['across zones', 'zone'],
    ['across AZs', 'zone'],
    ['across hosts', 'node'],
])('copies that are spread %s', async (written, meant) => {
    const text = (over: string): string => `${KAFKA}  topic t { replicas 3  spread ${over} }\n}\n`;
    await expectOne(text(written), `Write: spread ${meant}.`, text(meant));
});

test.each(['end', 'for', 'duration', 'run'])('the end of a scenario by another name: %s', async (word) => {
    const text = (until: string): string => `${SERVER}scenario s {\n  at 10s crash node n-1\n  ${until} 3m\n}\n`;
    await expectOne(text(word), 'Write: until 3m.', text('until'));
});

test('an objective without its cluster', async () => {
    const findings = await found(`${SERVER}objective safe { tolerate any 1 zone }`);
    expect(findings.map(({ message }) => message)).toEqual([
        'Say which cluster it is about: objective safe for CLUSTER {',
    ]);
});

test.each(['vip 10.0.0.1', 'load-balancer lb-1', 'discovery'])(
    'an endpoint of a cluster with a name: %s',
    async (kind) => {
        const text = (name: string): string =>
            `cluster q: server in r {\n  nodes n-[1..3] across zones\n  failover active-active\n  endpoint ${name}${kind}\n}\n`;
        const findings = await found(text('web '));
        expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining('has no name of its own')]);
        expect(mended(text('web '), findings)).toBe(text(''));
    },
);

test.each(['3 in r, 2 in s', '3 in r 2 in s', 'r: 3, s: 2', 'r = 3, s = 2'])(
    'copies of places in another form: %s',
    async (written) => {
        const text = (replicas: string): string =>
            `region s { zone a  zone b }\ncluster c: cassandra in r, s {\n  nodes n-[1..3] across r.a, r.b, r.c\n  nodes m-[1..2] across s.a, s.b\n  keyspace k { replicas ${replicas} }\n}\n`;
        await expectOne(text(written), 'Write: replicas r 3, s 2.', text('r 3, s 2'));
    },
);

test('a word of the language as a name', async () => {
    const text = (name: string): string => `${SERVER}scenario ${name} { at 30s crash node n-1  until 2m }\n`;
    await expectOne(text('node'), 'as a name it stands in quotes', text('"node"'));
});

const step = (text: string): string => `${SERVER}scenario s {\n  at 10s ${text}\n  until 3m\n}\n`;

test.each([
    ['kill node n-1', 'crash node n-1'],
    ['thaw node n-1', 'unfreeze node n-1'],
    ['delay node n-1 by 3s', 'slow node n-1 by 3s'],
    ['lose zone r.a', 'fail zone r.a'],
    ['reboot node n-1', 'restart node n-1'],
    ['crash zone r.a', 'fail zone r.a'],
    ['stop region r', 'fail region r'],
])('a fault by another name: %s', async (written, meant) => {
    const findings = await found(step(written));
    expect(findings.map(({ code }) => code)).toEqual(['language/syntax']);
    expect(mended(step(written), findings)).toBe(step(meant));
});

test('what strikes nodes alone strikes no zone', async () => {
    const findings = await found(step('drain zone r.a'));
    expect(findings.map(({ message, fixes }) => [message, fixes])).toEqual([
        ["'drain' strikes nodes, and no zone as a whole.", undefined],
    ]);
});

test('nodes that a partition names as if they were places', async () => {
    const findings = await found(step('partition n-1 | n-2'));
    expect(findings.map(({ message }) => message)).toEqual(
        ['n-1', 'n-2'].map((node) => `There is no region '${node}' here. It is a node.`),
    );
    expect(mended(step('partition n-1 | n-2'), findings)).toBe(step('partition node n-1 | node n-2'));
});

test('what can happen is listed where something unknown does', async () => {
    const [finding] = await found(step('explode node n-1'));
    expect(finding?.message).toMatch(/What can happen: .*crash.*partition.*switchover/);
});
