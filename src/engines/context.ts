import type { Cluster, Setting, ShardGroup, Topology } from '../topology/index.js';
import type { Engine, EngineContext, SettingDefault, SettingPlace, SettingReader, SettingSpec } from './engine.js';
import { readSetting } from './settings.js';
import { isSince } from './version.js';

/** A cluster and its settings, for its engine. */
export function engineContext(topology: Topology, cluster: Cluster, engine: Engine): EngineContext {
    return { topology, cluster, ...settingReader(engine, cluster, (group) => topology.groups[group]) };
}

/**
 * Resolves the settings of one cluster. The nearest place that sets a key wins: member, shard, group, cluster; then the
 * default of the version that counts. A value that does not fit its type counts as the default, since the language reports
 * it.
 */
export function settingReader(
    engine: Engine,
    cluster: Pick<Cluster, 'name' | 'version' | 'settings'>,
    groupOf: (id: number) => ShardGroup | undefined,
): SettingReader {
    const specs = new Map(engine.settings.map((spec) => [spec.key, spec]));
    const version = versionOf(engine, cluster);

    const specOf = (key: string): SettingSpec => {
        const spec = specs.get(key);
        if (spec === undefined) {
            throw new Error(`The engine '${engine.name}' asks for the setting '${key}', which it does not declare.`);
        }
        return spec;
    };
    const levels = (at: SettingPlace | undefined): readonly (readonly Setting[])[] => {
        const group = at?.group ?? (at?.shard?.group === undefined ? undefined : groupOf(at.shard.group));
        return [at?.member?.settings ?? [], at?.shard?.settings ?? [], group?.settings ?? [], cluster.settings];
    };
    /** What is set for a version that does not have it has no effect. */
    const written = (spec: SettingSpec, at: SettingPlace | undefined): Setting | undefined =>
        hasSetting(spec, version) ? nearest(spec.key, levels(at)) : undefined;
    const resolve = (key: string, at: SettingPlace | undefined): SettingDefault => {
        const spec = specOf(key);
        const setting = written(spec, at);
        const reading = setting === undefined ? undefined : readSetting(spec, setting);
        const value = reading?.fits === true ? reading.value : settingDefault(spec, version);
        if (value === undefined) {
            throw new Error(
                `The setting '${key}' of '${engine.name}' has no default and is not set in '${cluster.name}'.`,
            );
        }
        return value;
    };

    return {
        version,
        duration: (key, at) => typed(key, resolve(key, at), 'number', specOf(key).type.kind === 'duration'),
        number: (key, at) => typed(key, resolve(key, at), 'number', isFigure(specOf(key))),
        boolean: (key, at) => typed(key, resolve(key, at), 'boolean', true),
        text: (key, at) => typed(key, resolve(key, at), 'string', true),
        written: (key, at) => written(specOf(key), at),
    };
}

/** The version that counts: the newest one where the file names none. */
export function versionOf(engine: Pick<Engine, 'versions'>, cluster: Pick<Cluster, 'version'> | undefined): string {
    return cluster?.version ?? engine.versions.at(-1) ?? '';
}

/** Whether the version has the setting, if under an older name. */
export function hasSetting({ since }: SettingSpec, version: string): boolean {
    return since === undefined || since.formerly !== undefined || isSince(version, since.version);
}

/** The default that the real system has in this version; undefined if it has none. Durations in milliseconds. */
export function settingDefault(spec: SettingSpec, version: string): SettingDefault | undefined {
    const since = spec.defaultsSince?.filter((entry) => isSince(version, entry.since)).at(-1);
    return since === undefined ? spec.default : since.value;
}

function nearest(key: string, levels: readonly (readonly Setting[])[]): Setting | undefined {
    for (const level of levels) {
        // Of two lines with one key in one block the later counts, as in a configuration file.
        const setting = level.findLast((one) => one.key === key);
        if (setting !== undefined) {
            return setting;
        }
    }
    return undefined;
}

/** Counts and sizes. */
function isFigure({ type }: SettingSpec): boolean {
    return type.kind === 'number' || type.kind === 'size';
}

interface TypeNames {
    number: number;
    boolean: boolean;
    string: string;
}

function typed<Name extends keyof TypeNames>(
    key: string,
    value: SettingDefault,
    name: Name,
    kindFits: boolean,
): TypeNames[Name] {
    if (!kindFits || !isOf(value, name)) {
        throw new Error(`The setting '${key}' is not asked for by its own type.`);
    }
    return value;
}

function isOf<Name extends keyof TypeNames>(
    value: SettingDefault,
    name: Name,
): value is TypeNames[Name] & SettingDefault {
    return typeof value === name;
}
