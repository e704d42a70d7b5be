/** What nobody documents and a run needs all the same. Each can be set to what was measured. */
import type { SettingSpec } from '../../engine.js';
import { flushTimeSetting } from '../../shared/page-cache.js';
import { ASSUMPTION } from '../sources.js';
import { CLUSTER, FILES, MILLISECONDS } from './types.js';

export const assumptions: readonly SettingSpec[] = [
    {
        key: 'assumed.namenode.catch-up-time',
        type: MILLISECONDS,
        default: 5_000,
        scope: CLUSTER,
        documentation:
            'The longest that a standby takes to read the edits it has not read yet, before it is active. The guide speaks of several seconds for a whole failover.',
        source: ASSUMPTION,
        modelled: true,
    },
    {
        key: 'assumed.namenode.start-time',
        type: MILLISECONDS,
        default: 30_000,
        scope: CLUSTER,
        documentation: 'How long a NameNode takes to start and read its image, before it waits for reports of blocks.',
        source: ASSUMPTION,
        modelled: true,
    },
    {
        key: 'assumed.block.copy-time',
        type: MILLISECONDS,
        default: 5_000,
        scope: FILES,
        documentation: 'How long one DataNode takes to send a block to another.',
        source: ASSUMPTION,
        modelled: true,
    },
    flushTimeSetting('a DataNode', CLUSTER),
];
