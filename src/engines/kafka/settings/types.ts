import type { SettingType } from '../../engine.js';

export const MILLISECONDS: SettingType = { kind: 'duration', unit: 'ms' };
export const SECONDS: SettingType = { kind: 'duration', unit: 's' };
export const BOOLEAN: SettingType = { kind: 'boolean', yes: 'true', no: 'false' };
export const COUNT: SettingType = { kind: 'number', minimum: 1 };

/** Keys that are the same on every broker or are set for one. */
export const BROKERS = ['cluster', 'node'] as const;
/** Keys of a topic, whose defaults the brokers carry under the same name. */
export const TOPICS = ['cluster', 'group'] as const;
