import type { Lane } from '../../diagram/index.js';

/** A span in which equally many lanes are in trouble. */
export interface Density {
    readonly fromMs: number;
    readonly toMs: number;
    readonly count: number;
    /** `count` over all lanes. */
    readonly share: number;
}

/** Spans finer than this are joined under their highest count: nobody could see them. */
const FINEST = 1 / 300;

/** How many of the lanes are in trouble over time; spans without any are left out. */
export function densityOf(lanes: readonly Lane[], untilMs: number): readonly Density[] {
    const width = Math.max(1, untilMs * FINEST);
    const buckets = new Uint32Array(Math.ceil(untilMs / width) + 1);
    for (const { troubles } of lanes) {
        const hit = new Set<number>();
        for (const { fromMs, toMs } of troubles) {
            const last = Math.floor(Math.min(toMs ?? untilMs, untilMs) / width);
            for (let bucket = Math.floor(fromMs / width); bucket <= last; bucket += 1) {
                hit.add(bucket);
            }
        }
        hit.forEach((bucket) => (buckets[bucket] = (buckets[bucket] ?? 0) + 1));
    }
    const spans: Density[] = [];
    for (let bucket = 0; bucket < buckets.length;) {
        const count = buckets[bucket] ?? 0;
        let end = bucket + 1;
        while (end < buckets.length && buckets[end] === count) {
            end += 1;
        }
        if (count > 0) {
            const toMs = Math.min(untilMs, end * width);
            spans.push({ fromMs: bucket * width, toMs, count, share: count / Math.max(1, lanes.length) });
        }
        bucket = end;
    }
    return spans;
}
