import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Topology } from '../../src/topology/index.js';
import { codesOf, projectFile, read } from './support.js';

const examples = readdirSync(new URL('../../examples', import.meta.url)).filter((name) => name.endsWith('.cluster'));
const beside = Object.fromEntries(examples.map((name) => [name, projectFile(`examples/${name}`)]));

/** Codes of texts that are not understood, as against designs that are objected to. */
function misread(codes: readonly string[]): string[] {
    return codes.filter((code) => /^language\/(syntax|unclosed|range|unit|too-)/.test(code));
}

test('every construct is understood', async () => {
    const document = await read(projectFile('test/language/fixtures/constructs.cluster'));
    expect(misread(codesOf(document))).toEqual([]);
});

test.each(examples)('%s resolves to what it says', async (name) => {
    const document = await read(beside[name]!, beside);
    expect(document.findings).toEqual([]);
    expect(document.broken).toEqual([]);
    await expect(summaryOf(document.topology)).toMatchFileSnapshot(
        `./fixtures/${name.replace('.cluster', '')}.summary.txt`,
    );
});

/** The model in a form that a person can compare with the file. */
function summaryOf(topology: Topology): string {
    const node = (id: number): string => topology.nodes[id]?.qualifiedName ?? '?';
    const lines = [
        ...topology.nodes.map(
            ({ id, zone }) => `node ${node(id)} in ${topology.zones[zone ?? -1]?.qualifiedName ?? 'no zone'}`,
        ),
        ...topology.clusters.flatMap((cluster) => [
            `cluster ${cluster.name}: ${cluster.engine} ${cluster.version ?? 'newest'} · ${cluster.documentation ?? 'undocumented'}`,
            ...cluster.members.map(
                ({ node: id, roles, capacity, priority }) =>
                    `  member ${[node(id), ...roles, capacity ?? '', priority ?? ''].join(' ').trimEnd()}`,
            ),
            ...cluster.endpoints.map(({ source: _, ...endpoint }) => `  endpoint ${JSON.stringify(endpoint)}`),
            ...(cluster.failover ? [`  failover ${JSON.stringify({ ...cluster.failover, source: undefined })}`] : []),
            ...cluster.settings.map(
                ({ key, values }) => `  setting ${key} = ${values.map((value) => value.text).join(', ')}`,
            ),
        ]),
        ...topology.shards.map(
            ({ name, copies, placedBy }) => `shard ${name} on ${copies.map(node).join(', ')} (${placedBy})`,
        ),
        ...topology.workloads.flatMap((workload) =>
            workload.demands.map(
                ({ operation, target, rate }) => `workload ${workload.name}: ${operation} ${target.text} ${rate}/s`,
            ),
        ),
        ...topology.objectives.flatMap((objective) => [
            `objective ${objective.name} for ${objective.targets.map((target) => target.text).join(', ')}`,
            ...objective.clauses.map((clause) => `  ${clause.kind}: ${clause.text}`),
        ]),
        ...topology.scenarios.flatMap((scenario) => [
            `scenario ${scenario.name} "${scenario.title ?? ''}" seed ${scenario.seed} until ${scenario.untilMs} ms`,
            ...scenario.steps.map((step) => `  ${step.atMs} ms ${step.fault.kind}: ${step.text}`),
            ...scenario.expectations.map((expectation) => `  ${expectation.kind}: ${expectation.text}`),
        ]),
    ];
    return `${lines.join('\n')}\n`;
}
