/** Which part of a run the timeline shows, from its left edge to its right one. */
import type { Playback } from '../../diagram/index.js';

export interface TimeScale {
    readonly fromMs: number;
    readonly toMs: number;
}

/** Room before the first change and behind the last one, as a share of the time between them. */
const MARGIN = 0.15;
/** A part that is shorter than this would show nothing of how long something lasts. */
const LEAST_PART_MS = 10_000;

/** A part that is longer than this share of the run shows hardly more than the whole. */
const WORTHWHILE = 0.9;
/** Nothing that is simulated needs a closer look. */
const SHORTEST_MS = 100;

export function wholeRun({ untilMs }: Pick<Playback, 'untilMs'>): TimeScale {
    return { fromMs: 0, toMs: Math.max(1, untilMs) };
}

/** From the first thing that happens in the runs to the last; undefined where that is most of the first, or nothing happens. */
export function eventful(playbacks: readonly Playback[]): TimeScale | undefined {
    const instants = playbacks.flatMap(({ events, lanes }) => [
        ...events.map(({ atMs }) => atMs),
        // That something is not over at the end of the run is nothing that happens there.
        ...lanes.flatMap(({ troubles }) => troubles.flatMap(({ fromMs, toMs }) => [fromMs, toMs ?? fromMs])),
    ]);
    const [playback] = playbacks;
    if (playback === undefined || instants.length === 0) {
        return undefined;
    }
    const first = instants.reduce((one, other) => Math.min(one, other));
    const last = instants.reduce((one, other) => Math.max(one, other));
    const margin = Math.max((LEAST_PART_MS - (last - first)) / 2, (last - first) * MARGIN);
    const scale = { fromMs: Math.max(0, first - margin), toMs: Math.min(playback.untilMs, last + margin) };
    return scale.toMs - scale.fromMs > playback.untilMs * WORTHWHILE ? undefined : scale;
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

/** A shorter or longer part (`factor` below or above 1) in which the instant stays where it is; undefined: the whole run. */
export function magnified(scale: TimeScale, factor: number, atMs: number, untilMs: number): TimeScale | undefined {
    const length = Math.max(SHORTEST_MS, (scale.toMs - scale.fromMs) * factor);
    return length >= untilMs ? undefined : within(atMs - shareOf(scale, atMs) * length, length, untilMs);
}

/** The part moved by as little as shows the instant, with some time around it. */
export function following(scale: TimeScale, atMs: number, untilMs: number): TimeScale {
    const length = scale.toMs - scale.fromMs;
    const room = length * MARGIN;
    const fromMs = Math.min(Math.max(scale.fromMs, atMs - length + room), atMs - room);
    return isShown(scale, atMs) ? scale : within(fromMs, length, untilMs);
}

function within(fromMs: number, length: number, untilMs: number): TimeScale {
    const start = Math.max(0, Math.min(fromMs, untilMs - length));
    return { fromMs: start, toMs: start + length };
}
