import type { Lane } from '../../diagram/index.js';
import type { TimeScale } from './time-scale.js';

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

/** How many of the lanes are in trouble over the shown time; spans without any are left out. */
export function densityOf(lanes: readonly Lane[], scale: TimeScale): readonly Density[] {
    const length = scale.toMs - scale.fromMs;
    const width = Math.max(1, length * FINEST);
    const buckets = new Uint32Array(Math.ceil(length / width) + 1);
    const bucketAt = (atMs: number): number =>
        Math.floor((Math.min(Math.max(atMs, scale.fromMs), scale.toMs) - scale.fromMs) / width);
    for (const { troubles } of lanes) {
        const hit = new Set<number>();
        for (const { fromMs, toMs } of troubles) {
            const last = bucketAt(toMs ?? scale.toMs);
            for (let bucket = bucketAt(fromMs); bucket <= last; bucket += 1) {
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
            const [fromMs, toMs] = [scale.fromMs + bucket * width, Math.min(scale.toMs, scale.fromMs + end * width)];
            spans.push({ fromMs, toMs, count, share: count / Math.max(1, lanes.length) });
        }
        bucket = end;
    }
    return spans;
}
