/** Nodes that one official client leaves alone, each until its penalty is over. */
import type { Penalty } from '../penalty.js';

interface Shunned {
    /** Failures in a row. */
    readonly failures: number;
    readonly untilMs: number;
}

export class ShunnedNodes {
    private readonly nodes = new Map<number, Shunned>();

    constructor(private readonly penalty: Penalty) {}

    /** The node at the position has failed; returns until when it is left alone. */
    failed(position: number, nowMs: number): number {
        const failures = (this.nodes.get(position)?.failures ?? 0) + 1;
        const { firstMs, longestMs } = this.penalty;
        const untilMs = nowMs + Math.min(firstMs * 2 ** (failures - 1), longestMs);
        this.nodes.set(position, { failures, untilMs });
        return untilMs;
    }

    answered(position: number): void {
        this.nodes.delete(position);
    }

    isOver(position: number, nowMs: number): boolean {
        return nowMs >= (this.nodes.get(position)?.untilMs ?? 0);
    }

    /** Of nodes that are all left alone, the one whose penalty is over first; not the avoided one if there is another. */
    first(positions: Iterable<number>, avoided: number): number {
        let [first, firstMs] = [avoided, Infinity];
        for (const position of positions) {
            const untilMs = this.nodes.get(position)?.untilMs ?? 0;
            if (position !== avoided && untilMs < firstMs) {
                [first, firstMs] = [position, untilMs];
            }
        }
        return first;
    }
}
