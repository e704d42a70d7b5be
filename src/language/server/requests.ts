import { DocumentState } from 'langium';
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { report } from '../../analysis/index.js';
import {
    DRAWING_CHANGED,
    DRAWING_REQUEST,
    EXPLAIN_REQUEST,
    RUN_SCENARIO_REQUEST,
    SCENARIOS_REQUEST,
    ELEMENT_AT_REQUEST,
    type DrawingChangedParams,
    type DrawingParams,
    type ElementAtParams,
    type ExplainParams,
    type RunScenarioParams,
    type RunScenarioReply,
    type ScenarioItem,
    type ScenariosParams,
} from '../../protocol/index.js';
import { codeMarkdown, explain } from '../explain/index.js';
import type { EditorServices } from '../editor/services.js';
import type { AnalysisPort } from './analysis-port.js';
import { Drawings } from './drawings.js';
import { addPlayRequests, scenarioIndex } from './play-requests.js';
import { publishAgain } from './publish.js';
import { read } from './read.js';

/** What the client asks of the server beyond the Language Server Protocol. */
export function addRequests(connection: Connection, services: EditorServices, analysis: AnalysisPort): void {
    const drawings = new Drawings(services);
    connection.onRequest(DRAWING_REQUEST, (params: DrawingParams) => drawings.answer(params));
    connection.onRequest(ELEMENT_AT_REQUEST, (params: ElementAtParams) => drawings.elementAt(params));
    connection.onRequest(EXPLAIN_REQUEST, (params: ExplainParams) => page(params, services));
    connection.onRequest(SCENARIOS_REQUEST, (params: ScenariosParams) => scenarios(params, services));
    connection.onRequest(RUN_SCENARIO_REQUEST, (params: RunScenarioParams, token: CancellationToken) =>
        runScenario(params, services, analysis, connection, token),
    );
    addPlayRequests(connection, services, analysis);
    services.shared.workspace.DocumentBuilder.onDocumentPhase(DocumentState.Validated, (document) => {
        const params: DrawingChangedParams = { uri: document.uri.toString() };
        void connection.sendNotification(DRAWING_CHANGED, params);
    });
}

function page({ code }: ExplainParams, services: EditorServices): string | null {
    const explanation = explain(code, undefined, services.engines.Lookup.all);
    return explanation.kind === 'code' ? codeMarkdown(explanation.page) : null;
}

async function scenarios({ uri }: ScenariosParams, services: EditorServices): Promise<ScenarioItem[]> {
    const found = await read(uri, services);
    return (found?.result.topology.scenarios ?? []).map(({ name, title, source }) => ({
        name,
        ...(title === undefined ? {} : { title }),
        line: source.start.line,
    }));
}

async function runScenario(
    { uri, name, seed }: RunScenarioParams,
    services: EditorServices,
    analysis: AnalysisPort,
    connection: Connection,
    token: CancellationToken,
): Promise<RunScenarioReply> {
    const found = await read(uri, services);
    if (!found) return { kind: 'failed', message: 'This file has not been read.' };
    const { topology } = found.result;
    try {
        const index = scenarioIndex(found.result, name);
        const result = await analysis.runScenario(topology, index, seed === undefined ? {} : { seed }, token);
        if (token.isCancellationRequested) return { kind: 'cancelled' };
        const scenario = topology.scenarios[index];
        if (scenario) services.editor.Runs.add(uri, topology, scenario, result.run);
        publishAgain(found.document, services, connection);
        return { kind: 'done', result, report: report(topology, result) };
    } catch (error) {
        if (token.isCancellationRequested) return { kind: 'cancelled' };
        return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
}
