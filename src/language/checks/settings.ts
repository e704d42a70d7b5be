import { settingProblem, type Engine, type SettingSpec } from '../../engines/index.js';
import {
    closest,
    type Cluster,
    type Fix,
    type Setting,
    type SourceRange,
    type Topology,
} from '../../topology/index.js';
import { removal, replacements, type Report } from '../resolve/report.js';
import { writtenValue } from '../names/quoting.js';
import type { EngineLookup } from '../services.js';

type Scope = SettingSpec['scope'][number];

/** Settings beside what the engine knows about them: keys, types and where each may stand. */
export function checkSettings(topology: Topology, uri: string, engines: EngineLookup, report: Report): void {
    const once = new Set<string>();
    const check = (settings: readonly Setting[], scope: Scope, engine: Engine, cluster: Cluster): void => {
        checkRepeated(settings, report, uri);
        for (const setting of settings) {
            if (setting.source.uri !== uri || !fresh(setting.source, once)) continue;
            checkSetting(setting, scope, engine, cluster, report);
        }
    };
    for (const cluster of topology.clusters) {
        const engine = engines.find(cluster.engine);
        if (!engine) continue;
        check(cluster.settings, 'cluster', engine, cluster);
        for (const member of cluster.members) check(member.settings, 'node', engine, cluster);
        for (const group of cluster.groups) check(topology.groups[group]?.settings ?? [], 'group', engine, cluster);
        for (const shard of cluster.shards) check(topology.shards[shard]?.settings ?? [], 'shard', engine, cluster);
    }
}

function checkSetting(setting: Setting, scope: Scope, engine: Engine, cluster: Cluster, report: Report): void {
    const spec = engine.settings.find((each) => each.key === setting.key);
    if (!spec) {
        const similar = closest(
            setting.key,
            engine.settings.map((each) => each.key),
        );
        report.warning(
            'language/unknown-setting',
            setting.keySource,
            `Faultline does not know ${engine.title}'s setting '${setting.key.slice(0, 80)}', so it is left out of every answer.`,
            similar
                ? `Did you mean '${similar}'?`
                : 'Check the spelling. A setting that is not known here changes no result.',
            undefined,
            replacements(setting.keySource, similar),
        );
        return;
    }
    const problem = settingProblem(spec, setting);
    if (problem !== undefined) {
        report.error(
            'language/setting-value',
            setting.source,
            problem,
            `Write a value that ${engine.title} accepts.`,
            undefined,
            replacements(setting.source, meantValue(setting, spec)),
        );
    } else if (!spec.scope.includes(scope)) {
        report.warning(
            'language/setting-place',
            setting.keySource,
            `'${setting.key}' is a setting of the ${spec.scope.join(' or the ')}, so it has no effect at the ${scope}.`,
            `Move it to the settings of the ${spec.scope[0] ?? 'cluster'}.`,
            undefined,
            [...moves(setting, spec, cluster), ...removal(setting.source, 'Remove it')],
        );
    }
}

/** Where the cluster sets it already, both values cannot be right. */
function moves({ key, source }: Setting, { scope }: SettingSpec, cluster: Cluster): readonly Fix[] {
    return scope.includes('cluster') && !cluster.settings.some((each) => each.key === key)
        ? [
              {
                  kind: 'move-setting',
                  title: 'Move it to the settings of the cluster',
                  source,
                  declaration: cluster.source,
              },
          ]
        : [];
}

/** What a value likely means that the setting does not take: `true` for `yes`, or a word with a slip. */
function meantValue({ key, values: [value] }: Setting, { type }: SettingSpec): string | undefined {
    if (value === undefined) return undefined;
    const word = value.text.toLowerCase();
    if (type.kind === 'boolean') {
        if (YES.has(word)) return `${key} = ${type.yes}`;
        return NO.has(word) ? `${key} = ${type.no}` : undefined;
    }
    if (type.kind !== 'enum') return undefined;
    const similar = type.values.find((each) => each.toLowerCase() === word) ?? closest(value.text, type.values);
    return similar === undefined ? undefined : `${key} = ${writtenValue(similar)}`;
}

const YES = new Set(['yes', 'true', 'on', '1', 'enabled']);
const NO = new Set(['no', 'false', 'off', '0', 'disabled']);

function checkRepeated(settings: readonly Setting[], report: Report, uri: string): void {
    const first = new Map<string, Setting>();
    for (const setting of settings) {
        const known = first.get(setting.key);
        if (!known) first.set(setting.key, setting);
        else if (setting.source.uri === uri && known.source !== setting.source) {
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
}

/** Settings of a range of nodes are shared by its members and looked at once. */
function fresh({ start }: SourceRange, once: Set<string>): boolean {
    const key = `${String(start.line)}:${String(start.character)}`;
    if (once.has(key)) return false;
    once.add(key);
    return true;
}
