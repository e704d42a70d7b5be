import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collectFindings } from '../../../src/analysis/index.js';
import { loadWorkspace } from '../../../src/language/index.js';

test('an expert has nothing to object to in the example', async () => {
    const text = readFileSync(new URL('../../../examples/cassandra.cluster', import.meta.url), 'utf8');
    const [document] = await loadWorkspace([{ uri: 'file:///cassandra.cluster', text }], { design: collectFindings });
    expect(document!.findings).toEqual([]);
    expect(document!.broken).toEqual([]);
});
