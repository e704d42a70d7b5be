/** Primaries that have to agree, failed ones counted. */
export function majorityOf(shards: number): number {
    return Math.floor(shards / 2) + 1;
}
