/** Which room may know which. A room is a folder directly under src/. */
import type { ImportEdge } from './imports.js';

export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
    topology: [],
    simulator: ['topology'],
    proof: ['topology'],
    engines: ['topology', 'simulator', 'proof'],
    analysis: ['topology', 'simulator', 'proof', 'engines'],
    diagram: ['topology'],
    protocol: ['topology', 'simulator', 'analysis', 'diagram'],
    language: ['topology', 'engines', 'analysis', 'diagram', 'protocol'],
    cli: ['topology', 'simulator', 'proof', 'engines', 'analysis', 'diagram', 'protocol', 'language'],
    extension: ['protocol'],
    webview: ['protocol', 'diagram', 'topology'],
};

/** Packages that only some rooms may import; every other package is free. */
const PACKAGE_OWNERS: readonly { readonly pattern: RegExp; readonly rooms: readonly string[] }[] = [
    { pattern: /^vscode$/, rooms: ['extension'] },
    { pattern: /^vscode-languageclient(\/|$)/, rooms: ['extension'] },
    { pattern: /^(langium|chevrotain|vscode-languageserver)([-/]|$)/, rooms: ['language'] },
    { pattern: /^elkjs(\/|$)/, rooms: ['diagram', 'webview', 'cli'] },
    { pattern: /^node:/, rooms: ['extension', 'language', 'analysis', 'cli'] },
];

/** One sentence for each import that is not allowed. */
export const violationsIn = (edges: readonly ImportEdge[]): string[] =>
    edges.flatMap((edge) => {
        const reason = edge.to.startsWith('src/') ? wrongRoom(edge) : wrongPackage(edge);
        return reason === undefined ? [] : [`${edge.from}:${edge.line} imports ${edge.to}: ${reason}`];
    });

function wrongRoom({ from, to, typeOnly }: ImportEdge): string | undefined {
    const [here, there] = [roomOf(from), roomOf(to)];
    if (here === there) return undefined;
    const allowed = ALLOWED[here];
    if (!allowed) return `${here} is not a known room`;
    if (!allowed.includes(there)) return `${here} must not know ${there}`;
    if (here === 'protocol' && !typeOnly) return 'protocol takes types only from other rooms';
    if (to !== `src/${there}/index.ts`) return `other rooms are imported through their index.ts`;
    return undefined;
}

function wrongPackage({ from, to }: ImportEdge): string | undefined {
    const owner = PACKAGE_OWNERS.find(({ pattern }) => pattern.test(to));
    const room = roomOf(from);
    return owner && !owner.rooms.includes(room) ? `only ${owner.rooms.join(', ')} may` : undefined;
}

const roomOf = (path: string): string => path.split('/')[1] ?? '';
