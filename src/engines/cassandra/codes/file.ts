/** The files on the pages of codes. */

const ONE_REGION = ['region us-east-1 { zone a  zone b  zone c }'];
const TWO_REGIONS = [...ONE_REGION, 'region eu-west-1 { zone a  zone b  zone c }'];

export const SIX_NODES = 'nodes use-[1..6] across us-east-1';
export const SIX_MORE = 'nodes euw-[1..6] across eu-west-1';
export const THREE_COPIES = keyspace('replicas 3');
export const THREE_IN_EACH = keyspace('replicas us-east-1 3, eu-west-1 3');

/** A file with one cluster in one region with three zones: its statements, and what stands behind it. */
export function file(statements: readonly string[], ...behind: readonly string[]): string {
    return text(ONE_REGION, statements, behind);
}

/** The same in two regions. */
export function twoRegions(statements: readonly string[], ...behind: readonly string[]): string {
    return text(TWO_REGIONS, statements, behind);
}

export function keyspace(...statements: readonly string[]): string {
    return `keyspace users { ${statements.join('  ')} }`;
}

/** A workload in us-east-1 that reads and writes with these consistencies. */
export function app(reads: string, writes: string): string {
    return [
        'workload app in us-east-1.b {',
        `  reads  profiles.users 900/s with consistency = ${reads}`,
        `  writes profiles.users 300/s with consistency = ${writes}`,
        '}',
    ].join('\n');
}

function text(regions: readonly string[], statements: readonly string[], behind: readonly string[]): string {
    return [
        ...regions,
        '',
        'cluster profiles: cassandra {',
        ...statements.map((statement) => `  ${statement}`),
        '}',
        ...behind.flatMap((statement) => ['', statement]),
        '',
    ].join('\n');
}
