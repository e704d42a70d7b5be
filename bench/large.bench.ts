/** Each system at 1,000 nodes: reading the file, the loss of a zone simulated, and its objectives proved, in CPU time. */
import { readdirSync } from 'node:fs';
import { proveObjective, runScenario, type Verdict } from '../src/analysis/index.js';
import { loadWorkspace } from '../src/language/index.js';
import type { Topology } from '../src/topology/index.js';

/** `cpuMs`: of all threads of the process, those that compile and collect garbage among them. */
interface Timed<Result> {
    readonly result: Result;
    readonly cpuMs: number;
    readonly seconds: string;
}

interface Row {
    readonly what: string;
    readonly value: string;
    readonly limit?: string;
    readonly note?: string;
}

const NODES = Number(process.env.LARGE_NODES ?? 1000);
const LIMIT = 'limit 1 s';
/** A proof that takes longer than this is given up. */
const PROOF_BUDGET_MS = 60_000;

export async function bench(): Promise<Row[]> {
    const rows: Row[] = [];
    const engines = readdirSync('bench/large').map((file) => file.replace(/\.ts$/, ''));
    const wanted = (process.env.LARGE_ENGINES ?? engines.join(' ')).split(/[ ,]+/);
    for (const engine of engines.filter((each) => wanted.includes(each)).sort()) {
        rows.push(...(await large(engine)));
    }
    return rows;
}

async function large(engine: string): Promise<Row[]> {
    const generators = (await import(`./large/${engine}.ts`)) as Record<string, (nodes: number) => string>;
    const text = generators[`${engine}Cluster`]!(NODES);
    const read = async (): Promise<Topology> => {
        const [document] = await loadWorkspace([{ uri: `file:///${engine}.cluster`, text }]);
        const errors = document!.findings.filter(({ severity }) => severity === 'error');
        if (errors.length > 0) {
            throw new Error(`bench/large/${engine}.ts: ${errors.map(({ code, message }) => `${code} ${message}`)[0]}`);
        }
        return document!.topology;
    };
    const rows: Row[] = [];
    const { result: topology, seconds } = await warm(read);
    const size = `${topology.nodes.length} nodes, ${topology.shards.length} shards`;
    rows.push({ what: `${engine}, ${size}: read`, value: seconds, limit: LIMIT });
    const scenario = topology.scenarios.findIndex(({ name }) => name === 'lose-zone');
    const { result: played, seconds: simulated } = await warm(() => runScenario(topology, scenario));
    rows.push({
        what: `${engine}: simulate lose-zone`,
        value: simulated,
        limit: LIMIT,
        note: `${played.verdict.status}, ${played.run.events} events, ${played.run.outages.length} outages`,
    });
    for (const [index, { name }] of topology.objectives.entries()) {
        const { result, seconds: proved } = await timed(() => proofOf(topology, index));
        rows.push({ what: `${engine}: prove ${name}`, value: proved, limit: LIMIT, note: result });
    }
    return rows;
}

async function proofOf(topology: Topology, index: number): Promise<string> {
    return told(await proveObjective(topology, index, { timeoutMs: PROOF_BUDGET_MS, samples: 5 }));
}

function told({ clauses }: Verdict): string {
    return clauses
        .map(({ text, status, sets }) => `${text}: ${status}${sets === undefined ? '' : ` (${sets} sets)`}`)
        .join('; ');
}

/** The best of three goes after a first one, which compiles the code: what else the machine does can only add to a time. */
async function warm<Result>(work: () => Promise<Result>): Promise<Timed<Result>> {
    await work();
    const goes = [await timed(work), await timed(work), await timed(work)];
    return goes.reduce((best, go) => (go.cpuMs < best.cpuMs ? go : best));
}

async function timed<Result>(work: () => Promise<Result>): Promise<Timed<Result>> {
    const before = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    const cpuMs = (user + system) / 1e3;
    return { result, cpuMs, seconds: `${(cpuMs / 1e3).toFixed(2)} s` };
}
