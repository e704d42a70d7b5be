/** Files that show a code: small, and sound but for the one thing that they show. */

export function file(...lines: readonly string[]): string {
    return `${lines.join('\n')}\n`;
}

/** A region with two zones, and these declarations behind it. */
export function besideRegion(...lines: readonly string[]): string {
    return file('region dc {', '  zone a', '  zone b', '}', '', ...lines);
}

/** Two web servers in two zones, with these statements in their cluster. */
export function webServers(...statements: readonly string[]): string {
    return besideRegion(...cluster('web: server', ['nodes web-[1..2] across zones', ...statements]));
}

/** Two web servers, and these declarations behind their cluster. */
export function besideServers(...lines: readonly string[]): string {
    return `${webServers()}\n${file(...lines)}`;
}

/** Six Redis nodes, with these statements in their cluster. */
export function sixCaches(...statements: readonly string[]): string {
    return besideRegion(...cluster('sessions: redis', ['nodes cache-[1..6] across zones', ...statements]));
}

function cluster(header: string, statements: readonly string[]): readonly string[] {
    return [`cluster ${header} in dc {`, ...statements.map((statement) => `  ${statement}`), '}'];
}
