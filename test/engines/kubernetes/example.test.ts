import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collectFindings } from '../../../src/analysis/index.js';
import { engineContext, findEngine } from '../../../src/engines/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import { topologyOf } from '../../support/run.js';

const EXAMPLE = readFileSync('examples/kubernetes.cluster', 'utf8');

test('nothing is wrong with the example', async () => {
    const [document] = await loadWorkspace([{ uri: 'file:///a.cluster', text: EXAMPLE }], { design: collectFindings });
    expect(document!.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
});

test('stacked etcd stands on the control-plane nodes, external etcd where it is said to', async () => {
    const voters = async (text: string): Promise<readonly (readonly string[])[]> => {
        const topology = await topologyOf(text);
        const kubernetes = findEngine('kubernetes')!;
        const context = engineContext(topology, topology.clusters[0]!, kubernetes);
        return kubernetes.quorums(context).map((quorum) => quorum.voters.map((id) => topology.nodes[id]!.name));
    };
    expect(await voters(EXAMPLE)).toEqual([['cp-1', 'cp-2', 'cp-3']]);
    expect(
        await voters('cluster k: kubernetes {\n nodes cp-[1..2] as control-plane\n nodes e-[1..3] as etcd, worker\n}'),
    ).toEqual([['e-1', 'e-2', 'e-3']]);
    expect(await voters('cluster k: kubernetes {\n nodes w-[1..2]\n}')).toEqual([]);
});

test('a huge number of a pod is refused, not made', async () => {
    await expect(
        topologyOf('cluster k: kubernetes {\n nodes w-[1..2]\n deployment web { pod 999999999 on w-1 }\n}'),
    ).rejects.toThrow('too-many-copies');
});
