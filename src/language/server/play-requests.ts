import type { CancellationToken, Connection } from 'vscode-languageserver';
import { report } from '../../analysis/index.js';
import {
    BASIS_REQUEST,
    PLAY_REQUEST,
    RUN_TEST_REQUEST,
    SAVE_SCENARIO_REQUEST,
    TESTS_REQUEST,
    type LiveParams,
    type PlayParams,
    type PlayReply,
    type RunTestParams,
    type RunTestReply,
    type SaveScenarioParams,
    type SaveScenarioReply,
    type TestItem,
    type TestsParams,
} from '../../protocol/index.js';
import type { Scenario } from '../../topology/index.js';
import type { DocumentResult } from '../document.js';
import type { EditorServices } from '../editor/services.js';
import { basisOf } from '../play/basis.js';
import { scenarioOf, withScenario, type LiveRun } from '../play/live.js';
import { playbackOf } from '../play/playback.js';
import { scenarioToSave } from '../play/save.js';
import type { AnalysisPort } from './analysis-port.js';
import { read, type ReadText } from './read.js';

type Refusal = { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly message: string };

/** Runs that are watched, saved or asked about by the Testing view. */
export function addPlayRequests(connection: Connection, services: EditorServices, analysis: AnalysisPort): void {
    connection.onRequest(PLAY_REQUEST, (params: PlayParams, token: CancellationToken) =>
        answered(params.uri, services, token, (found) => play(found, params, analysis, token)),
    );
    connection.onRequest(BASIS_REQUEST, async (params: PlayParams) => {
        const found = await read(params.uri, services);
        return found ? basisOf(found.result.topology, params) : null;
    });
    connection.onRequest(SAVE_SCENARIO_REQUEST, (params: SaveScenarioParams, token: CancellationToken) =>
        answered(params.uri, services, token, (found) => save(found, params, analysis, token)),
    );
    connection.onRequest(RUN_TEST_REQUEST, (params: RunTestParams, token: CancellationToken) =>
        answered(params.uri, services, token, (found) => runTest(found, params, analysis, token)),
    );
    connection.onRequest(TESTS_REQUEST, (params: TestsParams) => tests(params, services));
}

/** A request about a text that the server knows; what goes wrong is said, not thrown. */
async function answered<T>(
    uri: string,
    services: EditorServices,
    token: CancellationToken,
    answer: (found: ReadText) => Promise<T>,
): Promise<T | Refusal> {
    try {
        const found = await read(uri, services);
        if (!found) return { kind: 'failed', message: 'This file has not been read.' };
        const reply = await answer(found);
        return token.isCancellationRequested ? { kind: 'cancelled' } : reply;
    } catch (error) {
        if (token.isCancellationRequested) return { kind: 'cancelled' };
        return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
}

async function play(
    { result }: ReadText,
    params: PlayParams,
    analysis: AnalysisPort,
    token: CancellationToken,
): Promise<PlayReply> {
    const { topology } = result;
    const basis = basisOf(topology, params);
    const seed = params.seed === undefined ? {} : { seed: params.seed };
    if (params.kind === 'scenario') {
        const ran = await analysis.runScenario(topology, scenarioIndex(result, params.name), seed, token);
        return { kind: 'done', playback: playbackOf(topology, ran, params.name), basis };
    }
    if (params.kind === 'counterexample') {
        const plan = await counterexampleOf(result, params.objective, analysis, token);
        const shown = withScenario(topology, plan);
        const ran = await analysis.runScenario(shown.topology, shown.index, {}, token);
        return { kind: 'done', playback: playbackOf(shown.topology, ran, plan.name), basis };
    }
    refuseErrors(result);
    const live = withScenario(topology, scenarioOf(topology, await liveRun(result, params, analysis, token)));
    const ran = await analysis.runScenario(live.topology, live.index, seed, token);
    return { kind: 'done', playback: playbackOf(topology, ran), basis };
}

/** The steps, and the scenario that goes on with them as the present text has it. */
async function liveRun(
    result: DocumentResult,
    { steps, seed, after }: LiveParams,
    analysis: AnalysisPort,
    token: CancellationToken,
): Promise<LiveRun> {
    const run = { steps, ...(seed === undefined ? {} : { seed }) };
    if (!after) return run;
    const { what, untilMs } = after;
    const scenario =
        what.kind === 'scenario'
            ? result.topology.scenarios[scenarioIndex(result, what.name)]
            : await counterexampleOf(result, what.objective, analysis, token);
    return { ...run, ...(scenario && { after: { scenario, untilMs } }) };
}

/**
 * Proved anew: what was proved before need not be about the present text.
 *
 * @throws Error where there is none
 */
async function counterexampleOf(
    result: DocumentResult,
    objective: string,
    analysis: AnalysisPort,
    token: CancellationToken,
): Promise<Scenario> {
    const verdict = await analysis.proveObjective(result.topology, objectiveIndex(result, objective), token);
    const plan = verdict.clauses.find(({ counterexample }) => counterexample)?.counterexample?.plan;
    if (!plan) throw new Error(`Nothing that breaks '${objective}' was found, so there is nothing to show.`);
    return plan;
}

async function save(
    { document, result }: ReadText,
    params: SaveScenarioParams,
    analysis: AnalysisPort,
    token: CancellationToken,
): Promise<SaveScenarioReply> {
    refuseErrors(result);
    const wish = await liveRun(result, params, analysis, token);
    return scenarioToSave(result.topology, document.textDocument.getText(), wish, (topology, index) =>
        analysis.runScenario(topology, index, {}, token),
    );
}

async function runTest(
    { result }: ReadText,
    { kind, name }: RunTestParams,
    analysis: AnalysisPort,
    token: CancellationToken,
): Promise<RunTestReply> {
    const { topology } = result;
    if (kind === 'objective') {
        const verdict = await analysis.proveObjective(topology, objectiveIndex(result, name), token);
        return { kind: 'done', verdict, report: '' };
    }
    const ran = await analysis.runScenario(topology, scenarioIndex(result, name), {}, token);
    return { kind: 'done', verdict: ran.verdict, report: report(topology, ran), traceHash: ran.run.traceHash };
}

/** @throws Error where a text with an error in it would be run: what was left out of it would be another system */
function refuseErrors({ findings }: DocumentResult): void {
    const error = findings.find(({ severity, runs }) => severity === 'error' && runs !== true);
    if (error) {
        const line = String(error.source.start.line + 1);
        throw new Error(`Nothing can be simulated while there is an error in line ${line}: ${error.message}`);
    }
}

/** @throws Error that says why there is no such scenario, or why it cannot be run */
export function scenarioIndex(result: DocumentResult, name: string): number {
    return indexOf(result, 'scenario', name, result.topology.scenarios);
}

function objectiveIndex(result: DocumentResult, name: string): number {
    return indexOf(result, 'objective', name, result.topology.objectives);
}

function indexOf(
    { broken }: DocumentResult,
    kind: TestItem['kind'],
    name: string,
    declared: readonly { readonly name: string }[],
): number {
    const index = declared.findIndex((each) => each.name === name);
    if (index >= 0) return index;
    const reason = broken.find((each) => each.kind === kind && each.name === name)?.message;
    throw new Error(reason ?? `There is no ${kind} '${name}' in this file.`);
}

async function tests({ uri }: TestsParams, services: EditorServices): Promise<TestItem[]> {
    const found = await read(uri, services);
    return found ? testsOf(found.result) : [];
}

/** In the file's order, those among them that are not understood. */
function testsOf({ topology: { objectives, scenarios }, broken }: DocumentResult): TestItem[] {
    return [
        ...objectives.map((each) => itemOf('objective', each)),
        ...scenarios.map((each) => itemOf('scenario', each)),
        ...broken.map((each) => ({ ...itemOf(each.kind, each), problem: each.message })),
    ].sort((one, other) => one.source.start.line - other.source.start.line);
}

function itemOf(kind: TestItem['kind'], { name, title, source }: Omit<TestItem, 'kind'>): TestItem {
    return { kind, name, ...(title === undefined ? {} : { title }), source };
}
