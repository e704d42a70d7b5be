export interface Spread {
    readonly min: number;
    readonly median: number;
    readonly max: number;
}

export function spread(values: readonly number[]): Spread {
    const sorted = [...values].sort((one, other) => one - other);
    return { min: sorted[0]!, median: sorted[sorted.length >> 1]!, max: sorted.at(-1)! };
}

export function seeds(count: number): number[] {
    return Array.from({ length: count }, (_, index) => index + 1);
}
