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
