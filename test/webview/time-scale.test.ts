/** The part of a run that the timeline shows. */
import { describe, expect, test } from 'vitest';
import type { Lane, Playback, PlaybackEvent } from '../../src/diagram/index.js';
import { changesOf } from '../../src/webview/play/changes.js';
import { exactly, tickLabel, ticks } from '../../src/webview/play/clock.js';
import { densityOf } from '../../src/webview/play/density.js';
import {
    eventful,
    following,
    instantAt,
    isShown,
    magnified,
    shareOf,
    wholeRun,
} from '../../src/webview/play/time-scale.js';

const lane: Lane = {
    id: 'shard:c.s',
    cluster: 'cluster:c',
    label: 's',
    source: { uri: 'file:///a.cluster', start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    troubles: [],
};

function playback(instants: readonly number[], troubles: Lane['troubles'] = []): Playback {
    return {
        title: 't',
        seed: 1,
        traceHash: '0',
        untilMs: 300_000,
        status: 'passed',
        summary: '',
        clauses: [],
        notes: [],
        events: instants.map((atMs): PlaybackEvent => ({ atMs, kind: 'fault', text: 'x', cause: -1 })),
        untold: 0,
        lanes: [{ ...lane, troubles }],
        nodes: [],
        leaders: [],
        reach: [],
        sending: [],
        beliefs: [],
    };
}

const all = (...of: Parameters<typeof playback>): Playback[] => [playback(...of)];

describe('the eventful part', () => {
    test('reaches from a little before the first change to a little behind the last', () => {
        expect(eventful(all([30_000, 40_000]))).toEqual({ fromMs: 28_500, toMs: 41_500 });
    });

    test('holds the troubles of the lanes, which may begin before any event', () => {
        const trouble = { operation: 'write', form: 'dark', fromMs: 29_000, toMs: 49_000 } as const;
        expect(eventful(all([30_000], [trouble]))).toEqual({ fromMs: 26_000, toMs: 52_000 });
    });

    test('is not told apart from the whole where it is most of it, or nothing happens', () => {
        expect(eventful(all([30_000, 250_000]))).toBeUndefined();
        expect(eventful(all([]))).toBeUndefined();
        expect(eventful(all([15_000, 230_000]))).toBeDefined();
    });

    test('does not reach to the end of the run for what is not over there, but shows how long it lasts', () => {
        const trouble = { operation: 'write', form: 'dark', fromMs: 29_000, toMs: null } as const;
        expect(eventful(all([30_000], [trouble]))).toEqual({ fromMs: 24_500, toMs: 34_500 });
    });

    test('of two runs is what happens in either', () => {
        const part = eventful([playback([30_000, 40_000]), playback([50_000])]);
        expect(part).toEqual({ fromMs: 27_000, toMs: 53_000 });
    });
});

test('a scale leads from instants to places and back', () => {
    const scale = { fromMs: 20_000, toMs: 60_000 };
    expect(shareOf(scale, 30_000)).toBe(0.25);
    expect(instantAt(scale, 0.25)).toBe(30_000);
    expect([10_000, 20_000, 60_000, 60_001].map((atMs) => isShown(scale, atMs))).toEqual([false, true, true, false]);
    expect(wholeRun(playback([]))).toEqual({ fromMs: 0, toMs: 300_000 });
});

test('a closer look keeps its instant where it is, within the run', () => {
    const scale = { fromMs: 20_000, toMs: 60_000 };
    expect(magnified(scale, 0.5, 30_000, 300_000)).toEqual({ fromMs: 25_000, toMs: 45_000 });
    expect(magnified({ fromMs: 0, toMs: 40_000 }, 2, 0, 300_000)).toEqual({ fromMs: 0, toMs: 80_000 });
    expect(magnified(scale, 0.000_1, 30_000, 300_000)).toEqual({ fromMs: 29_975, toMs: 30_075 });
    expect(magnified(scale, 10, 30_000, 300_000)).toBeUndefined();
});

test('the part that is shown follows the playhead, and rests while it is in view', () => {
    const scale = { fromMs: 20_000, toMs: 60_000 };
    expect(following(scale, 60_000, 300_000)).toBe(scale);
    expect(following(scale, 70_000, 300_000)).toEqual({ fromMs: 36_000, toMs: 76_000 });
    expect(following(scale, 300_000, 300_000)).toEqual({ fromMs: 260_000, toMs: 300_000 });
    expect(following(scale, 0, 300_000)).toEqual({ fromMs: 0, toMs: 40_000 });
});

test('a reader steps to all that is told or drawn, each instant once', () => {
    const trouble = { operation: 'write', form: 'dark', fromMs: 29_000, toMs: 31_000 } as const;
    const open = { ...trouble, fromMs: 32_000, toMs: null };
    const run: Playback = {
        ...playback([30_000, 30_000, 30_001], [trouble, open]),
        nodes: [{ id: 'node:c.n', changes: [{ atMs: 30_500, state: 'off', connection: 'whole' }] }],
        leaders: [{ lane: lane.id, changes: [{ atMs: 0, node: null }] }],
    };
    expect(changesOf(run)).toEqual([0, 29_000, 30_000, 30_001, 30_500, 31_000, 32_000]);
});

test('instants are written as exactly as they are apart', () => {
    expect(exactly(49_312)).toBe('0:49.312');
    expect(exactly(725_003)).toBe('12:05.003');
    expect(tickLabel(30_000, [30_000, 35_000])).toBe('0:30');
    expect(tickLabel(30_000, [30_000, 30_500])).toBe('0:30.0');
    expect(tickLabel(30_000, [30_000, 30_010])).toBe('0:30.000');
});

test('marks of the ruler lie inside of what is shown', () => {
    expect(ticks(28_500, 41_500, 8)).toEqual([30_000, 32_000, 34_000, 36_000, 38_000, 40_000]);
    expect(ticks(0, 300_000, 8)).toEqual([0, 60_000, 120_000, 180_000, 240_000, 300_000]);
});

test('how many lanes are in trouble is counted over what is shown', () => {
    const trouble = { operation: 'write', form: 'dark', fromMs: 30_000, toMs: 40_000 } as const;
    const lanes = [
        { ...lane, troubles: [trouble] },
        { ...lane, troubles: [{ ...trouble, toMs: null }] },
    ];
    const spans = densityOf(lanes, { fromMs: 20_000, toMs: 50_000 });
    expect(spans.map(({ count, share }) => [count, share])).toEqual([
        [2, 1],
        [1, 0.5],
    ]);
    expect(spans[0]?.fromMs).toBe(30_000);
    expect(spans[0]?.toMs).toBeCloseTo(40_100, -2);
    expect(spans[1]?.toMs).toBe(50_000);
});
