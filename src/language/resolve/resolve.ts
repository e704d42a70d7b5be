import type { Finding, Topology } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { isFailoverPolicy, isObjective, isScenario } from '../generated/ast.js';
import type { EngineLookup } from '../services.js';
import { declareWorkloads, resolveReplications, resolveWorkloads } from './between.js';
import { finishClusters, resolveClusters } from './clusters.js';
import { checkPolicy } from './failover.js';
import { failureRatesOf } from './failure-rates.js';
import { resolveObjective } from './objectives.js';
import { resolvePlaces } from './places.js';
import { resolveScenario } from './scenarios.js';
import { declareAddresses, resolveAddresses } from './shared-addresses.js';
import { uriOf } from './source.js';
import { Resolution } from './state.js';

export interface Resolved {
    /** With all objectives and scenarios of the document, also those that are not understood in full. */
    readonly topology: Topology;
    /** What could not be resolved, in any of the documents. */
    readonly findings: readonly Finding[];
}

/** Looks up every name, spells out every range and places every shard of a document and all that it sees. */
export function resolveDocuments(documents: readonly ast.Document[], engines: EngineLookup): Resolved {
    const resolution = new Resolution(documents, engines);
    resolvePlaces(resolution);
    declareWorkloads(resolution);
    resolveClusters(resolution);
    declareAddresses(resolution);
    finishClusters(resolution);
    resolveAddresses(resolution);
    resolveWorkloads(resolution);
    const replications = resolveReplications(resolution);
    const [own] = documents;
    if (!own) throw new Error('There is no document to resolve.');
    checkUnused(own, resolution);
    const topology: Topology = {
        uri: uriOf(own),
        regions: resolution.regions,
        zones: resolution.zones,
        nodes: resolution.nodes,
        clusters: resolution.clusters,
        groups: resolution.groups,
        shards: resolution.shards,
        workloads: resolution.workloads,
        replications,
        addresses: resolution.addresses,
        ...failureRatesOf(own.declarations, resolution),
        objectives: own.declarations.filter(isObjective).map((objective) => resolveObjective(objective, resolution)),
        scenarios: own.declarations.filter(isScenario).map((scenario) => resolveScenario(scenario, resolution)),
    };
    return { topology, findings: withoutRepetition(resolution.report.findings) };
}

/** Declarations that no element of the model is made from are read for their mistakes. */
function checkUnused(document: ast.Document, resolution: Resolution): void {
    for (const declaration of document.declarations) {
        if (isFailoverPolicy(declaration)) checkPolicy(declaration, resolution);
    }
}

/** A shared policy is read once for each cluster that names it, but its mistakes are told once. */
function withoutRepetition(findings: readonly Finding[]): Finding[] {
    const unique = new Map<string, Finding>();
    for (const finding of findings) {
        const { uri, start, end } = finding.source;
        const key = [finding.code, uri, start.line, start.character, end.line, end.character].join(' ');
        if (!unique.has(key)) unique.set(key, finding);
    }
    return [...unique.values()];
}
