/** The storefront of examples/shop.cluster: what its objective leaves open, and what overloads it. */
import { expect, test } from 'vitest';
import { proveObjective, type Verdict } from '../../../src/analysis/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import { changed, exampleText } from '../support/example.js';

async function proof(shop: string): Promise<Verdict> {
    const beside = ['redis', 'kafka'].map((name) => `${name}.cluster`);
    const files = [['shop.cluster', shop], ...beside.map((name) => [name, exampleText(name)])];
    const [document] = await loadWorkspace(files.map(([name, text]) => ({ uri: `file:///${name!}`, text: text! })));
    return proveObjective(document!.topology, 0);
}

test('all but the availability is proved, and that one is said not to be computed', async () => {
    const { clauses } = await proof(exampleText('shop.cluster'));
    const open = clauses.filter(({ status }) => status !== 'passed');
    expect(open.map(({ text, actual }) => `${text}: ${actual}`)).toEqual([
        'availability 99.9%: Not proved: availability is not computed yet.',
    ]);
});

test('servers that carry the load only together survive no node', async () => {
    const weak = changed(exampleText('shop.cluster'), 'capacity 400/s', 'capacity 260/s');
    const { clauses } = await proof(weak);
    const node = clauses.find(({ text }) => text === 'tolerate any 1 node')!;
    expect(node.status).toBe('failed');
    expect(node.actual).toMatch(/Broken by node web-1: .* then carries 2,080 requests\/s, .* send 2,150/);
});
