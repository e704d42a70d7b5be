import { expect, test } from 'vitest';
import { collectFindings } from '../../../src/analysis/index.js';
import { engineContext, findEngine } from '../../../src/engines/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import { topologyOf } from '../../support/run.js';
import { exampleText } from '../support/example.js';

const EXAMPLE = exampleText('hadoop.cluster');

async function findingsOf(text: string): Promise<readonly { code: string; severity: string }[]> {
    const [document] = await loadWorkspace([{ uri: 'file:///a.cluster', text }], { design: collectFindings });
    return document!.findings.map(({ code, severity }) => ({ code, severity }));
}

test('nothing is wrong with the example', async () => {
    expect(await findingsOf(EXAMPLE)).toEqual([]);
});

test('JournalNodes and ZooKeeper decide by majority', async () => {
    const topology = await topologyOf(EXAMPLE);
    const hadoop = findEngine('hadoop')!;
    const quorums = hadoop.quorums(engineContext(topology, topology.clusters[0]!, hadoop));
    expect(quorums.map(({ many, voters }) => [many, voters.map((id) => topology.nodes[id]!.name)])).toEqual([
        ['JournalNodes', ['jn-1', 'jn-2', 'jn-3']],
        ['ZooKeeper servers', ['jn-1', 'jn-2', 'jn-3']],
    ]);
});

test('a single NameNode is an error where the file expects more', async () => {
    const text = 'cluster lake: hadoop {\n node nn as namenode\n nodes dn-[1..4] as datanode\n}\n';
    const single = (findings: Awaited<ReturnType<typeof findingsOf>>): string | undefined =>
        findings.find(({ code }) => code === 'hadoop/single-namenode')?.severity;
    expect(single(await findingsOf(text))).toBe('warning');
    expect(single(await findingsOf(`${text}objective up for lake { tolerate any 1 node }`))).toBe('error');
});

test('copies may be expected 10 min 30 s after the loss, or after any return', async () => {
    const at = async (steps: string, expected: string): Promise<boolean> => {
        const findings = await findingsOf(
            `${EXAMPLE}\nscenario more {\n ${steps}\n until 40m\n expect lake fully replicated at ${expected}\n}`,
        );
        return findings.some(({ code }) => code === 'hadoop/replicated-too-soon');
    };
    expect(await at('at 1m fail node dn-1', '689s')).toBe(true);
    expect(await at('at 1m fail node dn-1', '690s')).toBe(false);
    expect(await at('at 1m fail zone dc.rack-3', '5m')).toBe(true);
    expect(await at('at 1m fail node nn-1', '5m')).toBe(false);
    expect(await at('at 1m crash node dn-1\n at 2m restart node dn-1', '5m')).toBe(false);
});
