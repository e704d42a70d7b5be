import { describe, expect, test } from 'vitest';
import { NotModelledError, simulate } from '../../src/simulator/index.js';
import type { Fault } from '../../src/topology/index.js';
import { HERE, scenario, topology } from '../support/model.js';
import { at, nodes, nodeSide, onNodes, onZone, rehearse, zoneSide } from './support/recorder.js';

const model = topology([
    { name: 'c', nodes: { a1: { zone: 'a' }, a2: { zone: 'a' }, b1: { zone: 'b' } }, shards: { s: ['a1', 'b1'] } },
]);
const [A1, A2, B1] = [0, 1, 2];

/** What the cluster is told of the last of the faults, and how many things that one changed. */
function lastOf(...faults: readonly Fault[]): { readonly told: readonly string[]; readonly affected: number } {
    const { run, told } = rehearse(
        model,
        faults.map((fault, index) => at(1000 * (index + 1), fault)),
    );
    const last = 1000 * faults.length;
    return {
        told: told
            .filter(({ atMs }) => atMs === last)
            .map(({ what, node }) => `${what}${node === undefined ? '' : ` ${node}`}`),
        affected: run.faults.at(-1)!.affected,
    };
}

const crash = (...ids: number[]): Fault => ({ kind: 'crash', nodes: nodes(...ids) });
const stop = (...ids: number[]): Fault => ({ kind: 'stop', nodes: nodes(...ids) });
const restart = (...ids: number[]): Fault => ({ kind: 'restart', nodes: nodes(...ids) });
const freeze = (...ids: number[]): Fault => ({ kind: 'freeze', nodes: nodes(...ids) });
const unfreeze = (...ids: number[]): Fault => ({ kind: 'unfreeze', nodes: nodes(...ids) });
const failZoneA: Fault = { kind: 'fail', selection: onZone(0) };
const restoreZoneA: Fault = { kind: 'restore', selection: onZone(0) };
const isolateB1: Fault = { kind: 'isolate', selection: onNodes(B1) };
const heal: Fault = { kind: 'heal' };
const cut: Fault = { kind: 'cut', from: zoneSide(0), to: zoneSide(1) };
const partition: Fault = { kind: 'partition', sides: [zoneSide(0), nodeSide(B1)] };
const slow = (delayMs: number): Fault => ({ kind: 'slow', selection: onZone(0), delayMs });

describe('every fault is told to the cluster that it hits', () => {
    test.each<[string, readonly Fault[], readonly string[], number]>([
        ['crash', [crash(A1, B1)], ['crashed 0', 'crashed 2'], 2],
        ['stop', [stop(A1)], ['stopped 0'], 1],
        ['restart of a crashed process', [crash(A1), restart(A1)], ['started 0'], 1],
        ['restart of a running process', [restart(A1)], ['stopped 0', 'started 0'], 1],
        ['freeze', [freeze(A2)], ['frozen 1'], 1],
        ['unfreeze', [freeze(A2), unfreeze(A2)], ['unfrozen 1'], 1],
        ['wipe', [{ kind: 'wipe', nodes: nodes(A1) }], ['wiped 0'], 1],
        ['fail of a node', [{ kind: 'fail', selection: onNodes(A1) }], ['failed 0'], 1],
        ['fail of a zone', [failZoneA], ['failed 0', 'failed 1'], 2],
        ['restore after power loss', [failZoneA, restoreZoneA], ['started 0', 'started 1'], 2],
        ['restore after a crash', [crash(A1), restoreZoneA], ['started 0'], 1],
        ['isolate', [isolateB1], ['network'], 1],
        ['restore after isolate', [isolateB1, { kind: 'restore', selection: onNodes(B1) }], ['network'], 1],
        ['isolate of several', [{ kind: 'isolate', selection: onNodes(A1, B1) }], ['network'], 2],
        [
            'restore of one of several',
            [
                { kind: 'isolate', selection: onNodes(A1, B1) },
                { kind: 'restore', selection: onNodes(B1) },
            ],
            ['network'],
            1,
        ],
        ['partition', [partition], ['network'], 1],
        ['cut', [cut], ['network'], 1],
        // A zone is more than the one node in it: what a provider has there is cut off by the cut alone.
        ['heal', [cut, partition, heal], ['network'], 3],
        ['slow', [slow(200)], ['network'], 2],
        [
            'leader',
            [{ kind: 'crash', nodes: [{ kind: 'leader', of: { kind: 'cluster', cluster: 0, text: 'c' } }] }],
            ['crashed 0'],
            1,
        ],
    ])('%s', (_name, faults, told, affected) => {
        expect(lastOf(...faults)).toEqual({ told, affected });
    });
});

describe('a fault that changes nothing is reported as such', () => {
    test.each<[string, readonly Fault[]]>([
        ['crash of what has crashed', [crash(A1), crash(A1)]],
        ['stop of what has stopped', [stop(A1), stop(A1)]],
        ['restart without power', [failZoneA, restart(A1)]],
        ['freeze of what is frozen', [freeze(A1), freeze(A1)]],
        ['unfreeze of what runs', [unfreeze(A1)]],
        ['fail of what has failed', [failZoneA, { kind: 'fail', selection: onNodes(A2) }]],
        ['restore in health', [restoreZoneA]],
        ['isolate twice', [isolateB1, isolateB1]],
        ['heal without a cut', [heal]],
        ['cut twice', [cut, cut]],
        ['partition twice', [partition, partition]],
        ['slow twice by as much', [slow(200), slow(200)]],
        ['slow by nothing', [slow(0)]],
    ])('%s', (_name, faults) => {
        expect(lastOf(...faults)).toEqual({ told: [], affected: 0 });
    });

    test('and the story says so', () => {
        expect(rehearse(model, [at(1000, unfreeze(A1))]).run.trace.map(({ text }) => text)).toEqual([
            'unfreeze (changes nothing)',
        ]);
    });
});

describe('what is not modelled is refused before anything runs', () => {
    test.each<Fault>([
        { kind: 'drain', nodes: nodes(A1) },
        { kind: 'promote', cluster: 0 },
        { kind: 'switchover', cluster: 0, to: { kind: 'node', node: A1 } },
    ])('$kind', (fault) => {
        expect(() => rehearse(model, [at(1000, fault)])).toThrow(NotModelledError);
    });

    test('also when an engine refuses, with the place of the step', () => {
        const story = scenario([], [at(1000, crash(A1))]);
        const refuse = (): never => {
            throw new Error('nothing may run');
        };
        try {
            simulate(model, story, () => () => ({
                start: refuse,
                hostChanged: refuse,
                networkChanged: refuse,
                attempt: refuse,
                steadiness: refuse,
                leaders: () => [],
                serving: () => true,
                unsupported: ({ kind }) => (kind === 'crash' ? 'it never crashes.' : undefined),
            }));
            expect.unreachable();
        } catch (error) {
            expect(error).toBeInstanceOf(NotModelledError);
            expect((error as NotModelledError).message).toBe('"crash" is not modelled for c: it never crashes.');
            expect((error as NotModelledError).source).toEqual(HERE);
        }
    });
});

test('a rolling restart bounces the members one after the other', () => {
    const { run, told } = rehearse(model, [at(1000, { kind: 'roll', cluster: 0, periodMs: 2000 })]);
    expect(run.faults.map(({ atMs, affected }) => [atMs, affected])).toEqual(
        model.clusters[0]!.members.map((_, index) => [1000 + index * 2000, 1]),
    );
    expect(told.map(({ atMs, what, node }) => `${atMs} ${what} ${node}`).slice(0, 4)).toEqual([
        '1000 stopped 0',
        '1000 started 0',
        '3000 stopped 1',
        '3000 started 1',
    ]);
});
