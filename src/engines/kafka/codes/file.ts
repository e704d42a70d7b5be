/** The files on the pages of codes. */

export const CONTROLLERS = 'nodes ctl-[1..3] across zones as controller';
export const BROKERS = 'nodes brk-[1..3] across zones as broker';

/** A file with one cluster in three zones: its statements, and what stands behind it. */
export function file(statements: readonly string[], ...behind: readonly string[]): string {
    return inPlaces(['region us-east-1 { zone a  zone b  zone c }'], statements, behind);
}

/** A file with one cluster in these regions, the first of which is `us-east-1`. */
export function inPlaces(
    regions: readonly string[],
    statements: readonly string[],
    behind: readonly string[] = [],
): string {
    return [
        ...regions,
        '',
        'cluster orders: kafka in us-east-1 {',
        ...statements.map((statement) => `  ${statement}`),
        '}',
        ...behind.flatMap((statement) => ['', statement]),
        '',
    ].join('\n');
}

/** A topic with three replicas, two of them in sync, unless the statements say otherwise. */
export function topic(...statements: readonly string[]): string {
    return `topic payments { ${statements.join('  ')} }`;
}

/** The settings block of a topic or cluster. */
export function settings(...entries: readonly string[]): string {
    return `settings { ${entries.join('  ')} }`;
}

export const SOUND_TOPIC = topic('replicas 3', settings('min.insync.replicas = 2'));
export const LOSE_NOTHING = 'objective durable for orders { lose no writes }';
