import type { SettingSpec } from '../../engine.js';
import { assumptions } from './assumptions.js';
import { blockSettings } from './blocks.js';
import { namespaceSettings } from './namespace.js';
import { yarnSettings } from './yarn.js';
import { zookeeperSettings } from './zookeeper.js';

/** The keys that decide how HDFS and YARN fail, with the defaults that Hadoop ships. */
export const settings: readonly SettingSpec[] = [
    ...namespaceSettings,
    ...zookeeperSettings,
    ...blockSettings,
    ...yarnSettings,
    ...assumptions,
];
