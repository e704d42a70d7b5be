/** Which part of a run the timeline shows, from its left edge to its right one. */
import type { Playback } from '../../diagram/index.js';

export interface TimeScale {
    readonly fromMs: number;
    readonly toMs: number;
}

/** Room before the first change and behind the last one, as a share of the time between them. */
const MARGIN = 0.15;
const LEAST_MARGIN_MS = 500;

/** A part that is longer than this share of the run shows hardly more than the whole. */
const WORTHWHILE = 0.5;

export function wholeRun({ untilMs }: Playback): TimeScale {
    return { fromMs: 0, toMs: Math.max(1, untilMs) };
}

/** From the first thing that happens to the last; undefined where that is most of the run, or nothing happens. */
export function eventful(playback: Playback): TimeScale | undefined {
    const { events, lanes, untilMs } = playback;
    const instants = [
        ...events.map(({ atMs }) => atMs),
        ...lanes.flatMap(({ troubles }) => troubles.flatMap(({ fromMs, toMs }) => [fromMs, toMs ?? untilMs])),
    ];
    if (instants.length === 0) {
        return undefined;
    }
    const first = instants.reduce((one, other) => Math.min(one, other));
    const last = instants.reduce((one, other) => Math.max(one, other));
    const margin = Math.max(LEAST_MARGIN_MS, (last - first) * MARGIN);
    const scale = { fromMs: Math.max(0, first - margin), toMs: Math.min(untilMs, last + margin) };
    return scale.toMs - scale.fromMs > untilMs * WORTHWHILE ? undefined : scale;
}

/** 0 at the left edge, 1 at the right one, less or more beyond them. */
export function shareOf({ fromMs, toMs }: TimeScale, atMs: number): number {
    return (atMs - fromMs) / (toMs - fromMs);
}

export function instantAt({ fromMs, toMs }: TimeScale, share: number): number {
    return fromMs + share * (toMs - fromMs);
}

export function isShown({ fromMs, toMs }: TimeScale, atMs: number): boolean {
    return atMs >= fromMs && atMs <= toMs;
}
