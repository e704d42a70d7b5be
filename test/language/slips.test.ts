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
