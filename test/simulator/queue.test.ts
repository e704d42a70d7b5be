import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue, Priority } from '../../src/simulator/index.js';

/** Beyond this many milliseconds the wheel keeps events in a heap. */
const HORIZON = 16_384;

const delay = fc.oneof(
    { weight: 3, arbitrary: fc.nat({ max: 5 }) },
    { weight: 3, arbitrary: fc.nat({ max: 2_000 }) },
    { weight: 2, arbitrary: fc.integer({ min: HORIZON - 3, max: HORIZON + 3 }) },
    { weight: 2, arbitrary: fc.nat({ max: 12 * HORIZON }) },
);
const request = fc.record({ delay, priority: fc.constantFrom(Priority.fault, Priority.system, Priority.client) });
/** What is scheduled at the start, and what is scheduled when the n-th event is taken. */
const plan = fc.record({
    first: fc.array(request, { minLength: 1, maxLength: 40 }),
    later: fc.array(fc.array(request, { maxLength: 3 }), { maxLength: 60 }),
});

interface Naive {
    readonly time: number;
    readonly priority: Priority;
    readonly sequence: number;
}

test('events come out by time, priority and order of scheduling, however far and however late they are scheduled', () => {
    fc.assert(
        fc.property(plan, ({ first, later }) => {
            const queue = new EventQueue();
            const naive: Naive[] = [];
            let sequence = 0;
            const schedule = (requests: readonly { delay: number; priority: Priority }[]): void => {
                for (const { delay: after, priority } of requests) {
                    const time = queue.time + after;
                    naive.push({ time, priority, sequence });
                    queue.schedule(time, priority, sequence % 7, sequence++, time);
                }
            };
            schedule(first);
            for (let taken = 0; naive.length > 0; taken++) {
                naive.sort((a, b) => a.time - b.time || a.priority - b.priority || a.sequence - b.sequence);
                const expected = naive.shift()!;
                expect(queue.take(Number.MAX_SAFE_INTEGER)).toBe(true);
                expect([queue.time, queue.a, queue.b, queue.handler]).toEqual([
                    expected.time,
                    expected.sequence,
                    expected.time,
                    expected.sequence % 7,
                ]);
                expect(queue.size).toBe(naive.length);
                schedule(later[taken] ?? []);
            }
            expect(queue.take(Number.MAX_SAFE_INTEGER)).toBe(false);
        }),
        { numRuns: 300 },
    );
});

test('takes nothing that is due after the limit, near or far, and takes it later', () => {
    for (const time of [10, HORIZON * 3]) {
        const queue = new EventQueue();
        queue.schedule(time, Priority.system, 0, 42, 0);
        expect(queue.take(time - 1)).toBe(false);
        expect(queue.size).toBe(1);
        expect(queue.take(time)).toBe(true);
        expect(queue.a).toBe(42);
    }
});

test('holds more events than it was made for', () => {
    const queue = new EventQueue();
    const count = 5_000;
    for (let index = 0; index < count; index++) {
        queue.schedule((index * 7919) % 20_000, Priority.system, 0, index, 0);
    }
    let last = -1;
    for (let index = 0; index < count; index++) {
        expect(queue.take(20_000)).toBe(true);
        expect(queue.time).toBeGreaterThanOrEqual(last);
        last = queue.time;
    }
    expect(queue.size).toBe(0);
});
