import { hashText } from './random.js';
import type { TraceEvent } from './trace.js';

/** Collects the story of a run. */
export class TraceLog {
    readonly events: TraceEvent[] = [];

    /** @throws Error if the event is said to be due to one that is not told yet */
    add(event: TraceEvent): number {
        if (event.cause >= this.events.length) {
            throw new Error(`Invariant broken at ${event.atMs} ms: "${event.text}" has a cause that is yet to come.`);
        }
        this.events.push(event);
        return this.events.length - 1;
    }

    /**
     * Puts events that were only understood at the end where they belong in time, behind what happened in the same
     * millisecond, and renumbers the causes.
     */
    merge(late: readonly TraceEvent[]): readonly TraceEvent[] {
        const all = [...this.events, ...late];
        const order = all
            .map((_, index) => index)
            .sort((one, other) => all[one]!.atMs - all[other]!.atMs || one - other);
        const place = new Int32Array(all.length);
        order.forEach((index, position) => (place[index] = position));
        return order.map((index) => {
            const event = all[index]!;
            return event.cause < 0 ? event : { ...event, cause: place[event.cause]! };
        });
    }
}

/** Digest of anything that is a history: the same on every machine, and different if one word, time or cause is. */
export class HistoryHash {
    private low = 0x811c9dc5;
    private high = 0x050c5d1f;

    add(text: string): this {
        this.low = hashText(text, this.low);
        this.high = hashText(text, Math.imul(this.high, 31) ^ text.length);
        return this;
    }

    /** 16 hexadecimal digits. */
    toString(): string {
        return [this.high, this.low].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
    }
}
