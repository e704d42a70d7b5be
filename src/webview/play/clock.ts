/** Instants and spans as the timeline writes them. */

/** `0.4 s`, `17 s`, `2 min 5 s`: as long as a bar has room for. */
export function span(ms: number): string {
    if (ms < 10_000) {
        return `${(ms / 1_000).toFixed(1)} s`;
    }
    const seconds = Math.round(ms / 1_000);
    if (seconds < 60) {
        return `${seconds} s`;
    }
    const rest = seconds % 60;
    return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

/** Distances between marks of the ruler that people can read. */
const STEPS_MS = [
    1, 5, 10, 50, 100, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 3_600_000, 21_600_000,
    86_400_000,
];

/** Instants to mark on a ruler between these two, at most `most` and one of them. */
export function ticks(fromMs: number, toMs: number, most: number): readonly number[] {
    const length = toMs - fromMs;
    const step = STEPS_MS.find((each) => length / each <= most) ?? Math.ceil(length / most);
    const first = Math.ceil(fromMs / step);
    return Array.from({ length: Math.floor(toMs / step) - first + 1 }, (_, index) => (first + index) * step);
}

/** `0:35`, and as much of a second as marks so close together need. */
export function tickLabel(atMs: number, all: readonly number[]): string {
    const whole = (part: number): boolean => all.every((each) => each % part === 0);
    return whole(1_000) ? exactly(atMs).slice(0, -4) : whole(100) ? exactly(atMs).slice(0, -2) : exactly(atMs);
}

/** `0:49.312`: what happens within one tenth of a second is told apart. */
export function exactly(ms: number): string {
    const whole = Math.floor(ms);
    const seconds = ((whole % 60_000) / 1_000).toFixed(3).padStart(6, '0');
    return `${Math.floor(whole / 60_000)}:${seconds}`;
}
