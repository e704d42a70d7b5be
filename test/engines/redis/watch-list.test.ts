/** Whom a node has to look at in which run of its cron. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WatchList } from '../../../src/engines/redis/behaviour/watch-list.js';

const SIZE = 5;
const HORIZON = 1000;
const PHASE = 30;
const clock = {
    firstRunFrom: (_peer: number, timeMs: number) => Math.ceil((timeMs - PHASE) / 100),
    timeOfRun: (_peer: number, run: number) => PHASE + run * 100,
};

const steps = fc.array(
    fc.record({
        observer: fc.nat(1),
        other: fc.nat(SIZE - 1),
        aheadMs: fc.nat(HORIZON),
        passedMs: fc.nat(400),
        takes: fc.boolean(),
    }),
    { maxLength: 60 },
);

test('each is taken out once, in the first run at or after the earliest time that it was put down for', () => {
    fc.assert(
        fc.property(steps, (list) => {
            const watched = new WatchList(SIZE, clock, HORIZON);
            const due = new Map<string, number>();
            let now = 0;
            for (const { observer, other, aheadMs, passedMs, takes } of list) {
                now += passedMs;
                const key = `${observer} ${other}`;
                const timeMs = PHASE + clock.firstRunFrom(observer, now + aheadMs) * 100;
                watched.put(observer, other, now + aheadMs);
                due.set(key, Math.min(due.get(key) ?? Infinity, timeMs));
                const run = PHASE + clock.firstRunFrom(observer, now) * 100;
                const mine = [...due].filter(([pair]) => pair.startsWith(`${observer} `));
                expect(watched.next(observer)).toBeLessThanOrEqual(Math.min(...mine.map(([, time]) => time)));
                if (takes) {
                    const ready = mine.filter(([, time]) => time <= run).map(([pair]) => pair);
                    expect(
                        watched
                            .take(observer, run)
                            .map((each) => `${observer} ${each}`)
                            .sort(),
                    ).toEqual(ready.sort());
                    ready.forEach((pair) => due.delete(pair));
                    now = run;
                }
            }
        }),
    );
});

test('nobody is looked at before anybody is put down', () => {
    const watched = new WatchList(SIZE, clock, HORIZON);
    expect(watched.next(0)).toBe(Infinity);
    expect(watched.take(0, 5000)).toEqual([]);
});

test('of one run they are looked at in the order in which they were put down', () => {
    const watched = new WatchList(SIZE, clock, HORIZON);
    for (const other of [2, 0, 3, 1]) {
        watched.put(4, other, 100);
    }
    expect(watched.take(4, 130)).toEqual([2, 0, 3, 1]);
});
