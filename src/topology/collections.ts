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

/** The values by key, keys in the order of their first appearance. */
export function groupedBy<K, T>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
    const groups = new Map<K, T[]>();
    for (const value of values) {
        const key = keyOf(value);
        const group = groups.get(key);
        if (group === undefined) {
            groups.set(key, [value]);
        } else {
            group.push(value);
        }
    }
    return groups;
}
