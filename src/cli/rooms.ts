/** What the commands ask of the rooms beneath. Each room is loaded when it is first asked, so that `check` starts fast. */
import type { ScenarioResult, Verdict } from '../analysis/index.js';
import type { Run } from '../simulator/index.js';
import type { Finding, Objective, Operation, Scenario, Topology } from '../topology/index.js';
import type { SourceFile } from './input/read.js';

export interface Rooms {
    /** Reads the texts together, as one workspace; the documents are in the order of the files. */
    load(files: readonly SourceFile[]): Promise<readonly Document[]>;
    analysis(): Promise<Analysis>;
    /** An SVG of the topology. */
    draw(topology: Topology, theme: Theme): Promise<string>;
}

export interface Document {
    readonly file: SourceFile;
    /** The language's, the shared and the engines' findings, in the order of the text. */
    readonly findings: readonly Finding[];
    readonly topology: Topology;
    /** Whether the text could not be understood well enough to run anything in it. */
    readonly broken: boolean;
}

export interface Analysis {
    prove(topology: Topology, objective: Objective): Promise<Verdict>;
    run(topology: Topology, scenario: Scenario, seed: number): Promise<ScenarioResult>;
    /** The story of one run as plain text. */
    story(topology: Topology, scenario: Scenario, result: ScenarioResult): string;
    /** The report of `test --format json`. */
    testJson(verdicts: readonly Verdict[], fileOf: FileOf): unknown;
    /** The report of `prove --format json`. */
    proveJson(verdicts: readonly Verdict[], fileOf: FileOf): unknown;
    /** The report of `simulate --format json`. */
    simulateJson(topology: Topology, scenario: Scenario, runs: readonly Run[]): SimulateReport;
}

/** What the user calls a document. */
export type FileOf = (uri: string) => string;

/** The part of the JSON of `simulate` that the table for people is made of. */
export interface SimulateReport {
    readonly summary: { readonly outages: readonly OutageSummary[] };
}

/** Outages of one shard over all runs; durations in milliseconds, over those that ended. */
export interface OutageSummary {
    readonly cluster: string;
    readonly shard: string;
    readonly op: Operation;
    readonly n: number;
    readonly minMs: number | null;
    readonly medianMs: number | null;
    readonly p95Ms: number | null;
    readonly maxMs: number | null;
    readonly neverRecovered: number;
}

export const THEMES = ['light', 'dark', 'high-contrast'] as const;
export type Theme = (typeof THEMES)[number];
