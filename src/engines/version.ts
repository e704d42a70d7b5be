/** `valkey 8.0` is the product `valkey` in version 8.0; most engines have one product and their versions no word. */
interface ParsedVersion {
    readonly product: string;
    readonly numbers: readonly number[];
}

/**
 * Whether what holds from version `since` on holds for `version`. The dotted numbers are compared one by one, a missing one
 * is 0. A `since` that names a product speaks of that product alone; one without a word speaks of all.
 */
export function isSince(version: string, since: string): boolean {
    const actual = parse(version);
    const first = parse(since);
    return (first.product === '' || first.product === actual.product) && compare(actual.numbers, first.numbers) >= 0;
}

function parse(version: string): ParsedVersion {
    const words = version.trim().toLowerCase().split(/\s+/);
    const dotted = words.find((word) => /^v?\d/.test(word)) ?? '0';
    return {
        product: words.filter((word) => word !== dotted).join(' '),
        numbers: (dotted.match(/\d+/g) ?? []).map(Number),
    };
}

function compare(a: readonly number[], b: readonly number[]): number {
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
        const difference = (a[i] ?? 0) - (b[i] ?? 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}
