/** Shapes that many settings share. */
import type { FactSource, SettingScope, SettingSpec, SettingType } from '../../engine.js';

export const MILLISECONDS: SettingType = { kind: 'duration', unit: 'ms' };
export const TRUE_FALSE: SettingType = { kind: 'boolean', yes: 'true', no: 'false' };
export const TEXT: SettingType = { kind: 'text' };

export const CLUSTER: readonly SettingScope[] = ['cluster'];
export const NODE: readonly SettingScope[] = ['cluster', 'node'];
/** Said once for all indices, or for one. */
export const INDEX: readonly SettingScope[] = ['cluster', 'group'];

/** Where the facts about a product's settings were read. */
export interface SettingSources {
    readonly discovery: FactSource;
    readonly detection: FactSource;
    readonly publishing: FactSource;
    readonly allocation: FactSource;
    readonly awareness: FactSource;
    readonly delayed: FactSource;
    readonly recovery: FactSource;
    readonly index: FactSource;
    readonly translog: FactSource;
    readonly activeShards: FactSource;
    readonly search: FactSource;
    readonly shardLimit: FactSource;
}

/** A setting that changes no copies. Some of these are checked; how they act in a failure is not simulated or proved yet. */
export function unused(spec: Omit<SettingSpec, 'modelled'>): SettingSpec {
    return { ...spec, modelled: false };
}

/** A setting that decides how many copies there are or where they stand, on which everything else rests. */
export function used(spec: Omit<SettingSpec, 'modelled'>): SettingSpec {
    return { ...spec, modelled: true };
}
