import { expect, test } from 'vitest';
import { TraceLog } from '../../src/simulator/tracelog.js';

const event = { atMs: 5, kind: 'state', text: 'It answers.' } as const;

test('what is told is due to what was told before it, or an invariant is broken', () => {
    const log = new TraceLog();
    expect(log.add({ ...event, cause: -1 })).toBe(0);
    expect(log.add({ ...event, cause: 0 })).toBe(1);
    expect(() => log.add({ ...event, cause: 2 })).toThrow('Invariant broken at 5 ms: "It answers." has a cause');
});
