/** What a provider has beside the declared nodes, and the hosts that it replaces. */
import { expect, test } from 'vitest';
import { simulate, type ClusterBehaviour, type Run, type World } from '../../src/simulator/index.js';
import type { Fault } from '../../src/topology/index.js';
import { scenario, topology } from '../support/model.js';
import { at } from './support/recorder.js';

const model = topology([{ name: 'c', nodes: { a1: { zone: 'a' }, b1: { zone: 'b' } }, shards: { s: ['a1', 'b1'] } }]);
const zone = { kind: 'places', places: [{ kind: 'zone', zone: 0 }] } as const;
const node = { kind: 'nodes', nodes: [{ kind: 'node', node: 0 }] } as const;

/** Runs the faults, one a second, and calls `look` half a second after each. */
function run(faults: readonly Fault[], look: (world: World, behaviours: ClusterBehaviour) => void, stale = false): Run {
    const story = scenario(
        [],
        faults.map((fault, index) => at(1000 * (index + 1), fault)),
    );
    return simulate(model, story, () => (world) => {
        const behaviour: ClusterBehaviour = {
            start: () => {
                const handler = world.handler(() => look(world, behaviour));
                faults.forEach((_, index) => world.schedule(1000 * (index + 1) + 500, handler));
            },
            hostChanged: (changed, change, cause) =>
                void world.record({ kind: 'state', text: `${changed} ${change}`, cause, node: changed }),
            networkChanged: () => undefined,
            attempt: () => ({ outcome: 'ok', afterMs: 1, node: 1 }),
            steadiness: () => ({ kind: 'ok', afterMs: 1, node: 1, ...(stale && { stale }) }),
            leaders: () => [],
            serving: () => true,
        };
        return behaviour;
    });
}

test('what stands in a zone shares its power and its links', () => {
    const seen: unknown[] = [];
    const look = (world: World): void => {
        const points = [0, 1].map((id) => world.providerIn(id));
        seen.push(points.map((point) => [world.hasPower(point), world.delay(world.outside, point)]));
    };
    run(
        [
            { kind: 'isolate', selection: zone },
            { kind: 'fail', selection: zone },
            { kind: 'restore', selection: zone },
        ],
        look,
    );
    expect(seen).toEqual([
        [
            [true, -1],
            [true, 1],
        ],
        [
            [false, -1],
            [true, 1],
        ],
        [
            [true, 1],
            [true, 1],
        ],
    ]);
});

test('a host is replaced where there is power, once', () => {
    const done: unknown[] = [];
    const { trace } = run([{ kind: 'fail', selection: node }], (world) => {
        done.push(world.process(0), world.replaceHost(0, 0), world.process(0), world.replaceHost(0, 0));
    });
    expect(done).toEqual(['off', true, 'running', false]);
    expect(trace.map(({ text, cause }) => [text, cause]).at(-1)).toEqual(['0 started', 0]);
});

test('no host is replaced in a zone without power', () => {
    const done: unknown[] = [];
    const look = (world: World): void => void done.push(world.replaceHost(0, 0), world.process(0));
    run([{ kind: 'fail', selection: zone }], look);
    expect(done).toEqual([false, 'off']);
});

test('a system reaches the behaviour of its partner', () => {
    const found: boolean[] = [];
    run([{ kind: 'heal' }], (world, behaviour) => found.push(world.behaviourOf(0) === behaviour));
    expect(found).toEqual([true]);
});

test('steady reads that are stale are counted', () => {
    const { staleReads } = run([{ kind: 'heal' }], () => undefined, true);
    expect(staleReads[0]!.count).toBeGreaterThan(100);
});
