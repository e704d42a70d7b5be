import type { SettingScope, SettingType } from '../../engine.js';

export const MILLISECONDS: SettingType = { kind: 'duration', unit: 'ms' };
export const SECONDS: SettingType = { kind: 'duration', unit: 's' };
export const COUNT: SettingType = { kind: 'number', minimum: 0 };
export const YES_NO: SettingType = { kind: 'boolean', yes: 'true', no: 'false' };

/** Flags of a process of the control plane. */
export const CLUSTER: readonly SettingScope[] = ['cluster'];
/** Flags and configuration of the kubelet. */
export const NODE: readonly SettingScope[] = ['cluster', 'node'];
/** Fields of a pod template or of its controller. */
export const GROUP: readonly SettingScope[] = ['cluster', 'group'];
