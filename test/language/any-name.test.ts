import { expect, test } from 'vitest';
import { loadWorkspace } from '../../src/language/index.js';

test('a text is read whatever its file is called', async () => {
    const [document] = await loadWorkspace([{ uri: 'file:///notes.txt', text: 'region r { zone a }' }]);
    expect(document!.findings).toEqual([]);
    expect(document!.topology.zones).toHaveLength(1);
});

test('more findings than anybody reads are counted, not listed', async () => {
    const text = 'cluster c: redis {\n' + '  shard s-1 on\n'.repeat(5000) + '}';
    const [document] = await loadWorkspace([{ uri: 'file:///many.cluster', text }]);
    expect(document!.findings).toHaveLength(501);
    expect(document!.findings.at(-1)).toMatchObject({ code: 'language/too-many-findings' });
});
