/** The host of a frozen replica goes on accepting what its primary sends. */
import { expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { sixNodes } from '../../support/six-nodes.js';

async function lostIn(steps: string): Promise<number> {
    const topology = await topologyOf(`${sixNodes({ name: 'c', settings: 'cluster-node-timeout = 1000  save = ""' })}
workload w { writes c.s-1 50/s }
scenario frozen { ${steps}  until 40s }`);
    const { lostWrites }: Run = runOf(topology);
    return lostWrites.reduce((sum, { count }) => sum + count, 0);
}

test('reads it when it goes on, though its primary has died meanwhile', async () => {
    expect(await lostIn('at 10s freeze node n-5  at 13s crash node n-1  at 14s unfreeze node n-5')).toBe(0);
});

test('never reads what was sent after the link was cut', async () => {
    const lost = await lostIn(
        'at 10s freeze node n-5  at 11s partition node n-1 | node n-5  at 13s crash node n-1  at 14s heal  at 14s unfreeze node n-5',
    );
    expect(lost).toBeGreaterThanOrEqual(95);
    expect(lost).toBeLessThanOrEqual(105);
});

test('loses what it has not read with its process', async () => {
    const lost = await lostIn('at 10s freeze node n-5  at 13s crash node n-1  at 14s crash node n-5');
    // All 13 s of writes: nobody stores any.
    expect(lost).toBeGreaterThanOrEqual(645);
});
