import { expect, test } from 'vitest';
import { EvenArrivals } from '../../src/simulator/arrivals.js';
import { OutageTracker } from '../../src/simulator/outages.js';

/** One request a millisecond; the index is the time at which it was sent. */
const arrivals = new EvenArrivals(0, 1);

/** Feeds one request after the other: `+1000` was sent at one second and succeeds at once, `-1000` fails. */
function outagesOf(text: string, endMs = 60_000): readonly object[] {
    const tracker = new OutageTracker(arrivals);
    for (const word of text.split(' ')) {
        const time = Number(word.slice(1));
        if (word.startsWith('+')) {
            tracker.succeeded(time, time + 1, 0, 7);
        } else {
            tracker.failed(time, time + 1, time, `failed at ${time}`, 3);
        }
    }
    return tracker.outages(endMs).map(({ fromMs, toMs, form, failed }) => ({ fromMs, toMs, form, failed }));
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

test('an outage in which requests succeed now and then is open unless a second without failures follows', () => {
    const flapping = '+1000 -1100 +1200 -1300 +1400';
    const outage = { fromMs: 1000, form: 'degraded', failed: 2 };
    expect(outagesOf(`${flapping} +1900`, 2399)).toEqual([{ ...outage, toMs: null }]);
    expect(outagesOf(`${flapping} +1900`, 2400)).toEqual([{ ...outage, toMs: 1400 }]);
    expect(outagesOf('+1000 -1100 +1200', 1201)).toMatchObject([{ form: 'dark', toMs: 1200 }]);
});

test('what never succeeded at all is out since the start', () => {
    expect(outagesOf('-20 -40')).toEqual([{ fromMs: 0, toMs: null, form: 'dark', failed: 2 }]);
});

test('how long clients wait in vain makes an outage no longer', () => {
    const tracker = new OutageTracker(arrivals);
    tracker.succeeded(0, 100, 2, 1);
    tracker.failed(100, 200, 1100, 'no answer', 3);
    tracker.succeeded(200, 3000, 2, 7);
    expect(tracker.outages(60_000)).toMatchObject([{ fromMs: 101, sentMs: 100, toMs: 202, form: 'dark', failed: 100 }]);
});

test('an answer that comes late ends the gap when it comes', () => {
    const tracker = new OutageTracker(arrivals);
    tracker.succeeded(0, 10, 0, 1);
    tracker.failed(10, 20, 30, 'no answer', 3);
    tracker.succeeded(12, 13, 500, 7);
    expect(tracker.outages(60_000)).toMatchObject([{ fromMs: 9, toMs: 512, failed: 10 }]);
});

test('remembers who noticed first, and why', () => {
    const tracker = new OutageTracker(arrivals);
    tracker.succeeded(100, 201, 0, -1);
    tracker.failed(250, 255, 300, 'no answer', 4);
    tracker.failed(400, 405, 450, 'another reason', 5);
    tracker.succeeded(500, 901, 0, 9);
    expect(tracker.outages(60_000)).toEqual([
        {
            fromMs: 200,
            toMs: 500,
            silentMs: 300,
            form: 'dark',
            failed: 10,
            sentMs: 250,
            lastSentMs: 404,
            reason: 'no answer',
            noticedMs: 300,
            cause: 4,
            lastTriedMs: 404,
            lastNoticedMs: 454,
            isPending: false,
        },
    ]);
});

test('requests that wait when the run ends are failures only for those who ask about them', () => {
    const tracker = new OutageTracker(arrivals);
    tracker.succeeded(0, 100, 0, 1);
    tracker.open(100, 110, 1000, 'no answer', 2, 'waiting');
    tracker.succeeded(200, 800, 0, 3);
    tracker.open(800, 1000, 1000, 'no answer', 2, 'failing');
    const closed = { fromMs: 99, toMs: 200, failed: 10, isPending: true };
    const last = { fromMs: 799, toMs: null, failed: 200, isPending: true };
    expect(tracker.outages(1000)).toMatchObject([last]);
    expect(tracker.outages(1000, ['failed'])).toEqual([]);
    // Less than a second apart: one outage.
    expect(tracker.outages(1000, ['failed', 'failing', 'waiting'])).toMatchObject([
        { ...closed, toMs: null, failed: 210, form: 'degraded' },
    ]);
});
