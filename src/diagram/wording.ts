/** Small pieces of the sentences that a drawing says, and of the lists that they are made from. */

const figures = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

export function figure(value: number): string {
    return figures.format(value);
}

/** `1 node`, `2,000 nodes`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
    return `${figure(count)} ${count === 1 ? singular : plural}`;
}

/** `a`, `a and b`, `a, b and c`; beyond `limit` names the rest is counted. */
export function listed(names: readonly string[], limit = 6): string {
    if (names.length > limit) {
        return `${names.slice(0, limit).join(', ')} and ${figure(names.length - limit)} more`;
    }
    return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** Milliseconds as a person writes them: `250 ms`, `15 s`, `10 min`. */
export function duration(ms: number): string {
    if (ms < 1_000) {
        return `${figure(ms)} ms`;
    }
    return ms < 120_000 ? `${figure(ms / 1_000)} s` : `${figure(ms / 60_000)} min`;
}

/** The values, each once, in the order of their first appearance. */
export function distinct<T>(values: readonly T[]): T[] {
    return [...new Set(values)];
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
