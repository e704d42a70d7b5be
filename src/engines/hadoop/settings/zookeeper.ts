/** How the ZooKeeper servers that hold the lock keep time. */
import type { SettingSpec } from '../../engine.js';
import { ZOOKEEPER } from '../sources.js';
import { CLUSTER, COUNT, MILLISECONDS } from './types.js';

export const zookeeperSettings: readonly SettingSpec[] = [
    {
        key: 'tickTime',
        type: MILLISECONDS,
        default: 2_000,
        scope: CLUSTER,
        documentation:
            'The unit of time of ZooKeeper. Sessions end at whole ticks, and last between 2 and 20 of them, whatever a client asks for.',
        source: ZOOKEEPER,
        modelled: true,
    },
    {
        key: 'syncLimit',
        type: COUNT,
        default: 5,
        scope: CLUSTER,
        documentation:
            'Ticks of silence after which ZooKeeper’s followers give their leader up, and the leader its followers.',
        source: ZOOKEEPER,
        modelled: true,
    },
];
