import type { GroupWord } from '../engine.js';
import { REPLICAS, SHARDS } from './settings/indices.js';

/** `index products { shards 6  replicas 1 }`, and `shard 0 on d-1, d-4` in it. */
export const INDEX_WORD: GroupWord = {
    word: 'index',
    form: 'numbered-shards',
    countWord: 'shards',
    placedWord: 'shard',
    replicasCount: 'beside-primary',
    defaultReplicas: 1,
    ignoresPlaces: true,
    ignoresSpread: {
        why: 'awareness attributes in the settings of the cluster decide for all indices',
        instead: 'Remove it, and set `cluster.routing.allocation.awareness.attributes = zone` for the cluster.',
    },
    replicasSetting: REPLICAS,
    systemKeys: { count: [SHARDS, 'number_of_shards'], replicas: [REPLICAS, 'number_of_replicas'] },
    documentation:
        'An index of `shards N` shards, each with a primary and `replicas N` copies beside it. `shard 0 on d-1, d-4` places one by hand, the primary first.',
};
