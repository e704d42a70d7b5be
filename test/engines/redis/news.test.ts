/** News are kept two or four to a word and compared so: that must come to the same as comparing them one by one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { News } from '../../../src/engines/redis/behaviour/news.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const OFFSET = 350;

interface Entry {
    readonly timeMs: number;
    readonly isAside: boolean;
}

const row = (size: number): fc.Arbitrary<Entry[]> =>
    fc.array(fc.record({ timeMs: fc.integer({ min: 0, max: 9000 }), isAside: fc.boolean() }), {
        minLength: size,
        maxLength: size,
    });

const tables = fc
    .integer({ min: 3, max: 9 })
    .chain((size) =>
        fc.record({ size: fc.constant(size), told: row(size), known: row(size), start: fc.nat(8), length: fc.nat(8) }),
    );

function newsOf(size: number, oldestMs: number, rows: readonly (readonly Entry[])[] = []): News {
    const news = new News(size, OFFSET, oldestMs);
    rows.forEach((entries, observer) =>
        entries.forEach(({ timeMs, isAside }, other) => {
            news.set(observer, other, timeMs);
            news.setAside(observer, other, isAside);
        }),
    );
    return news;
}

const wholeSecond = (timeMs: number): number => Math.floor((timeMs + OFFSET) / SECOND) * SECOND - OFFSET;

/** Node timeouts up to two minutes, and longer ones. */
const FORMS = [
    [60 * SECOND, 4],
    [61 * SECOND, 2],
] as const;

describe.each(FORMS)('ages up to %i ms: two nodes of which one tells the other', (oldest, lanes) => {
    test('what is later is believed, to the second, unless either has set it aside', () => {
        fc.assert(
            fc.property(tables, ({ size, told, known, start, length }) => {
                const news = newsOf(size, oldest, [told, known]);
                const words = Math.min(length, news.rowWords);
                const first = start % news.rowWords;
                news.tellAll(0, 1, first, words);
                known.forEach((before, other) => {
                    const word = Math.floor(other / lanes);
                    const isTold = (word - first + news.rowWords) % news.rowWords < words;
                    const theirs = told[other]!;
                    const isLater = wholeSecond(theirs.timeMs) > wholeSecond(before.timeMs);
                    // Of itself nobody tells or believes anything.
                    const mayChange = other > 1 && !theirs.isAside && !before.isAside;
                    const after = isTold && isLater && mayChange ? wholeSecond(theirs.timeMs) : before.timeMs;
                    expect(news.of(1, other)).toBe(after);
                    expect(news.of(0, other)).toBe(theirs.timeMs);
                    expect(news.isAside(1, other)).toBe(before.isAside || other === 1);
                });
            }),
        );
    });

    test('those are found of whom nothing was heard for long, and nobody else had news before the time that is named', () => {
        fc.assert(
            fc.property(tables, fc.integer({ min: 0, max: 9000 }), ({ size, known }, limitMs) => {
                const news = newsOf(size, oldest, [known]);
                const found: number[] = [];
                const oldestMs = news.olderThan(0, limitMs, found);
                const others = known.flatMap(({ timeMs, isAside }, other) =>
                    other === 0 || isAside ? [] : [{ timeMs, other }],
                );
                expect(found).toEqual(others.filter(({ timeMs }) => timeMs < limitMs).map(({ other }) => other));
                const rest = others.map(({ timeMs }) => timeMs).filter((timeMs) => timeMs >= limitMs);
                expect(oldestMs).toBeLessThanOrEqual(Math.min(...rest));
                expect(oldestMs).toBeGreaterThanOrEqual(Math.min(...rest) - SECOND + 1);
            }),
        );
    });
});

test.each(FORMS)('ages up to %i ms: what was heard stays in order when hours have passed', (oldestMs) => {
    const news = newsOf(3, oldestMs);
    news.set(0, 1, 20 * HOUR);
    news.set(0, 2, 20 * HOUR - 5000);
    news.set(1, 2, 20 * HOUR - 2000);
    news.tellAll(1, 0, 0, news.rowWords);
    expect(news.of(0, 1)).toBe(20 * HOUR);
    expect(news.of(0, 2)).toBe(wholeSecond(20 * HOUR - 2000));
    news.set(0, 1, 40 * HOUR);
    const found: number[] = [];
    expect(news.olderThan(0, 40 * HOUR - 1, found)).toBe(40 * HOUR);
    expect(found).toEqual([2]);
});

test.each(FORMS)('an age of up to %i ms is told from all others', (oldestMs) => {
    const news = newsOf(5, oldestMs);
    for (let now = oldestMs; now < HOUR; now += 17 * SECOND) {
        news.set(0, 1, now - oldestMs + SECOND);
        news.set(0, 2, now - oldestMs);
        news.set(1, 2, now);
        news.set(2, 3, now - SECOND);
        news.tellAll(2, 0, 0, news.rowWords);
        expect([1, 2, 3].map((other) => news.of(0, other))).toEqual([
            now - oldestMs + SECOND,
            now - oldestMs,
            wholeSecond(now - SECOND),
        ]);
    }
});
