/** Sets that are not asked about must change nothing: neither the verdict nor the set that is named nor the count. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
    decideTolerance,
    failureSets,
    failureSpace,
    localityWithin,
    partsOf,
    rankOf,
    singlesBy,
    stateAfter,
    subjectOf,
    type FailureState,
    type ProofModel,
    type ServiceRules,
    type ToleranceDecision,
} from '../../src/proof/index.js';
import type { FailureCount, Topology } from '../../src/topology/index.js';
import { targetOf, topology, type ClusterShape } from '../support/model.js';

/** Serves while in each zone at least so many of the cluster's nodes live: it only counts the nodes of each zone. */
function countingRules(made: Topology, cluster: number, needed: readonly number[], monotone: boolean): ServiceRules {
    const serves = ({ alive }: FailureState): boolean =>
        needed.every((least, zone) => {
            const here = made.clusters[cluster]!.members.filter(({ node }) => made.nodes[node]!.zone === zone);
            const living = here.filter(({ node }) => alive[node]).length;
            const dead = here.length - living;
            return monotone ? living >= Math.min(least, here.length) : dead !== least + 1;
        });
    const nodes = made.clusters[cluster]!.members.map(({ node }) => node);
    const rules: ServiceRules = {
        monotone,
        serves: (_shard, _operation, state) => (serves(state) ? { serves: true } : { serves: false, reason: 'so' }),
        capacity: () => Infinity,
        recovery: () => ({ minMs: 0, maxMs: 0, parts: [], assumptions: [] }),
        loss: () => ({ kind: 'none' }),
    };
    const counted = singlesBy(nodes, (node) => made.nodes[node]!.zone);
    return { ...rules, locality: localityWithin(rules, { nodes: [], counted }) };
}

function finish<Result>(steps: Generator<void, Result>): { result: Result; asked: number } {
    for (let asked = 0; ; asked++) {
        const step = steps.next();
        if (step.done === true) {
            return { result: step.value, asked };
        }
    }
}

/** Every set one by one, in order. */
function bruteForce(model: ProofModel, shape: readonly FailureCount[], names: readonly string[]): ToleranceDecision {
    const { topology: made } = model;
    const subject = subjectOf(
        made,
        names.map((name) => targetOf(made, name)),
    );
    const space = failureSpace(made, shape, subject.nodes);
    const holds = (state: FailureState): boolean =>
        subject.all.every(
            ({ cluster, shard, operation }) => model.rules(cluster).serves(shard, operation, state).serves,
        );
    let sets = 0;
    for (const units of failureSets(space)) {
        sets++;
        expect(rankOf(space, units)).toBe(sets - 1);
        if (!holds(stateAfter(made, units))) {
            return { kind: 'broken', sets, units, breakage: expect.anything() as never };
        }
    }
    return { kind: 'holds', sets };
}

const zonesOfNodes = fc.array(fc.nat(2), { minLength: 1, maxLength: 5 });
const clusters = fc.array(fc.record({ zones: zonesOfNodes, needed: fc.array(fc.nat(2), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 3,
});
const shapes = fc.constantFrom<FailureCount[]>(
    [{ count: 1, level: 'node' }],
    [{ count: 2, level: 'node' }],
    [{ count: 3, level: 'node' }],
    [
        { count: 1, level: 'zone' },
        { count: 2, level: 'node' },
    ],
);

function shapeOf(name: string, zones: readonly number[], needs?: string): ClusterShape {
    return {
        name,
        nodes: Object.fromEntries(zones.map((zone, index) => [`${name}-${index}`, { zone: `z${zone}` }])),
        ...(needs === undefined ? {} : { needs: [{ cluster: needs, operation: 'read' as const }] }),
    };
}

describe('nodes that are only counted and parts that have nothing in common', () => {
    it.each([true, false])('change nothing (rules monotone: %s)', (monotone) => {
        fc.assert(
            fc.property(clusters, shapes, fc.boolean(), (list, shape, joined) => {
                const names = list.map((_, index) => `c${index}`);
                const made = topology([
                    { name: 'all-zones', nodes: { x: { zone: 'z0' }, y: { zone: 'z1' }, z: { zone: 'z2' } } },
                    ...list.map(({ zones }, index) =>
                        shapeOf(names[index]!, zones, joined && index > 0 ? names[index - 1] : undefined),
                    ),
                ]);
                const rules = made.clusters.map(({ id }) =>
                    countingRules(made, id, list[id - 1]?.needed ?? [], monotone),
                );
                const model = { topology: made, rules: (id: number) => rules[id]! };
                const subject = subjectOf(
                    made,
                    names.map((name) => targetOf(made, name)),
                );
                // A subject that is broken in health is another question.
                fc.pre(
                    subject.all.every(
                        ({ cluster, shard, operation }) =>
                            rules[cluster]!.serves(shard, operation, stateAfter(made, [])).serves,
                    ),
                );
                const space = failureSpace(made, shape, subject.nodes);
                const { result } = finish(decideTolerance(model, subject, space, { questions: 1e9 }));
                expect(result).toEqual(bruteForce(model, shape, names));
            }),
            { numRuns: Number(process.env.FC_RUNS ?? 200) },
        );
    });

    it('spare the questions: 60 servers in three zones are six sets of two', () => {
        const made = topology([
            shapeOf(
                'web',
                Array.from({ length: 60 }, (_, index) => index % 3),
            ),
        ]);
        const model = { topology: made, rules: () => countingRules(made, 0, [1, 1, 1], true) };
        const subject = subjectOf(made, [targetOf(made, 'web')]);
        const space = failureSpace(made, [{ count: 2, level: 'node' }], subject.nodes);
        const { result, asked } = finish(decideTolerance(model, subject, space, { questions: 100 }));
        expect(result).toEqual({ kind: 'holds', sets: 60 + 1770 });
        // Reads and writes: one of each zone, and two of one zone or of two.
        expect(asked).toBe(2 * (3 + 6));
    });

    it('are parts only where neither a node nor a need is shared', () => {
        const apart = topology([shapeOf('a', [0]), shapeOf('b', [0]), shapeOf('c', [0], 'b')]);
        const subject = subjectOf(
            apart,
            ['a', 'b', 'c'].map((name) => targetOf(apart, name)),
        );
        expect(partsOf(apart, subject).map(({ clusters: found }) => found.map(({ name }) => name))).toEqual([
            ['a'],
            ['b', 'c'],
        ]);
    });
});
