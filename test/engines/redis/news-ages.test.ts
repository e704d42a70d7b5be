/** How old the news of nodes are in a large cluster before anything happens; see newsAges. */
import { expect, test } from 'vitest';
import { newsAges } from '../../../src/engines/redis/behaviour/news-ages.js';

const HALF = 7_500;

const share = (ages: Int32Array, from: number, to: number): number =>
    ages.filter((age) => age >= from * HALF && age < to * HALF).length / ages.length;

test('ages go from nothing to half a node timeout, as many above the middle as below', () => {
    for (const wanted of [3, 10, 100]) {
        const ages = newsAges(wanted, HALF);
        expect(ages[0]).toBe(0);
        expect(ages.at(-1)).toBeLessThan(HALF);
        expect(ages.every((age, rank) => age >= (ages[rank - 1] ?? 0))).toBe(true);
        expect(share(ages, 0, 0.5)).toBeCloseTo(0.5, 2);
    }
});

test('without gossip every age is as likely as any other', () => {
    expect(share(newsAges(0, HALF), 0, 0.1)).toBeCloseTo(0.1, 2);
});

test('the more gossip tells, the fewer news are very young or very old', () => {
    const young = [0, 3, 10, 100].map((wanted) => share(newsAges(wanted, HALF), 0, 0.25));
    expect(young).toEqual([...young].sort((one, other) => other - one));
    expect(young[3]).toBeLessThan(0.08);
});
