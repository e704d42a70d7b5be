/** Lines a second from text to findings, and how long an editor waits for diagnostics and completion in large files. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EmptyFileSystem, URI } from 'langium';
import { collectFindings } from '../src/analysis/index.js';
import { readDocument } from '../src/language/document.js';
import type { Document } from '../src/language/generated/ast.js';
import type { AnalysisPort } from '../src/language/server/analysis-port.js';
import { createCoreServices } from '../src/language/services.js';
import { Client } from '../test/language/client.js';
import { MAIN } from '../test/language/support.js';
import { largeFile } from './large-file.js';

interface Row {
    readonly what: string;
    readonly value: string;
    readonly limit: string;
    readonly note?: string;
}

const RUNS = 15;
const WARM_UP = 5;
const EDITS = 30;

export async function bench(): Promise<Row[]> {
    // First, since what the others leave behind would count as well.
    const kept = await memory(10_000);
    return [
        await reading(10_000),
        ...(await editing(1_000, { diagnostics: 20, completion: 8 })),
        ...(await editing(10_000, { diagnostics: 150, completion: 40 })),
        kept,
    ];
}

/** Parse, link, resolve and all checks, those of the engines included, with a warm parser. */
async function reading(lines: number): Promise<Row> {
    const { cluster, shared } = createCoreServices(EmptyFileSystem.fileSystemProvider);
    const { DocumentBuilder, LangiumDocumentFactory, LangiumDocuments } = shared.workspace;
    const uri = URI.parse(MAIN);
    const text = largeFile(lines);
    const parts = { parse: [] as number[], link: [] as number[], check: [] as number[], all: [] as number[] };
    for (let run = 0; run < WARM_UP + RUNS; run++) {
        const begin = performance.now();
        const document = LangiumDocumentFactory.fromString<Document>(text, uri);
        const parsed = performance.now();
        LangiumDocuments.addDocument(document);
        await DocumentBuilder.build([document], { validation: false });
        const linked = performance.now();
        const { findings } = readDocument(document, cluster, collectFindings);
        const checked = performance.now();
        if (findings.some(({ severity }) => severity === 'error')) throw new Error('The generated text has a mistake.');
        await DocumentBuilder.update([], [uri]);
        if (run < WARM_UP) continue;
        parts.parse.push(parsed - begin);
        parts.link.push(linked - parsed);
        parts.check.push(checked - linked);
        parts.all.push(checked - begin);
    }
    const [parse, link, check] = [median(parts.parse), median(parts.link), median(parts.check)];
    const count = text.split('\n').length;
    const rate = (milliseconds: number): string => Math.round((count / milliseconds) * 1000).toLocaleString('en');
    return {
        what: `parse, link, resolve and check ${String(count)} lines, warm`,
        value: `${rate(median(parts.all))} lines/s`,
        limit: 'goal 40,000 lines/s',
        note: `${parse.toFixed(0)} + ${link.toFixed(0)} + ${check.toFixed(0)} ms, median of ${String(RUNS)}; fastest ${rate(Math.min(...parts.all))} lines/s`,
    };
}

/** Over the protocol, both ends in this process: from the notification that a letter was typed to the answer. */
async function editing(lines: number, goals: { diagnostics: number; completion: number }): Promise<Row[]> {
    const client = await Client.start(NO_ANALYSIS);
    const text = largeFile(lines);
    await client.open(text);
    const diagnostics: number[] = [];
    const completion: number[] = [];
    const position = { line: text.split('\n').lastIndexOf('  settings {') + 1, character: 4 };
    for (let run = 0; run < WARM_UP + RUNS; run++) {
        const begin = performance.now();
        await client.edit(text.replace('zone a', `zone a${String(run)} zone a`));
        const told = performance.now();
        await client.connection.sendRequest('textDocument/completion', { textDocument: { uri: MAIN }, position });
        if (run < WARM_UP) continue;
        diagnostics.push(told - begin);
        completion.push(performance.now() - told);
    }
    client.dispose();
    const row = (what: string, values: readonly number[], goal: number): Row => ({
        what: `${what}, ${lines.toLocaleString('en')} lines`,
        value: `${median(values).toFixed(1)} ms`,
        limit: `goal ${String(goal)} ms`,
        note: `median of ${String(RUNS)}, fastest ${Math.min(...values).toFixed(1)} ms`,
    });
    return [row('edit → diagnostics', diagnostics, goals.diagnostics), row('completion', completion, goals.completion)];
}

/** What the server keeps for one open file after many edits, beside the text itself. */
async function memory(lines: number): Promise<Row> {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const client = await Client.start(NO_ANALYSIS);
    await client.open('region r { zone a }');
    collect();
    const before = process.memoryUsage().heapUsed;
    const text = largeFile(lines);
    for (let edit = 0; edit < EDITS; edit++) await client.edit(text.replace('zone a', `zone a${String(edit)} zone a`));
    collect();
    const kept = process.memoryUsage().heapUsed - before;
    client.dispose();
    return {
        what: `memory for ${lines.toLocaleString('en')} lines after ${String(EDITS)} edits`,
        value: `${(kept / 1e6).toFixed(0)} MB`,
        limit: `the text alone ${(text.length / 1e6).toFixed(1)} MB`,
    };
}

/** Proofs are measured elsewhere. */
const NO_ANALYSIS: AnalysisPort = {
    proveObjective: () => new Promise(() => undefined),
    runScenario: () => new Promise(() => undefined),
    dispose: () => undefined,
};

function median(values: readonly number[]): number {
    return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
