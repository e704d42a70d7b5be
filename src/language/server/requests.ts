import { DocumentState, URI, type LangiumDocument } from 'langium';
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { report } from '../../analysis/index.js';
import { toDrawing } from '../../diagram/index.js';
import {
    DRAWING_CHANGED,
    DRAWING_REQUEST,
    EXPLAIN_REQUEST,
    RUN_SCENARIO_REQUEST,
    SCENARIOS_REQUEST,
    type DrawingParams,
    type DrawingReply,
    type ExplainParams,
    type RunScenarioParams,
    type RunScenarioReply,
    type ScenarioItem,
    type ScenariosParams,
} from '../../protocol/index.js';
import type { DocumentResult } from '../document.js';
import { codeMarkdown, explain } from '../explain/index.js';
import type { EditorServices } from '../editor/services.js';
import type { AnalysisPort } from './analysis-port.js';
import { publishAgain } from './publish.js';

/** What the client asks of the server beyond the Language Server Protocol. */
export function addRequests(connection: Connection, services: EditorServices, analysis: AnalysisPort): void {
    connection.onRequest(DRAWING_REQUEST, (params: DrawingParams) => drawing(params, services));
    connection.onRequest(EXPLAIN_REQUEST, (params: ExplainParams) => page(params, services));
    connection.onRequest(SCENARIOS_REQUEST, (params: ScenariosParams) => scenarios(params, services));
    connection.onRequest(RUN_SCENARIO_REQUEST, (params: RunScenarioParams, token: CancellationToken) =>
        runScenario(params, services, analysis, connection, token),
    );
    services.shared.workspace.DocumentBuilder.onDocumentPhase(DocumentState.Validated, (document) => {
        const params: DrawingParams = { uri: document.uri.toString() };
        void connection.sendNotification(DRAWING_CHANGED, params);
    });
}

async function drawing({ uri }: DrawingParams, services: EditorServices): Promise<DrawingReply | null> {
    const found = await read(uri, services);
    if (!found) return null;
    return { drawing: toDrawing(found.result.topology), version: found.document.textDocument.version };
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
    const { topology, broken } = found.result;
    const index = topology.scenarios.findIndex((scenario) => scenario.name === name);
    if (index < 0) {
        const reason = broken.find((each) => each.kind === 'scenario' && each.name === name)?.message;
        return { kind: 'failed', message: reason ?? `There is no scenario '${name}' in this file.` };
    }
    try {
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

/** Waits until the text that the server has now is read; undefined for a document that it does not know. */
async function read(
    uri: string,
    services: EditorServices,
): Promise<{ readonly document: LangiumDocument; readonly result: DocumentResult } | undefined> {
    const parsed = URI.parse(uri);
    const { LangiumDocuments, DocumentBuilder } = services.shared.workspace;
    if (!LangiumDocuments.hasDocument(parsed)) return undefined;
    await DocumentBuilder.waitUntil(DocumentState.Validated, parsed);
    const document = LangiumDocuments.getDocument(parsed);
    const result = document && services.editor.Results.of(document);
    return document && result && { document, result };
}
