/**
 * The event queue: a timing wheel of one-millisecond slots, with a heap for what lies beyond its horizon.
 *
 * Events come out ordered by (time, priority, sequence of scheduling), so ties are never left to chance. Scheduling and
 * taking are O(1) inside the horizon, which holds nearly everything that failure detectors and clients ask for.
 */
const SLOTS = 1 << 14;
const SLOT_MASK = SLOTS - 1;
const WORDS = SLOTS >>> 5;
const NONE = -1;

/** What happens first in one millisecond: faults strike, then systems react, then clients look. */
export const enum Priority {
    fault = 0,
    system = 1,
    client = 2,
}
const PRIORITIES = 3;

export class EventQueue {
    /** Fields of the event that {@link take} took last. */
    time = 0;
    handler = 0;
    a = 0;
    b = 0;

    private readonly head = new Int32Array(SLOTS * PRIORITIES).fill(NONE);
    private readonly tail = new Int32Array(SLOTS * PRIORITIES).fill(NONE);
    /** One bit per slot that holds an event. */
    private readonly occupied = new Int32Array(WORDS);
    private readonly far = new FarHeap();

    private capacity = 1024;
    private next = new Int32Array(this.capacity);
    private times = new Float64Array(this.capacity);
    private handlers = new Int32Array(this.capacity);
    private as = new Int32Array(this.capacity);
    private bs = new Int32Array(this.capacity);
    private priorities = new Uint8Array(this.capacity);
    private free = NONE;
    private used = 0;
    private near = 0;

    get size(): number {
        return this.near + this.far.size;
    }

    /** `time` is a whole number of milliseconds, not before the time of the last event taken. */
    schedule(time: number, priority: Priority, handler: number, a: number, b: number): void {
        const event = this.free !== NONE ? this.free : this.used;
        if (event === this.free) {
            this.free = this.next[event]!;
        } else {
            if (this.used === this.capacity) {
                this.grow();
            }
            this.used++;
        }
        this.times[event] = time;
        this.priorities[event] = priority;
        this.handlers[event] = handler;
        this.as[event] = a;
        this.bs[event] = b;
        if (time - this.time < SLOTS) {
            this.link(event, time, priority);
        } else {
            this.far.push(time, event);
        }
    }

    /**
     * Takes the first event that is due at or before `limit` into {@link time}, {@link handler}, {@link a} and {@link b};
     * false if there is none.
     */
    take(limit: number): boolean {
        if (this.near === 0) {
            if (this.far.size === 0 || this.far.firstTime() > limit) {
                return false;
            }
            this.advance(this.far.firstTime());
        }
        const time = this.nextTime();
        if (time > limit) {
            return false;
        }
        if (time !== this.time) {
            this.advance(time);
        }
        this.unlink(time & SLOT_MASK);
        return true;
    }

    /** Lets time pass in which nothing is due. */
    idleUntil(time: number): void {
        if (time > this.time) {
            this.advance(time);
        }
    }

    private link(event: number, time: number, priority: number): void {
        const slot = time & SLOT_MASK;
        const list = slot * PRIORITIES + priority;
        this.next[event] = NONE;
        const last = this.tail[list]!;
        if (last === NONE) {
            this.head[list] = event;
            this.occupied[slot >>> 5]! |= 1 << (slot & 31);
        } else {
            this.next[last] = event;
        }
        this.tail[list] = event;
        this.near++;
    }

    private unlink(slot: number): void {
        const first = slot * PRIORITIES;
        let list = first;
        while (this.head[list] === NONE) {
            list++;
        }
        const event = this.head[list]!;
        const following = this.next[event]!;
        this.head[list] = following;
        if (following === NONE) {
            this.tail[list] = NONE;
            if (this.head[first] === NONE && this.head[first + 1] === NONE && this.head[first + 2] === NONE) {
                this.occupied[slot >>> 5]! &= ~(1 << (slot & 31));
            }
        }
        this.handler = this.handlers[event]!;
        this.a = this.as[event]!;
        this.b = this.bs[event]!;
        this.next[event] = this.free;
        this.free = event;
        this.near--;
    }

    /** Time of the first event inside the horizon; asked only when there is one. */
    private nextTime(): number {
        const start = this.time & SLOT_MASK;
        let word = start >>> 5;
        let bits = this.occupied[word]! & (-1 << (start & 31));
        for (let scanned = 0; bits === 0; scanned++) {
            if (scanned > WORDS) {
                throw new Error('The event queue counts an event that no slot holds.');
            }
            word = (word + 1) % WORDS;
            bits = this.occupied[word]!;
        }
        const slot = (word << 5) | (31 - Math.clz32(bits & -bits));
        return this.time + ((slot - start) & SLOT_MASK);
    }

    /** Moves the horizon: far events that it now covers enter the wheel before anything new can. */
    private advance(time: number): void {
        this.time = time;
        while (this.far.size > 0 && this.far.firstTime() - time < SLOTS) {
            const event = this.far.pop();
            this.link(event, this.times[event]!, this.priorities[event]!);
        }
    }

    private grow(): void {
        this.capacity *= 2;
        this.next = copyInto(new Int32Array(this.capacity), this.next);
        this.times = copyInto(new Float64Array(this.capacity), this.times);
        this.handlers = copyInto(new Int32Array(this.capacity), this.handlers);
        this.as = copyInto(new Int32Array(this.capacity), this.as);
        this.bs = copyInto(new Int32Array(this.capacity), this.bs);
        this.priorities = copyInto(new Uint8Array(this.capacity), this.priorities);
    }
}

function copyInto<T extends Int32Array | Float64Array | Uint8Array>(target: T, source: T): T {
    target.set(source);
    return target;
}

/** A binary heap of events by (time, sequence of arrival). */
class FarHeap {
    private readonly entries: { readonly time: number; readonly sequence: number; readonly event: number }[] = [];
    private sequence = 0;

    get size(): number {
        return this.entries.length;
    }

    firstTime(): number {
        return this.entries[0]!.time;
    }

    push(time: number, event: number): void {
        const entry = { time, sequence: this.sequence++, event };
        let index = this.entries.length;
        this.entries.push(entry);
        while (index > 0) {
            const parent = (index - 1) >>> 1;
            if (!before(entry, this.entries[parent]!)) {
                break;
            }
            this.entries[index] = this.entries[parent]!;
            index = parent;
        }
        this.entries[index] = entry;
    }

    pop(): number {
        const first = this.entries[0]!;
        const last = this.entries.pop()!;
        const size = this.entries.length;
        if (size > 0) {
            let index = 0;
            for (;;) {
                let child = 2 * index + 1;
                if (child >= size) {
                    break;
                }
                if (child + 1 < size && before(this.entries[child + 1]!, this.entries[child]!)) {
                    child++;
                }
                if (!before(this.entries[child]!, last)) {
                    break;
                }
                this.entries[index] = this.entries[child]!;
                index = child;
            }
            this.entries[index] = last;
        }
        return first.event;
    }
}

function before(
    one: { readonly time: number; readonly sequence: number },
    other: { readonly time: number; readonly sequence: number },
): boolean {
    return one.time < other.time || (one.time === other.time && one.sequence < other.sequence);
}
