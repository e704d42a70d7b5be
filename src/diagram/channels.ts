/** Where lines run so that they neither cover each other nor cross a box. */
import { GRID } from './geometry.js';

/** A horizontal stretch that a link needs in a channel. */
export interface Segment {
    readonly id: string;
    readonly start: number;
    readonly end: number;
    /** Width of the words in its middle. */
    readonly words: number;
}

export interface Tracks {
    readonly of: ReadonlyMap<string, number>;
    readonly count: number;
    /** Distance of two tracks: wider where words stand on them. */
    readonly pitch: number;
}

/** The first track that is free over the segment's whole length; short segments first, so that long ones go round them. */
export function assignTracks(segments: readonly Segment[]): Tracks {
    const tracks: Segment[][] = [];
    const of = new Map<string, number>();
    const spread = segments.map(withRoomForWords);
    const bent = spread.filter((segment) => segment.end - segment.start > 0);
    for (const segment of bent.sort((left, right) => left.end - left.start - (right.end - right.start))) {
        const free = tracks.findIndex((used) =>
            used.every((other) => other.end + GRID <= segment.start || other.start >= segment.end + GRID),
        );
        const track = free === -1 ? tracks.push([]) - 1 : free;
        tracks[track]?.push(segment);
        of.set(segment.id, track);
    }
    return { of, count: tracks.length, pitch: bent.some((segment) => segment.words > 0) ? 3 * GRID : 2 * GRID };
}

function withRoomForWords(segment: Segment): Segment {
    const missing = Math.max(0, segment.words - (segment.end - segment.start)) / 2;
    return { ...segment, start: segment.start - missing, end: segment.end + missing };
}

/**
 * Places on a side from `start` to `end`, as close to the wanted ones (ascending) as a distance of `pitch` allows; the
 * distance shrinks if the side is too short.
 */
export function portsAlong(wanted: readonly number[], start: number, end: number, pitch: number): number[] {
    const distance = Math.min(pitch, (end - start) / Math.max(1, wanted.length - 1));
    const ports: number[] = [];
    for (const place of wanted) {
        const before = ports.at(-1);
        const low = before === undefined ? start : before + distance;
        ports.push(Math.min(Math.max(place, low), end));
    }
    for (let at = ports.length - 1; at > 0; at -= 1) {
        const after = ports[at] ?? end;
        ports[at - 1] = Math.min(ports[at - 1] ?? start, after - distance);
    }
    return ports.map((x) => Math.round(x));
}

/** Left edges of boxes that keep their order and a gap, near the wanted ones and between 0 and `right`. */
export function inOrder(wanted: readonly number[], widths: readonly number[], gap: number, right: number): number[] {
    const edges: number[] = [];
    let low = 0;
    wanted.forEach((x, at) => {
        const edge = Math.max(low, x);
        edges.push(edge);
        low = edge + (widths[at] ?? 0) + gap;
    });
    let high = Math.max(
        right,
        widths.reduce((sum, width) => sum + width + gap, -gap),
    );
    for (let at = edges.length - 1; at >= 0; at -= 1) {
        const edge = Math.min(edges[at] ?? 0, high - (widths[at] ?? 0));
        edges[at] = Math.max(0, Math.round(edge / GRID) * GRID);
        high = edge - gap;
    }
    return edges;
}

interface Interval {
    readonly start: number;
    readonly end: number;
}

/** The vertical line that meets none of the intervals and makes the shortest way from one place to the other. */
export function freeColumn(blocked: readonly Interval[], from: number, to: number, right: number): number {
    const candidates = [from, to, -GRID, right + GRID, ...blocked.flatMap(({ start, end }) => [start, end])];
    const free = candidates.filter((x) => blocked.every(({ start, end }) => x <= start || x >= end));
    const way = (x: number): number => Math.abs(x - from) + Math.abs(x - to);
    return free.reduce((best, x) => (way(x) < way(best) ? x : best), right + GRID * (1 + blocked.length));
}
