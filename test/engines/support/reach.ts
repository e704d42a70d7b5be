/** What the tests of reaches share. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { engineContext, findEngine } from '../../../src/engines/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import type { ProofModel } from '../../../src/proof/index.js';
import type { FailureCount, Topology } from '../../../src/topology/index.js';

export const shapes = fc.constantFrom<readonly FailureCount[]>(
    [{ count: 1, level: 'node' }],
    [{ count: 2, level: 'node' }],
    [{ count: 3, level: 'node' }],
    [{ count: 2, level: 'zone' }],
    [{ count: 2, level: 'rack' }],
    [
        { count: 1, level: 'zone' },
        { count: 2, level: 'node' },
    ],
    [
        { count: 1, level: 'rack' },
        { count: 1, level: 'node' },
    ],
    [
        { count: 1, level: 'zone' },
        { count: 1, level: 'rack' },
        { count: 1, level: 'node' },
    ],
);

export function modelFor(topology: Topology): ProofModel {
    const rules = topology.clusters.map((cluster) => {
        const engine = findEngine(cluster.engine)!;
        return engine.rules!(engineContext(topology, cluster, engine));
    });
    return { topology, rules: (cluster) => rules[cluster]! };
}

/** Undefined if the file has errors beyond those of its language. */
export async function topologyOf(text: string): Promise<Topology | undefined> {
    const [document] = await loadWorkspace([{ uri: 'file:///test.cluster', text }]);
    const syntax = document!.findings.filter(({ code }) => code.startsWith('language/'));
    expect(syntax.map(({ message }) => message)).toEqual([]);
    return document!.findings.some(({ severity }) => severity === 'error') ? undefined : document!.topology;
}
