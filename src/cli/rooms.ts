/** What the commands ask of the rooms beneath. Each room is loaded when it is first asked, so that `check` starts fast. */
import type {
    FileOf,
    Minimised,
    ProveReport,
    ScenarioResult,
    SimulateReport,
    TestReport,
    Verdict,
} from '../analysis/index.js';
import type { DrawOptions, PlacedDrawing, ShownInstant } from '../diagram/index.js';
import type { BrokenDeclaration, CodePage, Explanation, TextFormatter } from '../language/index.js';
import type { Finding, Objective, Scenario, Topology } from '../topology/index.js';
import type { SourceFile } from './input/read.js';

export interface Rooms {
    /** Reads the texts and what they import, as one workspace; the documents are in the order of the files. */
    load(files: readonly SourceFile[], cwd: string): Promise<readonly Document[]>;
    analysis(): Promise<Analysis>;
    explain(): Promise<Explain>;
    formatter(): Promise<TextFormatter>;
    /** An SVG of the topology. */
    draw(topology: Topology, look: DrawOptions): Promise<string>;
    /** The same as a PNG. Throws a MisuseError where there is no program that makes one. */
    drawPng(topology: Topology, look: DrawOptions): Promise<Uint8Array>;
    /** What a picture shows of a run at an instant, in milliseconds from its start. */
    instantOf(topology: Topology, result: ScenarioResult, atMs: number): Promise<ShownInstant>;
    drawMermaid(topology: Topology): Promise<string>;
    drawJson(topology: Topology): Promise<PlacedDrawing>;
}

export interface Document {
    readonly file: SourceFile;
    /** The language's, the shared and the engines' findings, in the order of the text. */
    readonly findings: readonly Finding[];
    readonly topology: Topology;
    /** Objectives and scenarios that the topology leaves out, because something that they rest on is not understood. */
    readonly broken: readonly BrokenDeclaration[];
}

export interface Analysis {
    /** What is not decided after `timeoutMs` is not proved; unlimited unless said. */
    prove(topology: Topology, objective: Objective, timeoutMs?: number): Promise<Verdict>;
    run(topology: Topology, scenario: Scenario, seed: number): Promise<ScenarioResult>;
    /** The least of a scenario that fails as it does with this seed; undefined if it does not fail. */
    minimise(topology: Topology, scenario: Scenario, seed: number): Promise<Minimised | undefined>;
    /** The story of one run as plain text. */
    story(topology: Topology, result: ScenarioResult): string;
    /** The report of `test --format json`. */
    testJson(verdicts: readonly Verdict[], fileOf: FileOf): TestReport;
    /** The report of `prove --format json`. */
    proveJson(verdicts: readonly Verdict[], fileOf: FileOf): ProveReport;
    /** The report of `simulate --format json`. */
    simulateJson(topology: Topology, scenario: Scenario, results: readonly ScenarioResult[]): SimulateReport;
}

interface Explain {
    allCodes(): readonly CodePage[];
    /** Of a code, of an engine, or of an engine's setting. */
    explain(word: string, setting?: string): Explanation;
}

export type { CodePage, Explanation };

export const THEMES = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;
export type Theme = (typeof THEMES)[number];

export const DRAWING_FORMATS = ['svg', 'png', 'mermaid', 'json'] as const;
export type DrawingFormat = (typeof DRAWING_FORMATS)[number];
