import { expect, test } from 'vitest';
import { randomStream } from '../../src/simulator/index.js';

const first = (seed: number, component: string, purpose: string, bound = 2 ** 32): number[] => {
    const stream = randomStream(seed, component, purpose);
    return Array.from({ length: 4 }, () => stream.below(bound));
};

test('draws the same numbers on every machine', () => {
    expect(first(7, 'sessions.cache-1', 'gossip')).toEqual(GOLDEN);
});

test('seeds, components and purposes have streams of their own', () => {
    const streams = [
        first(7, 'a', 'gossip'),
        first(8, 'a', 'gossip'),
        first(7 + 2 ** 32, 'a', 'gossip'),
        first(7, 'b', 'gossip'),
        first(7, 'a', 'election'),
        first(7, 'ag', 'ossip'),
    ];
    expect(new Set(streams.map(String)).size).toBe(streams.length);
});

test('what one stream draws leaves every other as it was', () => {
    const disturbed = randomStream(7, 'a', 'gossip');
    const undisturbed = randomStream(7, 'a', 'gossip');
    const other = randomStream(7, 'b', 'gossip');
    for (let draw = 0; draw < 50; draw++) {
        other.below(10);
        expect(disturbed.below(1000)).toBe(undisturbed.below(1000));
    }
});

test('between reaches both ends and never passes them', () => {
    const stream = randomStream(1, 'a', 'delay');
    const drawn = Array.from({ length: 2_000 }, () => stream.between(500, 509));
    expect(Math.min(...drawn)).toBe(500);
    expect(Math.max(...drawn)).toBe(509);
});

test('numbers are spread evenly', () => {
    const counts = new Array<number>(10).fill(0);
    const stream = randomStream(3, 'a', 'b');
    for (let draw = 0; draw < 20_000; draw++) {
        counts[stream.below(10)]! += 1;
    }
    // Five standard deviations of a binomial with n = 20,000 and p = 0.1.
    expect(Math.max(...counts.map((count) => Math.abs(count - 2_000)))).toBeLessThan(5 * Math.sqrt(20_000 * 0.09));
});

const GOLDEN = [2097747247, 4217940984, 2343382966, 2338062131];
