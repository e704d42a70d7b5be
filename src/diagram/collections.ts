/** Small tools for lists. */

/** The values, each once, in the order of their first appearance. */
export function distinct<T>(values: readonly T[]): T[] {
    return [...new Set(values)];
}

/** How often each value is there, in the order of their first appearance. */
export function counts<T>(values: readonly T[]): Map<T, number> {
    const found = new Map<T, number>();
    for (const value of values) {
        found.set(value, (found.get(value) ?? 0) + 1);
    }
    return found;
}
