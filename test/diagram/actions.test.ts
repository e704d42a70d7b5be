/** Menus offer what would change something where the next step stands. */
import { expect, test } from 'vitest';
import {
    actionsOn,
    standingAt,
    standingIn,
    toDrawing,
    drawnNodes,
    type LiveStep,
    type NodeConnection,
    type NodeState,
} from '../../src/diagram/index.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';
import { momentOf } from './moments.js';

const NODES: Readonly<Record<string, readonly string[]>> = {
    'zone:a': ['node:1', 'node:2'],
    'node:1': ['node:1'],
    'node:2': ['node:2'],
};
const LINK = 'link:replication:zone:a>zone:b';

interface Sketch {
    readonly states?: readonly NodeState[];
    readonly connection?: NodeConnection;
    readonly steps?: readonly Omit<LiveStep, 'atMs'>[];
    readonly drains?: boolean;
}

function offered(id: string, { states = [], connection = 'whole', steps = [], drains = false }: Sketch = {}): string[] {
    const kind = id.startsWith('zone') ? 'zone' : id.startsWith('link') ? 'link' : 'node';
    const nodes = (NODES[id] ?? []).map((node, at) => ({
        id: node,
        state: states[at] ?? 'serving',
        connection,
        drains,
    }));
    const standing = standingAt(
        steps.map((step) => ({ ...step, atMs: 30_000 })),
        40_000,
        (element) => NODES[element] ?? [],
    );
    return actionsOn({ kind, id, nodes }, standing).map(({ action }) => action);
}

test('what is well can be broken, and there is nothing to mend', () => {
    expect(offered('zone:a')).toEqual(['fail', 'isolate', 'slow']);
    expect(offered('node:1')).toEqual(['fail', 'crash', 'freeze', 'isolate', 'slow', 'stop', 'wipe', 'restart']);
    expect(offered(LINK)).toEqual(['cut']);
});

test('a zone that is down can be restored, not failed once more; one that is down in part can be either', () => {
    expect(offered('zone:a', { states: ['off', 'off'] })).toEqual(['isolate', 'restore']);
    expect(offered('zone:a', { states: ['off'] })).toEqual(['fail', 'isolate', 'slow', 'restore']);
});

test('an isolation ends where all of what was isolated is restored', () => {
    const steps = [{ action: 'isolate', element: 'zone:a' }] as const;
    const sketch = { connection: 'isolated', steps } as const;
    expect(offered('zone:a', sketch)).toContain('restore');
    expect(offered('zone:a', sketch)).not.toContain('isolate');
    expect(offered('node:1', sketch)).not.toContain('restore');
    const back = [...steps, { action: 'restore', element: 'zone:a' }] as const;
    expect(offered('zone:a', { steps: back })).toEqual(['fail', 'isolate', 'slow']);
});

test('links are healed once something is cut or slow, and a cut one is not cut again', () => {
    const cut = [{ action: 'cut', element: LINK }] as const;
    expect(offered(LINK, { steps: cut })).toEqual(['heal']);
    expect(offered('link:replication:zone:b>zone:a', { steps: cut })).toEqual(['heal']);
    expect(offered(LINK, { steps: [...cut, { action: 'heal', element: null }] })).toEqual(['cut']);
    const slow = [{ action: 'slow', element: 'zone:a' }] as const;
    expect(offered('zone:a', { steps: slow, connection: 'slow' })).toEqual(['fail', 'isolate', 'heal']);
});

test('what a played scenario has left standing is mended behind it, and not done once more', () => {
    const states = { 'node:1': 'isolated', 'node:2': 'isolated', 'node:3': 'slow', 'node:4': 'cut' } as const;
    const nodes = new Map(
        Object.entries(states).map(([id, connection]) => [id, { state: 'serving' as const, connection }]),
    );
    const of = (element: string): readonly string[] => NODES[element] ?? [element];
    const left = standingIn({ ...momentOf({}), nodes }, ['zone:a', 'zone:b'], of);
    const standing = (steps: readonly LiveStep[]): ReturnType<typeof standingAt> => standingAt(steps, 60_000, of, left);
    expect(standing([]).islands.map(({ element }) => element)).toEqual(['zone:a', 'node:1', 'node:2']);
    expect([...standing([]).slowed, ...standing([]).cut]).toEqual(['node:3', 'node:4']);
    const restored = standing([{ atMs: 50_000, action: 'restore', element: 'zone:a' }]);
    expect(restored.islands).toEqual([]);
    const healed = standing([{ atMs: 50_000, action: 'heal', element: null }]);
    expect(healed.slowed.size + healed.cut.size).toBe(0);
});

test('a step after the instant does not count', () => {
    const steps = [{ action: 'cut', element: LINK, atMs: 50_000 }] as const;
    expect(standingAt(steps, 40_000, () => []).cut.size).toBe(0);
});

test('only nodes whose system knows the order, and on which something runs, can be drained', async () => {
    expect(offered('node:1', { drains: true })).toContain('drain');
    expect(offered('node:1', { drains: true, states: ['frozen'] })).not.toContain('drain');
    const drained = async (name: string): Promise<string[]> =>
        drawnNodes(toDrawing(await topologyOf(projectFile(`examples/${name}.cluster`))))
            .filter(({ drains }) => drains)
            .map(({ label }) => label.replace(/-.*/, ''));
    expect(new Set(await drained('kubernetes'))).toEqual(new Set(['worker']));
    expect(await drained('redis')).toEqual([]);
});
