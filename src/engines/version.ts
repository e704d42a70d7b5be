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

/** How a version stands to those that an engine knows: among them, before or behind them, or of another product. */
export type VersionStanding = 'known' | 'older' | 'newer' | 'another product' | 'no number';

/** @param known oldest first within each product; not empty. Only major and minor numbers count. */
export function versionStanding(version: string, known: readonly string[]): VersionStanding {
    if (!/\d/.test(version)) {
        return 'no number';
    }
    const { product, numbers } = parse(version);
    const ofProduct = known.map(parse).filter((each) => each.product === product);
    const [oldest, newest] = [ofProduct[0], ofProduct.at(-1)];
    if (oldest === undefined || newest === undefined) {
        return 'another product';
    }
    const release = numbers.slice(0, 2);
    if (compare(release, oldest.numbers.slice(0, 2)) < 0) {
        return 'older';
    }
    return compare(release, newest.numbers.slice(0, 2)) > 0 ? 'newer' : 'known';
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
