/** What an engine has to say about a text, as `faultline check` tells it. */
import { collectFindings } from '../../../src/analysis/index.js';
import { engines } from '../../../src/engines/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import type { CodeSpec } from '../../../src/engines/index.js';
import type { Finding, Topology } from '../../../src/topology/index.js';

interface Design {
    readonly topology: Topology;
    readonly findings: readonly Finding[];
}

export async function designOf(text: string): Promise<Design> {
    const [design] = await designsOf([text]);
    return design!;
}

/** The same for many texts that do not import each other: the grammar is prepared once for all of them. */
async function designsOf(texts: readonly string[]): Promise<readonly Design[]> {
    const files = texts.map((text, index) => ({ uri: `file:///test-${index}.cluster`, text }));
    return loadWorkspace(files, { design: collectFindings });
}

export async function findingsOf(text: string): Promise<readonly Finding[]> {
    return (await designOf(text)).findings;
}

/** Codes with their severity, `W aurora/no-reader`, sorted. */
export async function codesIn(text: string): Promise<readonly string[]> {
    return codesOf(await findingsOf(text));
}

export function codesOf(findings: readonly Finding[]): readonly string[] {
    return findings.map(({ code, severity }) => `${severity.charAt(0).toUpperCase()} ${code}`).sort();
}

interface Page {
    readonly code: string;
    readonly example: readonly Finding[];
    readonly remedy: readonly Finding[];
}

/** What is found in the example and in the remedy of every code. */
export async function pagesOf(codes: readonly CodeSpec[]): Promise<readonly Page[]> {
    const designs = await designsOf(codes.flatMap(({ example, remedy }) => [example, remedy]));
    return codes.map(({ code }, index) => ({
        code,
        example: designs[2 * index]!.findings,
        remedy: designs[2 * index + 1]!.findings,
    }));
}

export function pageOf(code: string): CodeSpec {
    const page = engines.flatMap((engine) => engine.codes).find((each) => each.code === code);
    if (page === undefined) {
        throw new Error(`No engine has the code ${code}.`);
    }
    return page;
}

/** Shards with their copies as a table: `g-1: carts-1 in a, carts-2 in b`. */
export function placementTable(topology: Topology, cluster: string): readonly string[] {
    const { shards } = topology.clusters.find(({ name }) => name === cluster)!;
    return shards
        .map((id) => topology.shards[id]!)
        .map(({ name, copies }) => `${name}: ${copies.map((node) => standing(topology, node)).join(', ')}`);
}

function standing({ nodes, zones }: Topology, id: number): string {
    const { name, zone } = nodes[id]!;
    return `${name} in ${zones[zone!]!.name}`;
}
