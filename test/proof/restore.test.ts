import { describe, expect, it } from 'vitest';
import {
    DelayCalculator,
    decideLoss,
    decideRestore,
    failureSpace,
    stateAfter,
    subjectOf,
    type DelayBound,
    type LossBound,
    type ProofModel,
    type ServiceRules,
} from '../../src/proof/index.js';
import type { Topology } from '../../src/topology/index.js';
import { targetOf, topology, type ClusterShape } from '../support/model.js';

function bound(minMs: number, maxMs: number): DelayBound {
    return { minMs, maxMs, parts: [{ label: 'delay', minMs, maxMs }], assumptions: [`${String(minMs)} is assumed`] };
}

function rules(delay: DelayBound, loss: LossBound = { kind: 'none' }, survives = true): ServiceRules {
    return {
        monotone: true,
        serves: (_shard, _operation, { failed }) =>
            survives || failed.length === 0 ? { serves: true } : { serves: false, reason: 'gone' },
        capacity: () => Infinity,
        recovery: () => delay,
        loss: (_shard, { failed }) => (failed.length === 0 ? { kind: 'none' } : loss),
    };
}

function needing(name: string, ...needs: readonly string[]): ClusterShape {
    return { name, nodes: { n: {} }, needs: needs.map((cluster) => ({ cluster, operation: 'write' as const })) };
}

function delayOf(made: Topology, delays: readonly DelayBound[]): DelayBound {
    const model: ProofModel = { topology: made, rules: (id) => rules(delays[id] ?? bound(0, 0)) };
    const [own] = subjectOf(made, [targetOf(made, 'web')], 'write').own;
    return new DelayCalculator(model, stateAfter(made, [])).of(own!);
}

function run<Result>(steps: Generator<void, Result>): Result {
    for (;;) {
        const step = steps.next();
        if (step.done === true) {
            return step.value;
        }
    }
}

describe('the delay of a service', () => {
    it('takes the maximum of what it needs side by side', () => {
        const made = topology([needing('web', 'db', 'dns'), needing('db'), needing('dns')]);
        expect(delayOf(made, [bound(1, 2), bound(10, 20), bound(5, 50)])).toMatchObject({ minMs: 10, maxMs: 52 });
    });

    it('adds up along a chain, where only the largest minimum is certain', () => {
        const made = topology([needing('web', 'db'), needing('db', 'dns'), needing('dns')]);
        const delay = delayOf(made, [bound(1, 2), bound(10, 20), bound(5, 50)]);
        expect(delay).toMatchObject({ minMs: 10, maxMs: 72 });
        expect(delay.parts).toHaveLength(3);
        expect(delay.assumptions).toEqual(['1 is assumed', '10 is assumed', '5 is assumed']);
    });

    it('ends in a circle, where everything is added', () => {
        const made = topology([needing('web', 'db'), needing('db', 'web')]);
        expect(delayOf(made, [bound(1, 2), bound(10, 20)]).maxMs).toBeGreaterThanOrEqual(22);
    });
});

describe('a restore', () => {
    const made = topology([needing('web')]);
    const subject = subjectOf(made, [targetOf(made, 'web')], 'write');
    const spaces = [failureSpace(made, [{ count: 1, level: 'node' }], subject.nodes)];
    const decide = (each: ServiceRules, limitMs: number): ReturnType<typeof run<unknown>> =>
        run(decideRestore({ topology: made, rules: () => each }, subject, spaces, limitMs, { questions: 1_000 }));

    it('is bounded by its worst set', () => {
        expect(decide(rules(bound(1, 9)), 5)).toMatchObject({
            kind: 'bounded',
            sets: 1,
            bound: { minMs: 1, maxMs: 9 },
        });
    });

    it('is too slow where even the minimum is longer', () => {
        expect(decide(rules(bound(6, 9)), 5)).toMatchObject({ kind: 'too-slow', units: [{ name: 'web.n' }] });
        expect(decide(rules(bound(5, 9)), 5)).toMatchObject({ kind: 'bounded' });
    });

    it('never comes where the service does not', () => {
        expect(decide(rules(bound(0, 0), { kind: 'none' }, false), 5)).toMatchObject({ kind: 'never' });
    });

    it('has the loss of its worst set, of which a window of nothing is one', () => {
        const lossOf = (loss: LossBound): unknown =>
            run(
                decideLoss({ topology: made, rules: () => rules(bound(0, 0), loss) }, subject, spaces, {
                    questions: 1_000,
                }),
            );
        expect(lossOf({ kind: 'none' })).toMatchObject({ kind: 'bounded', sets: 1, loss: { kind: 'none' } });
        expect(lossOf({ kind: 'within', windowMs: 0, reason: 'r' })).toMatchObject({ loss: { kind: 'within' } });
    });
});
