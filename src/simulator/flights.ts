import type { Cause, NodeOrNone } from './behaviour.js';
import type { ClientStream } from './client-stream.js';

/** One try of a request, from when it is made until its client gives it up. */
export interface Try {
    readonly stream: ClientStream;
    readonly index: number;
    readonly attempt: number;
    readonly sinceMs: number;
    readonly untilMs: number;
}

/** A request that waits for its next try, for an answer, or for its client to give up. */
export interface Flight extends Try {
    readonly previous: NodeOrNone;
    readonly reason: string;
    readonly cause: Cause;
    /** What the behaviour recognises the try by, if somebody has it who may answer yet. */
    readonly held: number | undefined;
    /** Whether the try is over, and only the pause before the next one is not. */
    readonly pauses?: boolean;
}

/** All requests under way. A flight is known by its slot, and by its generation as long as it is under way. */
export class Flights {
    private readonly slots: (Flight | undefined)[] = [];
    private readonly generations: number[] = [];
    private readonly free: number[] = [];
    /** Slots of tries that somebody has, in the order in which they were made. */
    private readonly held = new Map<ClientStream, Map<number, Set<number>>>();

    /** Slot and generation. */
    add(flight: Flight): readonly [slot: number, generation: number] {
        const slot = this.free.pop() ?? this.slots.length;
        this.slots[slot] = flight;
        this.generations[slot] = (this.generations[slot] ?? 0) + 1;
        if (flight.held !== undefined) {
            const tries = this.held.get(flight.stream) ?? new Map<number, Set<number>>();
            const alike = tries.get(flight.held) ?? new Set<number>();
            this.held.set(flight.stream, tries.set(flight.held, alike.add(slot)));
        }
        return [slot, this.generations[slot]];
    }

    /** Ends the flight; undefined if it has ended before. */
    take(slot: number, generation: number): Flight | undefined {
        return this.generations[slot] === generation ? this.remove(slot) : undefined;
    }

    /** Ends and returns the stream's flights that somebody has under this number, in order. */
    takeHeld(stream: ClientStream, held: number): readonly Flight[] {
        return [...(this.held.get(stream)?.get(held) ?? [])].flatMap((slot) => this.remove(slot) ?? []);
    }

    /** One flight for each number under which somebody has tries of this stream. */
    heldOf(stream: ClientStream): readonly Flight[] {
        const tries = this.held.get(stream);
        return tries === undefined ? [] : [...tries.values()].flatMap(([slot]) => this.slots[slot ?? -1] ?? []);
    }

    *[Symbol.iterator](): Iterator<Flight> {
        for (const flight of this.slots) {
            if (flight !== undefined) {
                yield flight;
            }
        }
    }

    private remove(slot: number): Flight | undefined {
        const flight = this.slots[slot];
        if (flight === undefined) {
            return undefined;
        }
        this.slots[slot] = undefined;
        this.free.push(slot);
        if (flight.held !== undefined) {
            const tries = this.held.get(flight.stream)!;
            const alike = tries.get(flight.held)!;
            alike.delete(slot);
            if (alike.size === 0) {
                tries.delete(flight.held);
            }
        }
        return flight;
    }
}
