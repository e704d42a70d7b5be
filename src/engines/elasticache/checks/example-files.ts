/** Files for the pages of codes. */

const REGIONS = ['region us-east-1 { zone a  zone b  zone c }', 'region eu-west-1 { zone a  zone b  zone c }'];

export const MULTI_AZ = 'settings { cluster-mode = enabled  multi-az = enabled }';

/** One cluster with these statements, and what else the file holds. */
export function cluster(statements: readonly string[], version?: string, ...others: readonly string[]): string {
    return file(
        `cluster carts: ${engine(version)} in us-east-1 {`,
        ...statements.map((each) => `  ${each}`),
        '}',
        ...others,
    );
}

/** A sound cluster of three shards with these settings. */
export function withSettings(settings: string, version?: string): string {
    return cluster(
        ['nodes c-[1..6] across zones', 'shards g-[1..3] { replicas 1 }', `settings { ${settings} }`],
        version,
    );
}

/** A Global Datastore of clusters with so many shards each, the first one in the first Region. */
export function globalDatastore({
    copyShards = 3,
    copyPlace = 'eu-west-1',
    settings = 'multi-az = enabled',
    version,
    between,
}: {
    readonly copyShards?: number;
    readonly copyPlace?: string;
    readonly settings?: string;
    readonly version?: string;
    readonly between: string;
}): string {
    const member = (name: string, place: string, shards: number): string =>
        [
            `cluster ${name}: ${engine(version)} in ${place} {`,
            `  nodes ${name}-[1..${String(2 * shards)}] across zones`,
            `  shards g-[1..${String(shards)}] { replicas 1 }`,
            `  settings { ${settings} }`,
            '}',
        ].join('\n');
    return file(member('carts', 'us-east-1', 3), member('copy', copyPlace, copyShards), between);
}

function file(...lines: readonly string[]): string {
    return [...REGIONS, ...lines, ''].join('\n');
}

function engine(version: string | undefined): string {
    return version === undefined ? 'elasticache' : `elasticache "${version}"`;
}
