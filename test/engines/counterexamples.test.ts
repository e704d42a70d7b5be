/**
 * What is said to be broken in small random files of every system is broken when it is run, by the seed that is named, and no
 * proper subset of the failures breaks it; where no scenario shows it, the verdict says why. `RUNS=2000` tries more files.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proveObjective } from '../../src/analysis/index.js';
import { loadWorkspace } from '../../src/language/index.js';
import type { Topology } from '../../src/topology/index.js';
import { expectShown } from './support/counterexamples.js';
import { SMALL_FILES } from './support/small-files.js';

const RUNS = Number(process.env['RUNS'] ?? 20);

/** The group that each file has, and a shard by itself where the file names one. */
const GROUPS = {
    aurora: [],
    cassandra: ['k.users'],
    elasticache: ['k.s1'],
    elasticsearch: ['k.x'],
    hadoop: ['k.f'],
    kafka: ['k.t', 'k.t.0'],
    kubernetes: ['k.web', 'k.api'],
    opensearch: ['k.x'],
    redis: ['k.s-1'],
    server: [],
} satisfies Record<keyof typeof SMALL_FILES, readonly string[]>;

const question = fc.record({
    /** The cluster, one of its groups, or what else the file declares. */
    about: fc.constantFrom('cluster', 'cluster', 'group', 'group', 'dependent', 'workload'),
    group: fc.nat(),
    shape: fc.constantFrom(
        'any 1 node',
        'any 2 nodes',
        'any 2 nodes',
        'any 2 nodes for reads',
        'any 1 zone',
        'any 1 zone for writes',
        'any 2 racks',
        'any 1 region',
        'any 1 zone and 1 node',
    ),
    within: fc.constantFrom('10ms', '2s', '20s', '90s', '15m'),
    restored: fc.constantFrom('reads', 'writes'),
    loss: fc.constantFrom('no writes', 'no writes', 'at most 1s of writes'),
});

type Question = typeof question extends fc.Arbitrary<infer Asked> ? Asked : never;

function objectiveFor(text: string, groups: readonly string[], asked: Question): string {
    const { about, group, shape, within, restored, loss } = asked;
    const others = { cluster: 'k', group: groups[group % groups.length] ?? 'k', dependent: 'web', workload: 'w' };
    const declared = about === 'dependent' ? 'cluster web:' : about === 'workload' ? 'workload w' : '';
    const target = text.includes(declared) ? others[about] : 'k';
    return `objective o for ${target} {
        tolerate ${shape}
        restore ${restored} within ${within}
        lose ${loss}
    }`;
}

/** Undefined if the system refuses the file, or if less stands there than is asked to fail. */
async function acceptedOf(text: string): Promise<Topology | undefined> {
    const [document] = await loadWorkspace([{ uri: 'file:///test.cluster', text }]);
    return document!.findings.some(({ severity }) => severity === 'error') ? undefined : document!.topology;
}

describe('what is said to be broken', () => {
    test.each(Object.entries(SMALL_FILES))(
        'is seen in a run, and not with less: %s',
        async (name, files) => {
            const groups = GROUPS[name as keyof typeof SMALL_FILES];
            let [tried, shown] = [0, 0];
            await fc.assert(
                fc.asyncProperty(files, question, async (text, asked) => {
                    const topology = await acceptedOf(`${text}\n${objectiveFor(text, groups, asked)}`);
                    if (topology === undefined) {
                        return;
                    }
                    tried++;
                    for (const clause of (await proveObjective(topology, 0, { samples: 8 })).clauses) {
                        expect(`${clause.text}: ${clause.status} ${clause.actual}`).not.toMatch(/: error/);
                        if (clause.status === 'failed') {
                            shown += Number(await expectShown(text, topology, clause));
                        }
                    }
                }),
                { numRuns: RUNS },
            );
            expect(tried).toBeGreaterThan(RUNS / 3);
            expect(shown).toBeGreaterThan(RUNS / 8);
        },
        Math.max(180_000, RUNS * 6_000),
    );
});
