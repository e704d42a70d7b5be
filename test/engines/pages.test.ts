import { describe, expect, test } from 'vitest';
import { collectFindings } from '../../src/analysis/index.js';
import { findEngine } from '../../src/engines/index.js';
import { loadWorkspace } from '../../src/language/index.js';

/** Systems whose pages show their finding and hardly anything else. */
const pages = ['kafka', 'cassandra', 'redis', 'kubernetes'].flatMap((name) => findEngine(name)!.codes);

async function codesOf(text: string): Promise<readonly string[]> {
    const [document] = await loadWorkspace([{ uri: 'file:///page.cluster', text }], { design: collectFindings });
    for (const { message, help } of document!.findings) {
        expect(message).toMatch(/\.$/);
        expect(help).toMatch(/\.$/);
    }
    return document!.findings.map(({ code }) => code);
}

describe.each(pages.map((page) => [page.code, page] as const))('%s', (code, page) => {
    test('its example gets it and little else', async () => {
        const found = new Set(await codesOf(page.example));
        expect(found).toContain(code);
        expect([...found].filter((each) => each.startsWith('language/'))).toEqual([]);
        expect(found.size).toBeLessThanOrEqual(2);
    });

    test('nothing is found in its remedy', async () => {
        expect(await codesOf(page.remedy)).toEqual([]);
    });
});
