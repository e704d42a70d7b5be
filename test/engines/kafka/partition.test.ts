/** Who leaves an in-sync set, who stays eligible, who leads. */
import { describe, expect, test } from 'vitest';
import {
    changed,
    NO_LEADER,
    type ElectionGround,
    type PartitionState,
} from '../../../src/engines/kafka/behaviour/partition.js';

const [A, B, C] = [1, 2, 3] as const;

function ground(parts: Partial<ElectionGround> & { readonly down?: readonly number[] } = {}): ElectionGround {
    const { down = [], ...rest } = parts;
    return {
        replicas: [A, B, C],
        needed: 2,
        eligibleLeaderReplicas: false,
        unclean: false,
        isActive: (node) => !down.includes(node),
        ...rest,
    };
}

function state(parts: Partial<PartitionState> = {}): PartitionState {
    return { leader: A, epoch: 1, isr: [A, B, C], elr: [], lastLeader: NO_LEADER, ...parts };
}

describe('the leader', () => {
    test('stays while it is in sync and alive, though it is not the first listed', () => {
        const next = changed(state({ leader: B }), { without: [C] }, ground({ down: [C] }));
        expect(next).toMatchObject({ leader: B, epoch: 1, isr: [A, B] });
    });

    test('is the first in the order of the assignment that is in sync and alive', () => {
        expect(changed(state(), { without: [A] }, ground({ down: [A] }))).toMatchObject({ leader: B, epoch: 2 });
        const inSync = state({ isr: [A, C] });
        expect(changed(inSync, { without: [A] }, ground({ down: [A] }))).toMatchObject({ leader: C, isr: [C] });
    });

    test('is the first listed again when leadership is given back', () => {
        expect(changed(state({ leader: C }), { preferred: true }, ground())).toMatchObject({ leader: A, epoch: 2 });
        expect(changed(state({ leader: C, isr: [B, C] }), { preferred: true }, ground())).toBeUndefined();
    });

    test('is nobody when no in-sync replica is alive', () => {
        const next = changed(state({ isr: [A] }), { without: [A] }, ground({ down: [A] }));
        expect(next).toMatchObject({ leader: NO_LEADER, isr: [A], isUnclean: false });
    });

    test('may be a replica out of sync only where that is allowed, and is then alone in sync', () => {
        const next = changed(state({ isr: [A] }), { without: [A] }, ground({ down: [A], unclean: true }));
        expect(next).toMatchObject({ leader: B, isr: [B], isUnclean: true });
    });
});

describe('eligible leader replicas', () => {
    const on = { eligibleLeaderReplicas: true };

    test('are those that left while the in-sync set was too small', () => {
        const two = changed(state(), { without: [C] }, ground({ ...on, down: [C] }))!;
        expect(two).toMatchObject({ isr: [A, B], elr: [] });
        const one = changed(two, { without: [B] }, ground({ ...on, down: [B, C] }))!;
        expect(one).toMatchObject({ isr: [A], elr: [B] });
        const none = changed(one, { without: [A] }, ground({ ...on, down: [A, B, C] }))!;
        expect(none).toMatchObject({ leader: NO_LEADER, isr: [], elr: [A, B], lastLeader: A });
        expect(changed(none, {}, ground({ ...on, down: [A, C] }))).toMatchObject({ leader: B, isr: [B], elr: [A] });
    });

    test('are forgotten once the in-sync set is large enough', () => {
        const next = changed(state({ isr: [A], elr: [B] }), { with: [C] }, ground(on));
        expect(next).toMatchObject({ isr: [A, C], elr: [] });
    });

    test('do not hold those that came back without what was in memory; the last leader may lead then', () => {
        const gone = state({ leader: NO_LEADER, isr: [], elr: [A, B], lastLeader: A });
        const without = changed(gone, { uncleanlyStopped: [B] }, ground({ ...on, down: [A, C] }));
        expect(without).toMatchObject({ leader: NO_LEADER, elr: [A] });
        const neither = changed(without!, { uncleanlyStopped: [A] }, ground({ ...on, down: [B, C] }));
        expect(neither).toMatchObject({ leader: A, isr: [A], isUnclean: true });
    });

    test('do not exist without the feature: the last in-sync replica stays in the set', () => {
        expect(changed(state({ isr: [A] }), { without: [A] }, ground({ down: [A, B, C] }))).toMatchObject({
            isr: [A],
            elr: [],
        });
    });
});

test('nothing changes when nothing is different', () => {
    expect(changed(state(), { with: [B] }, ground())).toBeUndefined();
});
