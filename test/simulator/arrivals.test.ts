import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EvenArrivals } from '../../src/simulator/arrivals.js';

const figures = fc.record({
    phase: fc.double({ min: 0, max: 1_000, noNaN: true }),
    period: fc.double({ min: 0.01, max: 5_000, noNaN: true }),
});

test('counts through a millisecond exactly the requests that arrive in it or before', () => {
    fc.assert(
        fc.property(figures, fc.nat({ max: 100_000 }), ({ phase, period }, time) => {
            const arrivals = new EvenArrivals(phase, period);
            const count = arrivals.countThrough(time);
            expect(arrivals.at(count)).toBeGreaterThan(time);
            if (count > 0) {
                expect(arrivals.at(count - 1)).toBeLessThanOrEqual(time);
            }
        }),
        { numRuns: 1_000 },
    );
});

test('nothing has arrived before the start', () => {
    expect(new EvenArrivals(0, 20).countThrough(-1)).toBe(0);
    expect(new EvenArrivals(19, 20).countThrough(18)).toBe(0);
    expect(new EvenArrivals(19, 20).countThrough(19)).toBe(1);
});

test('a declared rate is kept over an hour', () => {
    expect(new EvenArrivals(0, 1000 / 333).countThrough(3_600_000 - 1)).toBe(333 * 3_600);
});
