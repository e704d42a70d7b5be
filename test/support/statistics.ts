/** The middle value; of two middle values the lower. Throws for an empty list. */
export function median(values: readonly number[]): number {
    const sorted = values.toSorted((one, other) => one - other);
    const middle = sorted[Math.floor((sorted.length - 1) / 2)];
    if (middle === undefined) {
        throw new Error('There is no median of nothing.');
    }
    return middle;
}
