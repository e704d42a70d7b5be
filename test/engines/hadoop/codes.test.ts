import { expect, test } from 'vitest';
import { collectFindings } from '../../../src/analysis/index.js';
import { findEngine } from '../../../src/engines/index.js';
import { loadWorkspace } from '../../../src/language/index.js';

const hadoop = findEngine('hadoop')!;

async function findingsOf(text: string): Promise<readonly string[]> {
    const [document] = await loadWorkspace([{ uri: 'file:///a.cluster', text }], { design: collectFindings });
    return [...new Set(document!.findings.map(({ code }) => code))];
}

test.each(hadoop.codes.map((page) => [page.code, page] as const))('%s', async (code, { example, remedy }) => {
    expect(await findingsOf(example)).toEqual([code]);
    expect(await findingsOf(remedy)).toEqual([]);
});
