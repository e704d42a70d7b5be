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

test('when two copies are at risk follows from the settings', async () => {
    const page = hadoop.codes.find(({ code }) => code === 'hadoop/two-replicas')!;
    const messageOf = async (text: string): Promise<string> => {
        const [document] = await loadWorkspace([{ uri: 'file:///a.cluster', text }], { design: collectFindings });
        return document!.findings.find(({ code }) => code === page.code)!.message;
    };
    expect(await messageOf(page.example)).toContain('has been silent for 630 s');
    const settings = 'dfs.heartbeat.interval = 1  dfs.namenode.heartbeat.recheck-interval = 30s';
    const sooner = page.example.includes('settings {')
        ? page.example.replace('settings {', `settings { ${settings} `)
        : page.example.replace(/\}\s*$/, `  settings { ${settings} }\n}\n`);
    expect(await messageOf(sooner)).toContain('has been silent for 70 s');
});
