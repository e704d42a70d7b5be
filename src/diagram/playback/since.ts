/** Since when nodes have done nothing and shards have had no leader, and between which instants no such thing changes. */
import type { LeaderHistory, NodeHistory, Playback } from './playback.js';
import { countUntil } from './times.js';

export interface Vacancy {
    /** Id of the drawn node that led last, if any did. */
    readonly last?: string;
    readonly sinceMs: number;
}

/** By lane that nobody leads. */
export function vacanciesAt(histories: readonly LeaderHistory[], atMs: number): ReadonlyMap<string, Vacancy> {
    return new Map(
        histories.flatMap(({ lane, changes }) => {
            const at = countUntil(changes, atMs) - 1;
            if (changes[at]?.node !== null) {
                return [];
            }
            const led = changes.slice(0, at).findLastIndex(({ node }) => node !== null);
            const last = changes[led]?.node ?? undefined;
            return [[lane, { sinceMs: changes[led + 1]?.atMs ?? 0, ...(last && { last }) }] as const];
        }),
    );
}

/** Since when a process that neither runs nor is thawed has been so. */
export function stillness(changes: NodeHistory['changes'], atMs: number): { readonly stillSinceMs?: number } {
    const until = changes.slice(0, countUntil(changes, atMs));
    const stillSinceMs = until[until.findLastIndex(({ state }) => state === 'serving') + 1]?.atMs;
    return stillSinceMs === undefined ? {} : { stillSinceMs };
}

/** How many instants there were at which links may have begun to look otherwise. */
export function eraAt(playback: Playback, atMs: number): string {
    const times =
        turns.get(playback) ??
        [...playback.nodes, ...playback.leaders, ...playback.sending, { changes: playback.reach }]
            .flatMap<{ readonly atMs: number }>(({ changes }) => changes)
            .sort((one, other) => one.atMs - other.atMs);
    turns.set(playback, times);
    return `${playback.traceHash} ${countUntil(times, atMs)}`;
}

const turns = new WeakMap<Playback, readonly { readonly atMs: number }[]>();
