/** Files for the pages of codes. */

const REGIONS = ['region us-east-1 { zone a  zone b  zone c }', 'region eu-west-1 { zone a  zone b  zone c }'];

/** One cluster with these statements. */
export function cluster(...statements: readonly string[]): string {
    return file(['cluster ledger: aurora in us-east-1 {', ...statements.map((each) => `  ${each}`), '}']);
}

/** A cluster, a second one in the other Region, and what is between them. */
export function twoClusters({
    settings,
    version,
    copyVersion = version,
    copyPlace = 'eu-west-1',
    between,
}: {
    readonly settings?: string;
    readonly version?: string;
    readonly copyVersion?: string;
    readonly copyPlace?: string;
    readonly between: string;
}): string {
    return file(
        [
            `cluster ledger: ${engine(version)} in us-east-1 {`,
            '  nodes db-[1..2] across zones',
            ...(settings === undefined ? [] : [`  settings { ${settings} }`]),
            '}',
        ],
        [`cluster ledger-2: ${engine(copyVersion)} in ${copyPlace} {`, '  nodes copy-[1..2] across zones', '}'],
        [between],
    );
}

function file(...parts: readonly (readonly string[])[]): string {
    return [REGIONS, ...parts].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function engine(version: string | undefined): string {
    return version === undefined ? 'aurora' : `aurora "${version}"`;
}
