import type { SettingSpec } from '../../engine.js';
import { assumptions } from './assumptions.js';
import { client } from './client.js';
import { keyspaces } from './keyspaces.js';
import { nodes } from './nodes.js';
import { timeouts } from './timeouts.js';

/** The keys of `cassandra.yaml`, of keyspaces and tables, and of drivers that decide how Cassandra fails. */
export const settings: readonly SettingSpec[] = [...keyspaces, ...nodes, ...timeouts, ...assumptions, ...client];
