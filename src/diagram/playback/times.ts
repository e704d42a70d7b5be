/** Entries in order of time. */
/** The last at or before the instant. */
export function latest<T extends { readonly atMs: number }>(changes: readonly T[], atMs: number): T | undefined {
    return changes[countUntil(changes, atMs) - 1];
}

/** How many of the entries, which stand in order of time, lie at or before the instant. */
export function countUntil(entries: readonly { readonly atMs: number }[], atMs: number): number {
    let [low, high] = [0, entries.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((entries[middle]?.atMs ?? Infinity) <= atMs) low = middle + 1;
        else high = middle;
    }
    return low;
}
