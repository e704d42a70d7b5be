import type { SettingScope, SettingType } from '../../engine.js';

export const MILLISECONDS: SettingType = { kind: 'duration', unit: 'ms' };
export const SECONDS: SettingType = { kind: 'duration', unit: 's' };
export const COUNT: SettingType = { kind: 'number', minimum: 0 };
export const YES_NO: SettingType = { kind: 'boolean', yes: 'true', no: 'false' };
/** Hadoop's letters are powers of 1,024, capital or not. */
export const SIZE: SettingType = {
    kind: 'size',
    suffixes: { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50, e: 2 ** 60 },
};
export const TEXT: SettingType = { kind: 'text' };

export const CLUSTER: readonly SettingScope[] = ['cluster'];
export const NODE: readonly SettingScope[] = ['cluster', 'node'];
/** What is set for a set of files when they are written. */
export const FILES: readonly SettingScope[] = ['cluster', 'group'];
/** What the client's own configuration says. */
export const CLIENT: readonly SettingScope[] = ['cluster', 'client'];
