/** Settings that the declared version does not have. */
import { demandsOn, type Finding, type Setting } from '../../../topology/index.js';
import type { Engine, EngineContext, SettingOrigin } from '../../engine.js';
import { isSince } from '../../version.js';

export function checkSettingVersions(engine: Engine, context: EngineContext): readonly Finding[] {
    const tooNew = new Map<string, SettingOrigin>();
    for (const { key, since } of engine.settings) {
        if (since !== undefined && !isSince(context.version, since.version)) {
            tooNew.set(key, since);
        }
    }
    return [...settingsOf(context)].flatMap((setting) => {
        const since = tooNew.get(setting.key);
        return since === undefined ? [] : [finding(engine, context, setting, since)];
    });
}

/** Everything that is set for a cluster and at its clients; a statement that declares several members counts once. */
function settingsOf({ topology, cluster }: EngineContext): ReadonlySet<Setting> {
    return new Set([
        ...cluster.settings,
        ...cluster.members.flatMap(({ settings }) => settings),
        ...cluster.groups.flatMap((group) => topology.groups[group]?.settings ?? []),
        ...cluster.shards.flatMap((shard) => topology.shards[shard]?.settings ?? []),
        ...demandsOn(topology, cluster.id).flatMap(({ settings }) => settings),
    ]);
}

function finding(
    { title }: Engine,
    { cluster, version }: EngineContext,
    { key, keySource, source }: Setting,
    { version: first, formerly, source: fact }: SettingOrigin,
): Finding {
    const code = 'topology/setting-version';
    if (formerly !== undefined) {
        return {
            code,
            severity: 'information',
            message: `${title} has '${key}' under this name from ${first} on, and ${cluster.name} runs ${version}, which calls it '${formerly}'. It counts here all the same.`,
            help: `Write '${formerly}' in the configuration of the real cluster. Source: ${fact.title}.`,
            source: keySource,
        };
    }
    return {
        code,
        severity: 'warning',
        message: `${title} has '${key}' from ${first} on, and ${cluster.name} runs ${version}: it is left out of every answer.`,
        help: `Remove it, or declare version ${first} or later if that is what runs. Source: ${fact.title}.`,
        source: keySource,
        fixes: [{ kind: 'remove-statement', title: `Remove '${key}'`, source }],
    };
}
