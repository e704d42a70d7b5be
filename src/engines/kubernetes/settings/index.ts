import type { SettingSpec } from '../../engine.js';
import { controlPlaneSettings } from './control-plane.js';
import { kubeletSettings } from './kubelet.js';
import { workloadSettings } from './workloads.js';

/** The keys that decide how a Kubernetes cluster fails, as flags and fields spell them. */
export const settings: readonly SettingSpec[] = [...controlPlaneSettings, ...kubeletSettings, ...workloadSettings];
