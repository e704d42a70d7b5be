import { versionOf } from '../../engines/index.js';
import {
    systemBehind,
    type Cluster,
    type Demand,
    type Operation,
    type Patience,
    type Replication,
    type Setting,
    type Workload,
} from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { isArrivals, isDemand, isReplication, isWorkload } from '../generated/ast.js';
import { BY_WHOM, DURATION, readProperties, type PropertyTable } from './properties.js';
import { clusterOf, operationOf, placeOf, targetOf } from './references.js';
import { resolveEntries } from './settings.js';
import { documented, nameSource, sourceOf, sourceOfProperty } from './source.js';
import type { Draft, Resolution } from './state.js';

export const REPLICATION_PROPERTIES: PropertyTable = { lag: DURATION, failover: BY_WHOM };

/** Gives every workload its number, so that anything may name it. */
export function declareWorkloads(resolution: Resolution): void {
    for (const declaration of resolution.documents.flatMap((document) => document.declarations)) {
        if (!isWorkload(declaration) || !declaration.name) continue;
        const workload: Draft<Workload> = {
            id: resolution.workloads.length,
            name: declaration.name,
            source: nameSource(declaration),
            ...documented(declaration),
            arrivals: declaration.items.find(isArrivals)?.kind ?? 'even',
            demands: [],
        };
        resolution.workloads.push(workload);
        resolution.workloadIds.set(declaration, workload.id);
    }
}

export function resolveWorkloads(resolution: Resolution): void {
    for (const [declaration, id] of resolution.workloadIds) {
        const workload = resolution.workloads[id];
        if (!workload) continue;
        const place = declaration.place && placeOf(declaration.place, resolution);
        if (place) workload.place = place;
        workload.demands = declaration.items.filter(isDemand).flatMap((item) => resolveDemand(item, resolution) ?? []);
    }
}

export function resolveReplications(resolution: Resolution): Replication[] {
    return resolution.documents
        .flatMap((document) => document.declarations)
        .filter(isReplication)
        .flatMap((declaration) => resolveReplication(declaration, resolution) ?? []);
}

function resolveDemand(statement: ast.Demand, resolution: Resolution): Demand | undefined {
    const target = targetOf(statement.target, resolution);
    const rate = resolution.figures.rate(statement.rate, sourceOfProperty(statement, 'rate'));
    if (!target || rate === undefined) return undefined;
    if (target.kind === 'workload') {
        resolution.report.error(
            'language/not-a-cluster',
            sourceOf(statement.target),
            `'${target.text}' is a workload, and workloads answer no requests.`,
            'Name a cluster or one of its shards.',
        );
        return undefined;
    }
    const operation = operationOf(statement.operation);
    const settings = resolveEntries(statement.settings);
    const patience = patienceOf(resolution, systemBehind(resolution, target.cluster), operation, settings);
    return {
        operation,
        target,
        rate,
        fromReplicas: statement.fromReplicas,
        settings,
        ...(patience && { patience }),
        source: sourceOf(statement),
    };
}

function patienceOf(
    { engines }: Resolution,
    cluster: Pick<Cluster, 'engine' | 'version'> | undefined,
    operation: Operation,
    settings: readonly Setting[],
): Patience | undefined {
    const engine = cluster && engines.find(cluster.engine);
    return engine?.patience?.(operation, settings, versionOf(engine, cluster)).patience;
}

function resolveReplication(declaration: ast.Replication, resolution: Resolution): Replication | undefined {
    const from = clusterOf(declaration.source, resolution);
    const to = clusterOf(declaration.target, resolution);
    const { report, figures } = resolution;
    const values = readProperties(declaration.properties, REPLICATION_PROPERTIES, 'A replication', report, figures);
    const [lagMs, failover] = [values.number('lag'), values.byWhom('failover')];
    if (from === undefined || to === undefined) return undefined;
    return {
        from,
        to,
        ...(lagMs === undefined ? {} : { lagMs }),
        ...(failover === undefined ? {} : { failover }),
        source: sourceOf(declaration),
    };
}
