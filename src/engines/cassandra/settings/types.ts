import type { SettingType } from '../../engine.js';

export const MILLISECONDS: SettingType = { kind: 'duration', unit: 'ms' };
export const SECONDS: SettingType = { kind: 'duration', unit: 's' };
export const BOOLEAN: SettingType = { kind: 'boolean', yes: 'true', no: 'false' };
export const COUNT: SettingType = { kind: 'number', minimum: 1 };

/** What `cassandra.yaml` says on every node, or on one. */
export const NODES = ['cluster', 'node'] as const;
