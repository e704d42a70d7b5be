/** Files on the pages of what is looked for alike in every system. */

export const WRITES = ['', 'workload browsers {', '  writes web 200/s', '}'];

/** A Redis Cluster in three zones. */
export function sessions(...statements: readonly string[]): string {
    return [
        'region us-east-1 {',
        '  zone a',
        '  zone b',
        '  zone c',
        '}',
        '',
        'cluster sessions: redis in us-east-1 {',
        '  nodes cache-[1..6] across zones',
        ...statements.map((statement) => `  ${statement}`),
        '}',
        '',
    ].join('\n');
}

/** Servers in three zones, and what stands behind them in the file. */
export function servers(statements: readonly string[], behind: readonly string[] = []): string {
    return [
        'region dc {',
        '  zone a',
        '  zone b',
        '  zone c',
        '}',
        '',
        'cluster web: server in dc {',
        ...statements.map((statement) => `  ${statement}`),
        '}',
        ...behind,
        '',
    ].join('\n');
}
