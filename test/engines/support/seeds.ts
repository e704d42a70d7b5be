/** Many runs of one scenario, and the interval that a figure of them has to fill. */
import { expect } from 'vitest';
import type { Run, TraceEvent } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { runOf } from '../../support/run.js';

/** As many as every formula of a documentation is tried with. */
const SEEDS = 1000;

/** What `figure` says about each run, with the seeds from 1 on. Nothing of a run is kept but that. */
export function figures<Figure>(topology: Topology, figure: (run: Run) => Figure, seeds = SEEDS): readonly Figure[] {
    return Array.from({ length: seeds }, (_, index) => figure(runOf(topology, index + 1)));
}

/** When the first event that says this came, milliseconds after `sinceMs`; Infinity if none did. */
export function firstAfter({ trace }: Run, sinceMs: number, text: RegExp, kind?: TraceEvent['kind']): number {
    const found = trace.find((each) => text.test(each.text) && (kind === undefined || each.kind === kind));
    return found === undefined ? Infinity : found.atMs - sinceMs;
}

/** When the last outage that some client saw was over, milliseconds after `sinceMs`; 0: there was none. */
export function outageEnd(run: Run, sinceMs: number, which: (outage: Run['outages'][number]) => boolean): number {
    return run.outages.filter(which).reduce((end, { toMs }) => Math.max(end, (toMs ?? Infinity) - sinceMs), 0);
}

/** All values lie in the interval, and they come close to both ends: within that share of its length. */
export function expectFills(values: readonly number[], from: number, to: number, share = 0.02): void {
    const [least, most] = values.reduce(
        ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
        [Infinity, -Infinity],
    );
    const near = (to - from) * share;
    expect(least).toBeGreaterThanOrEqual(from);
    expect(least).toBeLessThanOrEqual(from + near);
    expect(most).toBeLessThanOrEqual(to);
    expect(most).toBeGreaterThanOrEqual(to - near);
}

/** The share of the values that lie below a limit. */
export function shareBelow(values: readonly number[], limit: number): number {
    return values.filter((value) => value < limit).length / values.length;
}
