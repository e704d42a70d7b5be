import { describe, expect, it } from 'vitest';
import { failureSets, failureSpace, subjectOf } from '../../src/proof/index.js';
import type { FailureCount } from '../../src/topology/index.js';
import { targetOf, topology } from '../support/model.js';

const six = topology([
    {
        name: 'six',
        nodes: {
            n1: { zone: 'a', rack: 'r1' },
            n2: { zone: 'b', rack: 'r1' },
            n3: { zone: 'c' },
            n4: { zone: 'a', rack: 'r1' },
            n5: { zone: 'b' },
            n6: { zone: 'c' },
        },
    },
    { name: 'other', nodes: { x: { zone: 'd' } } },
]);
const { nodes } = subjectOf(six, [targetOf(six, 'six')]);

function names(shape: readonly FailureCount[]): string[] {
    return [...failureSets(failureSpace(six, shape, nodes))].map((units) => units.map((unit) => unit.name).join('+'));
}

describe('failure sets', () => {
    it.each([
        ['any 1 node', [{ count: 1, level: 'node' }], 6],
        ['any 1 zone', [{ count: 1, level: 'zone' }], 3],
        ['any 2 nodes', [{ count: 2, level: 'node' }], 21],
        ['any 9 nodes', [{ count: 9, level: 'node' }], 63],
        ['any 1 rack', [{ count: 1, level: 'rack' }], 2],
        ['any 1 region', [{ count: 1, level: 'region' }], 1],
        [
            'any 1 zone and 1 node',
            [
                { count: 1, level: 'zone' },
                { count: 1, level: 'node' },
            ],
            27,
        ],
    ] as const)('of %s are counted in advance and made once each', (_text, shape, size) => {
        const made = names(shape);
        expect(failureSpace(six, shape, nodes).size).toBe(size);
        expect(made).toHaveLength(size);
        expect(new Set(made).size).toBe(size);
    });

    it('come smallest first, nodes before zones, in order of declaration', () => {
        const made = names([
            { count: 1, level: 'zone' },
            { count: 1, level: 'node' },
        ]);
        expect(made.slice(0, 10)).toEqual([
            'six.n1', 'six.n2', 'six.n3', 'six.n4', 'six.n5', 'six.n6', 'r.a', 'r.b', 'r.c', 'six.n1+r.a',
        ]); // prettier-ignore
    });

    it('leave out what the target does not stand on, and keep racks of two zones apart', () => {
        expect(names([{ count: 1, level: 'zone' }])).toEqual(['r.a', 'r.b', 'r.c']);
        expect(names([{ count: 1, level: 'rack' }])).toEqual(['r1 in r.a', 'r1 in r.b']);
    });

    it('say which level holds nothing that could fail', () => {
        const bare = topology([{ name: 'bare', nodes: { n: {} } }]);
        const space = failureSpace(bare, [{ count: 1, level: 'zone' }], new Set([0]));
        expect([space.missing, space.size]).toEqual(['zone', 0]);
    });
});

describe('the subject of an objective', () => {
    const chain = topology([
        { name: 'web', nodes: { w: {} }, needs: [{ cluster: 'db', operation: 'write' }] },
        { name: 'db', nodes: { d: {} }, needs: [{ cluster: 'dns', operation: 'read' }, { cluster: 'cache', operation: 'read', wants: true }] },
        { name: 'dns', nodes: { s: {} }, needs: [{ cluster: 'web', operation: 'read' }] },
        { name: 'cache', nodes: { c: {} } },
    ]); // prettier-ignore

    it('reaches what is needed, through circles, but not what is only wanted', () => {
        const subject = subjectOf(chain, [targetOf(chain, 'web')], 'read');
        expect(subject.own.map(({ cluster, operation }) => [cluster, operation])).toEqual([[0, 'read']]);
        expect(subject.all.map(({ cluster, operation, askedBy }) => [cluster, operation, askedBy])).toEqual([
            [0, 'read', undefined],
            [1, 'write', 0],
            [2, 'read', 1],
            // The same as clients ask for, asked for from where others stand.
            [0, 'read', 2],
        ]);
        expect([...subject.nodes]).toEqual([0, 1, 2]);
    });

    it('of a workload is its own requests', () => {
        const model = topology(
            [{ name: 'db', nodes: { d: {} } }],
            [{ name: 'app', demands: [{ cluster: 'db', operation: 'write', rate: 1 }] }],
        );
        const target = { kind: 'workload', workload: 0, text: 'app' } as const;
        expect(subjectOf(model, [target]).own.map(({ operation }) => operation)).toEqual(['write']);
        expect(subjectOf(model, [target], 'read').own).toEqual([]);
    });
});
