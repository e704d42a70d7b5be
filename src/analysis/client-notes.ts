/** What is told about the settings of clients: how patient they make them, and which of them change nothing. */
import { clientSettingsOf, versionOf, type Engine } from '../engines/index.js';
import {
    groupedBy,
    listed,
    systemBehind,
    type Cluster,
    type ClusterId,
    type Demand,
    type Topology,
    type Workload,
} from '../topology/index.js';
import type { EngineLookup } from './models.js';

interface Said {
    readonly workload: Workload;
    readonly demand: Demand;
    readonly cluster: Cluster;
    readonly engine: Engine;
}

/** Of a run, or of a proof about these clusters. Each is told once. */
export function clientNotes(
    topology: Topology,
    lookup: EngineLookup,
    clusters?: ReadonlySet<ClusterId>,
): readonly string[] {
    const all = topology.workloads.flatMap((workload) =>
        workload.demands.flatMap((demand): readonly Said[] => {
            const { target } = demand;
            const cluster = target.kind === 'workload' ? undefined : systemBehind(topology, target.cluster);
            const engine = cluster && lookup(cluster.engine);
            const isMeant = cluster !== undefined && (clusters?.has(cluster.id) ?? true);
            return isMeant && engine !== undefined ? [{ workload, demand, cluster, engine }] : [];
        }),
    );
    return [...new Set([...patienceNotes(all), ...unmodelledNotes(all), ...all.flatMap(idleNote)])];
}

/** Only where a system has words of its own for it; what several targets and workloads have in common is told once. */
function patienceNotes(all: readonly Said[]): readonly string[] {
    const told = all.flatMap(({ workload, demand, cluster, engine }) => {
        const { operation, target, settings } = demand;
        const patience = engine.patience?.(operation, settings, versionOf(engine, cluster)).told;
        return patience === undefined ? [] : [{ who: workload.name, target: target.text, operation, patience }];
    });
    const byWorkload = groupedBy(told, ({ who, operation, patience }) => JSON.stringify([who, operation, patience]));
    const alike = groupedBy([...byWorkload.values()], (each) =>
        JSON.stringify([each[0]?.operation, each[0]?.patience, each.map(({ target }) => target)]),
    );
    return [...alike.values()].flatMap((workloads) => {
        const [first = []] = workloads;
        const names = listed(workloads.map(([one]) => one?.who ?? ''));
        const targets = listed(first.map(({ target }) => target));
        return first.slice(0, 1).map((one) => `The ${one.operation}s of ${names} to ${targets} ${one.patience}.`);
    });
}

function unmodelledNotes(all: readonly Said[]): readonly string[] {
    const keys = new Map<string, Set<string>>();
    for (const { workload, demand, engine } of all) {
        const specs = clientSettingsOf(engine);
        for (const { key } of demand.settings) {
            if (specs.some((spec) => spec.key === key && !spec.modelled)) {
                keys.set(key, (keys.get(key) ?? new Set<string>()).add(workload.name));
            }
        }
    }
    const byWorkloads = new Map<string, string[]>();
    for (const [key, workloads] of keys) {
        const names = listed([...workloads]);
        byWorkloads.set(names, [...(byWorkloads.get(names) ?? []), `\`${key}\``]);
    }
    return [...byWorkloads].map(([names, each]) => `Not modelled: ${each.join(', ')}, which ${names} sets.`);
}

function idleNote({ workload, demand, cluster, engine }: Said): readonly string[] {
    const { operation, settings, target } = demand;
    const { idle = [] } = engine.patience?.(operation, settings, versionOf(engine, cluster)) ?? {};
    return idle.length === 0
        ? []
        : [
              `Not modelled: ${idle.map((key) => `\`${key}\``).join(', ')} for the ${operation}s of ${workload.name} to ${target.text}.`,
          ];
}
