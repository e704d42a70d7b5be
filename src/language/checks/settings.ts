import type { Engine, SettingScope } from '../../engines/index.js';
import {
    systemBehind,
    type Cluster,
    type Setting,
    type SourceRange,
    type Target,
    type Topology,
} from '../../topology/index.js';
import { removal, type Report } from '../resolve/report.js';
import type { EngineLookup } from '../services.js';
import { checkSetting } from './setting.js';

/** Settings beside what the engine knows about them: keys, types and where each may stand. */
export function checkSettings(topology: Topology, uri: string, engines: EngineLookup, report: Report): void {
    const once = new Set<string>();
    const check = (all: readonly Setting[], scope: SettingScope, engine: Engine, cluster: Cluster): void => {
        const settings = all.filter(({ source }) => source.uri === uri && fresh(source, once));
        checkRepeated(settings, report);
        for (const setting of settings) checkSetting(setting, { scope, engine, cluster }, report);
    };
    for (const cluster of topology.clusters) {
        const engine = engines.find(cluster.engine);
        if (!engine) continue;
        check(cluster.settings, 'cluster', engine, cluster);
        for (const member of cluster.members) check(member.settings, 'node', engine, cluster);
        for (const group of cluster.groups) check(topology.groups[group]?.settings ?? [], 'group', engine, cluster);
        for (const shard of cluster.shards) check(topology.shards[shard]?.settings ?? [], 'shard', engine, cluster);
    }
    for (const { target, settings } of topology.workloads.flatMap(({ demands }) => demands)) {
        const cluster = clusterOf(target, topology);
        const engine = cluster && engines.find(cluster.engine);
        if (engine) check(settings, 'client', engine, cluster);
    }
}

/** Requests to a workload, which answers none, are a finding of their own. */
function clusterOf(target: Target, topology: Topology): Cluster | undefined {
    return target.kind === 'workload' ? undefined : systemBehind(topology, target.cluster);
}

function checkRepeated(settings: readonly Setting[], report: Report): void {
    const first = new Map<string, Setting>();
    for (const setting of settings) {
        const known = first.get(setting.key);
        if (!known) {
            first.set(setting.key, setting);
            continue;
        }
        report.error(
            'language/duplicate',
            setting.keySource,
            `'${setting.key}' is set twice in one place, so it is not clear which value counts.`,
            'Remove one of them.',
            [{ source: known.source, message: 'It is set here first.' }],
            removal(setting.source),
        );
    }
}

/** Settings of a range of nodes are shared by its members and looked at once. */
function fresh({ start }: SourceRange, once: Set<string>): boolean {
    const key = `${String(start.line)}:${String(start.character)}`;
    if (once.has(key)) return false;
    once.add(key);
    return true;
}
