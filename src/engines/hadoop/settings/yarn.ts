/** How YARN survives the loss of its manager and of nodes that run containers. */
import type { SettingSpec } from '../../engine.js';
import { RESOURCE_MANAGER, YARN_DEFAULT } from '../sources.js';
import { CLUSTER, COUNT, MILLISECONDS, TEXT, YES_NO } from './types.js';

export const yarnSettings: readonly SettingSpec[] = [
    {
        key: 'yarn.resourcemanager.ha.enabled',
        type: YES_NO,
        default: false,
        scope: CLUSTER,
        documentation: 'Whether several ResourceManagers stand by for one another.',
        source: YARN_DEFAULT,
        modelled: false,
    },
    {
        key: 'yarn.resourcemanager.ha.automatic-failover.enabled',
        type: YES_NO,
        default: true,
        scope: CLUSTER,
        documentation: 'Whether a standby takes over by itself, by a lock in ZooKeeper. Counts only with `ha.enabled`.',
        source: YARN_DEFAULT,
        modelled: false,
    },
    {
        key: 'yarn.resourcemanager.recovery.enabled',
        type: YES_NO,
        default: false,
        scope: CLUSTER,
        documentation:
            'Whether a ResourceManager that starts or takes over continues the applications that ran. Without it they are lost.',
        source: YARN_DEFAULT,
        modelled: false,
    },
    {
        key: 'yarn.resourcemanager.store.class',
        type: TEXT,
        default: 'org.apache.hadoop.yarn.server.resourcemanager.recovery.FileSystemRMStateStore',
        scope: CLUSTER,
        documentation:
            'Where the state of applications is kept. `ZKRMStateStore` keeps it in ZooKeeper and lets only one ResourceManager write.',
        source: YARN_DEFAULT,
        modelled: false,
    },
    {
        key: 'yarn.resourcemanager.work-preserving-recovery.enabled',
        type: YES_NO,
        default: true,
        scope: CLUSTER,
        documentation: 'Whether containers go on while the ResourceManager changes.',
        source: YARN_DEFAULT,
        modelled: false,
    },
    {
        key: 'yarn.resourcemanager.am.max-attempts',
        type: COUNT,
        default: 2,
        scope: CLUSTER,
        documentation: 'How often the master of an application is started before the application fails.',
        source: YARN_DEFAULT,
        modelled: false,
    },
    {
        key: 'yarn.resourcemanager.nodemanagers.heartbeat-interval-ms',
        type: MILLISECONDS,
        default: 1_000,
        scope: CLUSTER,
        documentation: 'How often a NodeManager reports.',
        source: YARN_DEFAULT,
        modelled: false,
    },
    {
        key: 'yarn.nm.liveness-monitor.expiry-interval-ms',
        type: MILLISECONDS,
        default: 600_000,
        scope: CLUSTER,
        documentation: 'After this silence a NodeManager counts as dead and its containers as lost.',
        source: YARN_DEFAULT,
        modelled: false,
    },
    {
        key: 'hadoop.zk.timeout-ms',
        type: MILLISECONDS,
        default: 10_000,
        scope: CLUSTER,
        documentation:
            'How long ZooKeeper keeps the lock of a silent ResourceManager. Older versions call it `yarn.resourcemanager.zk-timeout-ms`.',
        source: { ...RESOURCE_MANAGER, unconfirmed: true },
        modelled: false,
    },
];
