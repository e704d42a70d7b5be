/** Requests counted in one step must come to the same as requests simulated one by one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulate, type ClusterBehaviour } from '../../src/simulator/index.js';
import type { Fault, Scenario, Step, Topology } from '../../src/topology/index.js';
import { HERE, topology } from '../support/model.js';
import { at, nodes, nodeSide, onNodes, onZone, rehearse, zoneSide } from './support/recorder.js';

/** Clients in both zones and outside, at rates that divide a second and ones that do not. */
const model = topology(
    [{ name: 'c', nodes: { a1: { zone: 'a' }, b1: { zone: 'b' } }, shards: { s: ['a1', 'b1'], t: ['b1'] } }],
    [
        { name: 'near', zone: 'a', demands: [{ cluster: 'c', operation: 'write', rate: 70 }] },
        { name: 'far', zone: 'b', demands: [{ cluster: 'c', operation: 'read', rate: 333 }] },
        { name: 'away', demands: [{ cluster: 'c', operation: 'write', rate: 40 }] },
    ],
);

const node = fc.constantFrom(0, 1);
const zone = fc.constantFrom(0, 1);
const selection = fc.oneof(
    node.map((id) => onNodes(id)),
    zone.map((id) => onZone(id)),
);
const fault: fc.Arbitrary<Fault> = fc.oneof(
    fc.record({
        kind: fc.constantFrom<'crash' | 'stop' | 'restart' | 'freeze' | 'unfreeze'>(
            'crash',
            'stop',
            'restart',
            'freeze',
            'unfreeze',
        ),
        nodes: node.map((id) => nodes(id)),
    }),
    fc.record({ kind: fc.constantFrom<'fail' | 'restore' | 'isolate'>('fail', 'restore', 'isolate'), selection }),
    fc.record({ kind: fc.constant('partition' as const), sides: fc.constant([zoneSide(0), zoneSide(1)]) }),
    fc.record({ kind: fc.constant('cut' as const), from: node.map((id) => nodeSide(id)), to: zone.map(zoneSide) }),
    fc.record({ kind: fc.constant('heal' as const) }),
    fc.record({ kind: fc.constant('slow' as const), selection, delayMs: fc.constantFrom(0, 3, 90, 2_000) }),
);
const steps: fc.Arbitrary<Step[]> = fc
    .array(fc.record({ atMs: fc.nat({ max: 15_000 }), fault }), { maxLength: 8 })
    .map((list) => list.toSorted((one, other) => one.atMs - other.atMs).map((step) => at(step.atMs, step.fault)));

test('all counts, outages, windows and acknowledged writes agree, whatever happens', () => {
    fc.assert(
        fc.property(steps, (schedule) => {
            const [together, apart] = [true, false].map((steady) =>
                rehearse(model, schedule, { steady, untilMs: 20_000, windowsAtMs: [1_000, 7_500, 18_999] }),
            );
            expect(together!.run.workloads).toEqual(apart!.run.workloads);
            expect(together!.run.outages).toEqual(apart!.run.outages);
            expect(together!.run.windows).toEqual(apart!.run.windows);
            expect(together!.acknowledged).toEqual(apart!.acknowledged);
        }),
        { numRuns: 60 },
    );
});

test('the clients of a place that goes dark stop even if all its nodes were dead before', () => {
    const schedule = [at(0, { kind: 'fail', selection: onNodes(0) }), at(1, { kind: 'fail', selection: onZone(0) })];
    const { run } = rehearse(model, schedule, { untilMs: 20_000 });
    expect(run.workloads.find(({ workload }) => workload === 0)!.sent).toBe(0);
});

test('in health no request is simulated by itself', () => {
    const together = rehearse(model, [], { untilMs: 20_000 });
    const apart = rehearse(model, [], { untilMs: 20_000, steady: false });
    expect(together.run.events).toBeLessThan(10);
    expect(apart.run.events).toBeGreaterThan(5_000);
});

test('every request has one outcome: 20 s at 333/s are 6,660 requests', () => {
    const { run } = rehearse(model, [], { untilMs: 20_000 });
    const far = run.workloads.find(({ workload }) => workload === 1)!;
    expect([far.sent, far.ok, far.failed]).toEqual([6_660, 6_660, 0]);
});

/** The requests that were looked at after a change that names shard 0, and after one that names none. */
function askedAgain(of: Topology): readonly (readonly string[])[] {
    const asked: string[][] = [];
    const scenario: Scenario = { name: 's', source: HERE, seed: 1, steps: [], untilMs: 1_000, expectations: [] };
    simulate(of, scenario, () => (world) => {
        const node = world.cluster.members.at(-1)!.node;
        const tell = world.handler((shards) => {
            asked.push([]);
            world.changed([shards]);
            world.changed(shards === 0 ? [0] : undefined);
        });
        const steadiness: ClusterBehaviour['steadiness'] = ({ shard, operation }) => {
            asked.at(-1)?.push(`${operation} ${shard}`);
            return { kind: 'ok', node, afterMs: 1 };
        };
        const changes = world.cluster.id === 0 ? [0, 1] : [];
        return {
            start: () => changes.forEach((shards) => world.schedule(100 + 100 * shards, tell, shards)),
            hostChanged: () => undefined,
            networkChanged: () => undefined,
            attempt: () => ({ outcome: 'ok', node, afterMs: 1 }),
            steadiness,
            leaders: () => [],
            serving: () => true,
        };
    });
    return asked;
}

test('a change that names shards makes only their clients look again', () => {
    const asked = askedAgain(model);
    expect(asked[0]!.length).toBe(3);
    expect(asked[0]!.every((stream) => stream.endsWith(' 0'))).toBe(true);
    expect(asked[1]!.length).toBeGreaterThan(3);
});

test('where one cluster needs another, every client looks again', () => {
    const front = { name: 'front', nodes: { f1: {} }, needs: [{ cluster: 'back', operation: 'read' as const }] };
    const asked = askedAgain(topology([{ name: 'back', nodes: { b1: {} } }, front]));
    expect(new Set(asked[0])).toEqual(new Set(['read 0', 'write 0', 'read 1', 'write 1']));
});
