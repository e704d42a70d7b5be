import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
    decideTolerance,
    failureSpace,
    failureUnits,
    subjectOf,
    type ProofModel,
    type ServiceRules,
    type ToleranceDecision,
} from '../../src/proof/index.js';
import type { FailureCount, Topology } from '../../src/topology/index.js';
import { targetOf, topology, type ClusterShape } from '../support/model.js';

const idle: Omit<ServiceRules, 'serves'> = {
    monotone: true,
    capacity: () => Infinity,
    recovery: () => ({ minMs: 0, maxMs: 0, parts: [], assumptions: [] }),
    loss: () => ({ kind: 'none' }),
};

/** Serves unless the bits of the dead nodes are in the set. */
function breaksAt(bad: (deadMask: number) => boolean): ServiceRules {
    return {
        ...idle,
        serves: (_shard, _operation, { failed }) =>
            bad(failed.reduce((mask, node) => mask | (1 << node), 0))
                ? { serves: false, reason: 'the test says so' }
                : { serves: true },
    };
}

function decide(model: ProofModel, shape: readonly FailureCount[], budget = 1_000_000, name = 'c'): ToleranceDecision {
    const subject = subjectOf(model.topology, [targetOf(model.topology, name)]);
    const steps = decideTolerance(model, subject, failureSpace(model.topology, shape, subject.nodes), {
        questions: budget,
    });
    for (;;) {
        const step = steps.next();
        if (step.done === true) {
            return step.value;
        }
    }
}

function nodesIn(zones: readonly number[]): ClusterShape {
    const nodes = Object.fromEntries(zones.map((zone, index) => [`n${String(index)}`, { zone: `z${String(zone)}` }]));
    return { name: 'c', nodes };
}

/** All subsets of the units of each level, checked one by one, without any order or reduction. */
function bruteForce(model: Topology, shape: readonly FailureCount[], bad: (mask: number) => boolean): number {
    const all = new Set(model.nodes.map(({ id }) => id));
    const units = shape.flatMap(({ level, count }) =>
        failureUnits(model, level, all).map((unit) => ({ unit, level, count })),
    );
    let smallest = Infinity;
    for (let bits = 0; bits < 1 << units.length; bits++) {
        const chosen = units.filter((_, index) => (bits >> index) & 1);
        const fits = shape.every(({ level, count }) => chosen.filter((each) => each.level === level).length <= count);
        const mask = chosen.flatMap(({ unit }) => unit.nodes).reduce((sum, node) => sum | (1 << node), 0);
        smallest = fits && bad(mask) ? Math.min(smallest, chosen.length) : smallest;
    }
    return smallest;
}

const shapes = fc.constantFrom<FailureCount[]>(
    [{ count: 1, level: 'node' }],
    [{ count: 2, level: 'node' }],
    [{ count: 1, level: 'zone' }],
    [{ count: 2, level: 'zone' }],
    [
        { count: 1, level: 'zone' },
        { count: 1, level: 'node' },
    ],
);
const zonesOfNodes = fc.array(fc.nat(2), { minLength: 1, maxLength: 5 });

describe('a tolerance', () => {
    it.each([
        [
            'monotone',
            (cuts: readonly number[]) => (mask: number) => cuts.some((cut) => cut > 0 && (mask & cut) === cut),
        ],
        ['any other', (cuts: readonly number[]) => (mask: number) => mask > 0 && cuts.includes(mask)],
    ] as const)('is decided as brute force does, with a smallest set, under %s rules', (_kind, rule) => {
        fc.assert(
            fc.property(zonesOfNodes, fc.array(fc.nat(31), { maxLength: 4 }), shapes, (zones, cuts, shape) => {
                const bad = rule(cuts);
                const made = topology([nodesIn(zones)]);
                const decision = decide({ topology: made, rules: () => breaksAt(bad) }, shape);
                const smallest = bruteForce(made, shape, bad);
                expect(decision.kind).toBe(smallest === Infinity ? 'holds' : 'broken');
                expect(decision.kind === 'broken' ? decision.units.length : Infinity).toBe(smallest);
                if (decision.kind === 'broken') {
                    const mask = decision.units
                        .flatMap((unit) => unit.nodes)
                        .reduce((sum, node) => sum | (1 << node), 0);
                    expect(bad(mask)).toBe(true);
                }
            }),
            { numRuns: 300 },
        );
    });

    const pair = topology([nodesIn([0, 1, 0, 1, 2, 2])]);

    it('counts the sets that were decided', () => {
        const model = { topology: pair, rules: () => breaksAt(() => false) };
        expect(decide(model, [{ count: 1, level: 'node' }])).toEqual({ kind: 'holds', sets: 6 });
        expect(decide(model, [{ count: 2, level: 'node' }])).toEqual({ kind: 'holds', sets: 21 });
    });

    it('that fails in health is broken by nothing', () => {
        const model = { topology: pair, rules: () => breaksAt(() => true) };
        expect(decide(model, [{ count: 1, level: 'node' }])).toMatchObject({ kind: 'broken', sets: 0, units: [] });
    });

    it('stops at its budget and says how far it came', () => {
        const model = { topology: pair, rules: () => breaksAt(() => false) };
        // Two questions a set: reads and writes of one shard.
        expect(decide(model, [{ count: 2, level: 'node' }], 20)).toEqual({ kind: 'over-budget', sets: 10, size: 21 });
    });

    it('is taken away by what is needed', () => {
        const made = topology([
            { name: 'web', nodes: { w: {} }, needs: [{ cluster: 'db', operation: 'write' }] },
            { name: 'db', nodes: { d: {} } },
        ]);
        const rules = (id: number): ServiceRules => breaksAt((mask) => id === 1 && (mask & 2) > 0);
        const decision = decide({ topology: made, rules }, [{ count: 1, level: 'node' }], 1000, 'web');
        expect(decision).toMatchObject({
            kind: 'broken',
            units: [{ name: 'db.d' }],
            breakage: { cluster: 1, operation: 'write', broken: 1, of: 3 },
        });
    });

    it('is taken away by a load that the survivors cannot carry', () => {
        const made = topology(
            [nodesIn([0, 1])],
            [{ name: 'app', demands: [{ cluster: 'c', operation: 'read', rate: 150 }] }],
        );
        const rules: ServiceRules = { ...breaksAt(() => false), capacity: ({ failed }) => 200 - 100 * failed.length };
        expect(decide({ topology: made, rules: () => rules }, [{ count: 1, level: 'node' }])).toMatchObject({
            kind: 'broken',
            sets: 1,
            breakage: { kind: 'capacity', load: 150, capacity: 100 },
        });
    });
});
