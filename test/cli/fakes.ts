import { proveJson, simulateJson, testJson, type ScenarioResult, type Verdict } from '../../src/analysis/index.js';
import type { SourceFile } from '../../src/cli/input/read.js';
import type { Document, Rooms } from '../../src/cli/rooms.js';
import { allCodes, createFormatter, explain, type BrokenDeclaration } from '../../src/language/index.js';
import type { Run } from '../../src/simulator/index.js';
import {
    emptyTopology,
    type Finding,
    type Scenario,
    type SourceRange,
    type Topology,
} from '../../src/topology/index.js';

export function rangeIn(uri: string, line: number, from: number, to: number): SourceRange {
    return { uri, start: { line, character: from }, end: { line, character: to } };
}

/**
 * Rooms that understand a toy language: a line `error TEXT`, `warning TEXT` or `information TEXT` is a finding,
 * `misread` is an error of the text, `scenario NAME STATUS` and `objective NAME STATUS` get that verdict; those whose
 * status is `broken` are not understood.
 */
export function fakeRooms(): Rooms {
    const verdictOf = (topology: Topology, kind: Verdict['kind'], name: string, seed?: number): Verdict => {
        const declared = (kind === 'scenario' ? topology.scenarios : topology.objectives).find((d) => d.name === name);
        const status = (declared?.documentation ?? 'passed') as Verdict['status'];
        const source = declared?.source ?? rangeIn(topology.uri, 0, 0, 1);
        const clause = { text: `expect ${name}`, source, status, actual: `It was ${status}.` };
        const plan = { name: 'shown', source, seed: 1, steps: [], untilMs: 0, expectations: [] };
        const counterexample = { faults: ['zone z.a'], scenario: 'scenario shown {\n}\n', plan, sources: [source] };
        return {
            kind,
            name,
            source,
            status,
            seed,
            clauses: [kind === 'objective' && status === 'failed' ? { ...clause, counterexample } : clause],
            notes: [],
            elapsedMs: 0,
        };
    };
    return {
        load: (files) => Promise.resolve(files.map(parse)),
        explain: () => Promise.resolve({ allCodes: () => allCodes(), explain }),
        formatter: () => Promise.resolve(createFormatter()),
        draw: (_topology, { theme, font = 'plain' }) => Promise.resolve(`<svg class="${theme} ${font}"></svg>`),
        drawPng: (_topology, { theme }) => Promise.resolve(new TextEncoder().encode(`PNG ${theme}`)),
        instantOf: () => Promise.reject(new Error('The fake draws no instants.')),
        drawMermaid: () => Promise.resolve('flowchart TB\n'),
        drawJson: () => Promise.reject(new Error('The fake draws no JSON.')),
        analysis: () =>
            Promise.resolve({
                prove: (topology, { name }) => Promise.resolve(verdictOf(topology, 'objective', name)),
                run: (topology, { name }, seed): Promise<ScenarioResult> =>
                    Promise.resolve({ verdict: verdictOf(topology, 'scenario', name, seed), run: emptyRun(seed) }),
                minimise: () => Promise.resolve(undefined),
                story: (_topology, { verdict, run }) => `${verdict.name} ran with seed ${run.seed}.\n✓ it held`,
                testJson,
                proveJson,
                simulateJson: (topology, scenario, results) => ({
                    ...simulateJson(topology, scenario, results),
                    summary: {
                        outages: [
                            {
                                cluster: 'web',
                                shard: 'web',
                                op: 'read',
                                n: 2,
                                minMs: 340,
                                medianMs: 17_400,
                                p95Ms: 125_000,
                                maxMs: null,
                                neverRecovered: 1,
                            },
                        ],
                    },
                }),
            }),
    };
}

function parse(file: SourceFile): Document {
    const findings: Finding[] = [];
    const scenarios: Scenario[] = [];
    const objectives: Topology['objectives'][number][] = [];
    const broken: BrokenDeclaration[] = [];
    for (const [index, line] of file.text.split('\n').entries()) {
        const [word = '', name = '', status] = line.split(' ');
        const source = rangeIn(file.uri, index, 0, word.length);
        if (word === 'error' || word === 'warning' || word === 'information') {
            const message = line.slice(word.length + 1);
            findings.push({ code: `toy/${word}`, severity: word, message, help: 'Mend it.', source });
        } else if (word === 'misread') {
            const rest = { severity: 'error', message: 'What is this?', help: 'Mend it.' } as const;
            findings.push({ code: 'language/syntax', source, ...rest });
        }
        if (status === 'broken' && (word === 'scenario' || word === 'objective')) {
            broken.push({ kind: word, name, source, message: 'It rests on an error.' });
        } else if (word === 'scenario') {
            const rest = { seed: 7, steps: [], untilMs: 1000, expectations: [], documentation: status };
            scenarios.push({ name, source, ...rest });
        } else if (word === 'objective') {
            objectives.push({ name, source, targets: [], clauses: [], documentation: status });
        }
    }
    // Something to draw.
    const regions = [{ id: 0, name: 'r', zones: [], source: rangeIn(file.uri, 0, 0, 0) }];
    return {
        file,
        findings,
        broken,
        topology: { ...emptyTopology(file.uri), regions, scenarios, objectives },
    };
}

export function emptyRun(seed: number): Run {
    const none = { faults: [], outages: [], leaders: [], lostWrites: [], staleReads: [], workloads: [] };
    const trace: Run['trace'] = [{ atMs: 5, kind: 'fault', text: 'It struck.', cause: -1 }];
    return {
        seed,
        traceHash: '0123456789abcdef',
        events: 1,
        untilMs: 1000,
        ...none,
        splitBrains: [],
        processes: [],
        links: [],
        capacity: [],
        states: [],
        windows: [],
        untouchedByLoss: [],
        lateClusters: [],
        trace,
    };
}
