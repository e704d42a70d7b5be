/** Shapes that many settings share. */
import type { FactSource, SettingScope, SettingSpec, SettingType } from '../../engine.js';

/** A time value of both products: without a unit they take none but 0 and -1. */
export const DURATION: SettingType = { kind: 'duration', unit: 'ms', refusesBare: 'but-zero' };
export const TRUE_FALSE: SettingType = { kind: 'boolean', yes: 'true', no: 'false' };
export const TEXT: SettingType = { kind: 'text' };
/** Both products count `k` and `kb` as 1,024 bytes, and so on. */
export const SIZE: SettingType = {
    kind: 'size',
    suffixes: Object.fromEntries(
        ['', 'k', 'm', 'g', 't', 'p'].flatMap((letter, power) =>
            [letter, `${letter}b`].filter((suffix) => suffix !== '').map((suffix) => [suffix, 2 ** (10 * power)]),
        ),
    ),
};

export const CLUSTER: readonly SettingScope[] = ['cluster'];
export const NODE: readonly SettingScope[] = ['cluster', 'node'];
/** Said once for all indices, or for one. */
export const INDEX: readonly SettingScope[] = ['cluster', 'group'];

/** What nobody documents and a file may say otherwise. */
export const ASSUMPTION: FactSource = { title: 'An assumption of Faultline', unconfirmed: true };

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

/** A setting that simulation and proof leave aside. Some of these are checked. */
export function unused(spec: Omit<SettingSpec, 'modelled'>): SettingSpec {
    return { ...spec, modelled: false };
}

/** A setting on which simulation or proof rests. */
export function used(spec: Omit<SettingSpec, 'modelled'>): SettingSpec {
    return { ...spec, modelled: true };
}
