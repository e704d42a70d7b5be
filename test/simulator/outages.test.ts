import { expect, test } from 'vitest';
import { OutageTracker } from '../../src/simulator/outages.js';

/** Feeds one request after the other: `+1000` succeeds at one second, `-1000` fails. */
function outagesOf(text: string): readonly object[] {
    const tracker = new OutageTracker();
    for (const word of text.split(' ')) {
        const time = Number(word.slice(1));
        if (word.startsWith('+')) {
            tracker.succeeded(time, time, 7);
        } else {
            tracker.failed(time, 1, `failed at ${time}`, 3);
        }
    }
    tracker.finish();
    return tracker.outages.map(({ fromMs, toMs, form, failed }) => ({ fromMs, toMs, form, failed }));
}

test('a pause without a failed request is no outage', () => {
    expect(outagesOf('+0 +5000 +9000')).toEqual([]);
});

test('an outage runs from the last success to the next and is dark if none came between', () => {
    expect(outagesOf('+1000 -1500 -1700 +3000 +4000')).toEqual([{ fromMs: 1000, toMs: 3000, form: 'dark', failed: 2 }]);
});

test('gaps less than a second apart are one degraded outage', () => {
    expect(outagesOf('+1000 -1100 +1200 +2199 -2300 +2400')).toEqual([
        { fromMs: 1000, toMs: 2400, form: 'degraded', failed: 2 },
    ]);
});

test('gaps a second apart are two outages', () => {
    expect(outagesOf('+1000 -1100 +1200 +2200 -2300 +2400')).toEqual([
        { fromMs: 1000, toMs: 1200, form: 'dark', failed: 1 },
        { fromMs: 2200, toMs: 2400, form: 'dark', failed: 1 },
    ]);
});

test('many short gaps in a row are one outage, however long it gets', () => {
    const flapping = Array.from({ length: 20 }, (_, index) => `-${1000 + index * 500} +${1100 + index * 500}`).join(
        ' ',
    );
    expect(outagesOf(`+900 ${flapping}`)).toEqual([{ fromMs: 900, toMs: 10_600, form: 'degraded', failed: 20 }]);
});

test('what never succeeds again stays open, also when it continues an earlier gap', () => {
    expect(outagesOf('+1000 -1100 -1200')).toEqual([{ fromMs: 1000, toMs: null, form: 'dark', failed: 2 }]);
    expect(outagesOf('+1000 -1100 +1200 -1300')).toEqual([{ fromMs: 1000, toMs: null, form: 'degraded', failed: 2 }]);
});

test('what never succeeded at all is out since the start', () => {
    expect(outagesOf('-20 -40')).toEqual([{ fromMs: 0, toMs: null, form: 'dark', failed: 2 }]);
});

test('remembers who noticed first, why, and what ended it', () => {
    const tracker = new OutageTracker();
    tracker.succeeded(100, 200, -1);
    tracker.failed(300, 5, 'no answer', 4);
    tracker.failed(400, 5, 'another reason', 5);
    expect(tracker.failing).toBe(true);
    tracker.succeeded(500, 900, 9);
    expect(tracker.failing).toBe(false);
    expect(tracker.outages).toEqual([
        {
            fromMs: 200,
            toMs: 500,
            form: 'dark',
            failed: 10,
            reason: 'no answer',
            noticedMs: 300,
            cause: 4,
            endCause: 9,
        },
    ]);
});
