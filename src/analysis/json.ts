/** The reports that machines read. Keys are added, never renamed. Lines are counted from 1, durations are milliseconds. */
import type { Run } from '../simulator/index.js';
import type { ClusterId, NodeId, Operation, Scenario, ShardId, Topology, WorkloadId } from '../topology/index.js';
import { summarise, type OutageSummary } from './summary.js';
import type { ClauseVerdict, Counterexample, ScenarioResult, Status, Verdict } from './verdict.js';
import { lineOf } from './words.js';

/** What the user calls a document. */
export type FileOf = (uri: string) => string;

interface ClauseJson {
    readonly text: string;
    readonly line: number;
    readonly status: Status;
    readonly actual: string;
    readonly valueMs?: number;
    readonly sets?: number;
    readonly method?: string;
    readonly assumptions?: readonly string[];
    readonly counterexample?: Pick<Counterexample, 'faults' | 'scenario'>;
}

interface VerdictJson {
    readonly file: string;
    readonly kind: Verdict['kind'];
    readonly name: string;
    readonly line: number;
    readonly status: Status;
    readonly seed?: number;
    readonly clauses: readonly ClauseJson[];
    readonly notes?: readonly string[];
}

interface ObjectiveJson extends VerdictJson {
    /** Failure sets that were decided for the `tolerate` clauses together. */
    readonly sets: number;
    readonly method: string;
    readonly assumptions: readonly string[];
    readonly elapsedMs: number;
}

export interface TestReport {
    readonly version: 1;
    readonly results: readonly VerdictJson[];
}

export interface ProveReport {
    readonly version: 1;
    readonly results: readonly ObjectiveJson[];
}

/** The report of `test --format json`. */
export function testJson(verdicts: readonly Verdict[], fileOf: FileOf): TestReport {
    return { version: 1, results: verdicts.map((verdict) => verdictJson(verdict, fileOf)) };
}

/** The report of `prove --format json`: the objectives among the verdicts. */
export function proveJson(verdicts: readonly Verdict[], fileOf: FileOf): ProveReport {
    const objectives = verdicts.filter((verdict) => verdict.kind === 'objective');
    return { version: 1, results: objectives.map((verdict) => objectiveJson(verdict, fileOf)) };
}

function verdictJson(verdict: Verdict, fileOf: FileOf): VerdictJson {
    const { kind, name, source, status, seed, clauses, notes } = verdict;
    return {
        file: fileOf(source.uri),
        kind,
        name,
        line: lineOf(source),
        status,
        ...(seed === undefined ? {} : { seed }),
        clauses: clauses.map(clauseJson),
        ...(notes.length === 0 ? {} : { notes }),
    };
}

function objectiveJson(verdict: Verdict, fileOf: FileOf): ObjectiveJson {
    const { clauses, elapsedMs } = verdict;
    return {
        ...verdictJson(verdict, fileOf),
        sets: clauses.filter(isTolerance).reduce((sum, clause) => sum + (clause.sets ?? 0), 0),
        method: [...new Set(clauses.flatMap(({ method }) => method ?? []))].join('; '),
        assumptions: [...new Set(clauses.flatMap(({ assumptions }) => assumptions ?? []))],
        elapsedMs,
    };
}

function isTolerance(clause: ClauseVerdict): boolean {
    return clause.text.startsWith('tolerate');
}

function clauseJson(clause: ClauseVerdict): ClauseJson {
    const { text, source, status, actual, valueMs, sets, method, assumptions, counterexample } = clause;
    return {
        text,
        line: lineOf(source),
        status,
        actual,
        ...(valueMs === undefined ? {} : { valueMs }),
        ...(sets === undefined ? {} : { sets }),
        ...(method === undefined ? {} : { method }),
        ...(assumptions === undefined || assumptions.length === 0 ? {} : { assumptions }),
        ...(counterexample === undefined
            ? {}
            : { counterexample: { faults: counterexample.faults, scenario: counterexample.scenario } }),
    };
}

interface NamedShard {
    readonly cluster: string;
    /** Path under the cluster. */
    readonly shard: string;
}

interface RunJson {
    readonly seed: number;
    readonly traceHash: string;
    readonly events: number;
    readonly untilMs: number;
    readonly faults: Run['faults'];
    readonly outages: readonly (NamedShard & {
        readonly op: Operation;
        readonly fromMs: number;
        readonly toMs: number | null;
        /** When the first of the requests that failed was sent: long after `fromMs`, the last answer, where clients ask rarely. */
        readonly firstFailedMs: number;
        readonly workload?: string;
        /** None of its requests had failed when the run ended; all waited for an answer. */
        readonly pending?: true;
        /** The cluster was a copy of this one, which takes no writes before it is promoted: nothing had failed. */
        readonly copyOf?: string;
    })[];
    readonly leaders: readonly (NamedShard & {
        readonly atMs: number;
        readonly from: string | null;
        readonly to: string | null;
    })[];
    readonly lostWrites: readonly (NamedShard & { readonly count: number })[];
    readonly staleReads: readonly (NamedShard & { readonly count: number })[];
    readonly workloads: readonly {
        readonly name: string;
        readonly op: Operation;
        readonly target: string;
        readonly sent: number;
        readonly ok: number;
        readonly failed: number;
        /** Those of `sent` that had no outcome yet when the run ended; missing: none. */
        readonly waiting?: number;
    }[];
    readonly splitBrains: readonly (NamedShard & {
        readonly fromMs: number;
        readonly toMs: number | null;
        readonly nodes: readonly string[];
    })[];
    /** Leaders that did not know that another led, and could acknowledge nothing: no split brain. */
    readonly deposed: readonly (NamedShard & {
        readonly node: string;
        readonly fromMs: number;
        readonly toMs: number | null;
    })[];
    /** What was found about each expectation of the scenario. */
    readonly expectations: readonly Pick<ClauseJson, 'text' | 'line' | 'status' | 'actual'>[];
    readonly notes: readonly string[];
    /** What nobody documents and the run rests on. */
    readonly assumptions: readonly string[];
}

export interface SimulateReport {
    readonly version: 1;
    readonly scenario: string;
    readonly runs: readonly RunJson[];
    readonly summary: { readonly outages: readonly OutageSummary[] };
}

/** The report of `simulate --format json`: every run, and its outages over all of them. */
export function simulateJson(
    topology: Topology,
    scenario: Pick<Scenario, 'name'>,
    results: readonly ScenarioResult[],
): SimulateReport {
    const runs = results.map(({ run }) => run);
    return {
        version: 1,
        scenario: scenario.name,
        runs: results.map((result) => runJson(topology, result)),
        summary: { outages: summarise(topology, runs) },
    };
}

function runJson(topology: Topology, { run, verdict }: ScenarioResult): RunJson {
    const named = ({ cluster, shard }: { readonly cluster: ClusterId; readonly shard: ShardId }): NamedShard => ({
        cluster: topology.clusters[cluster]?.name ?? '',
        shard: topology.shards[shard]?.name ?? '',
    });
    const node = (id: NodeId | null): string | null => (id === null ? null : (topology.nodes[id]?.name ?? null));
    const led = (shard: ShardId): NamedShard => named({ cluster: topology.shards[shard]?.cluster ?? -1, shard });
    const workload = (id: WorkloadId): string => topology.workloads[id]?.name ?? '';
    return {
        seed: run.seed,
        traceHash: run.traceHash,
        events: run.events,
        untilMs: run.untilMs,
        faults: run.faults.map(({ atMs, text, affected }) => ({ atMs, text, affected })),
        outages: run.outages.map((outage) => ({
            ...named(outage),
            op: outage.operation,
            fromMs: outage.fromMs,
            toMs: outage.toMs,
            firstFailedMs: outage.sentMs,
            ...(outage.workload === undefined ? {} : { workload: workload(outage.workload) }),
            ...(outage.isPending === true && { pending: true as const }),
            ...(outage.copyOf === undefined ? {} : { copyOf: topology.clusters[outage.copyOf]?.name ?? '' }),
        })),
        leaders: run.leaders.map((change) => ({
            atMs: change.atMs,
            ...named(change),
            from: node(change.from),
            to: node(change.to),
        })),
        lostWrites: run.lostWrites.map((entry) => ({ ...named(entry), count: entry.count })),
        staleReads: run.staleReads.map((entry) => ({ ...named(entry), count: entry.count })),
        workloads: run.workloads.map(({ workload: id, operation, demand, sent, ok, failed, waiting = 0 }) => ({
            name: workload(id),
            op: operation,
            target: topology.workloads[id]?.demands[demand]?.target.text ?? '',
            sent: sent + waiting,
            ok,
            failed,
            ...(waiting > 0 && { waiting }),
        })),
        splitBrains: run.splitBrains.map(({ shard, fromMs, toMs, nodes }) => ({
            ...led(shard),
            fromMs,
            toMs,
            nodes: nodes.map((id) => topology.nodes[id]?.name ?? ''),
        })),
        deposed: (run.deposed ?? []).map(({ shard, node: id, fromMs, toMs }) => ({
            ...led(shard),
            node: topology.nodes[id]?.name ?? '',
            fromMs,
            toMs,
        })),
        expectations: verdict.clauses.map(({ text, source, status, actual }) => ({
            text,
            line: lineOf(source),
            status,
            actual,
        })),
        notes: verdict.notes,
        assumptions: (run.assumptions ?? []).flatMap(({ sentence = [] }) => sentence),
    };
}
