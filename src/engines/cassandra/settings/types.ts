import type { SettingOrigin, SettingType } from '../../engine.js';
import { CONFIG_SOURCE } from '../sources.js';

export const MILLISECONDS: SettingType = { kind: 'duration', unit: 'ms' };
/** From 4.1 on a duration of `cassandra.yaml` says its unit, unless its key does. */
export const DURATION: SettingType = { kind: 'duration', unit: 'ms', refusesBare: 'any' };
export const SECONDS: SettingType = { kind: 'duration', unit: 's' };
export const BOOLEAN: SettingType = { kind: 'boolean', yes: 'true', no: 'false' };
export const COUNT: SettingType = { kind: 'number', minimum: 1 };

/** What `cassandra.yaml` says on every node, or on one. */
export const NODES = ['cluster', 'node'] as const;

/** Release 4.1 took the units out of the keys; a value says its own since then. */
export function renamed(formerly: string): SettingOrigin {
    return { version: '4.1', formerly, source: CONFIG_SOURCE };
}
