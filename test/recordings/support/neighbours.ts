import type { Run } from '../../../src/simulator/index.js';
import { expect } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';

const SEEDS = 60;

/** From the first to the last, both of them included. */
export type Range = readonly [number, number];

/** The first scenario of the text, once for each seed. */
export async function simulated(text: string): Promise<readonly Run[]> {
    const topology = await topologyOf(text);
    return Array.from({ length: SEEDS }, (_, index) => runOf(topology, index + 1));
}

export function expectWithin(value: number, [from, to]: Range): void {
    expect(value).toBeGreaterThanOrEqual(from);
    expect(value).toBeLessThanOrEqual(to);
}
