import type { CodeSpec } from '../engine.js';
import { AWARENESS, commonPages, forcedKey, pageFile, toCodes } from '../search-family/index.js';
import { product } from './product.js';
import { BALANCE, PREFER_PRIMARY, REMOTE_TRANSLOG, REPLICATION_TYPE } from './settings.js';
import { CREATING, REMOTE_STORE, ROLE_SOURCE, SEGMENT_REPLICATION } from './sources.js';

const AWARE = `${AWARENESS} = zone`;
const BALANCED = [AWARE, `${forcedKey('zone')} = a, b, c`, `${BALANCE} = true`];
const SEGMENTS = `index products { shards 3  replicas 1  settings { ${REPLICATION_TYPE} = SEGMENT } }`;
const REMOTE = [AWARE, `${REMOTE_TRANSLOG} = translogs`];

export const codes: readonly CodeSpec[] = toCodes(product, [
    ...commonPages(product),
    {
        name: 'both-manager-roles',
        title: 'A node with the old and the new name of one role',
        why: 'cluster_manager is the new name of master. OpenSearch takes either and refuses to start a node that has both.',
        fix: 'Use cluster_manager alone.',
        example: pageFile(product, { managers: 'nodes m-[1..3] across zones as cluster_manager, master' }),
        remedy: pageFile(product),
        source: ROLE_SOURCE,
    },
    {
        name: 'copies-no-multiple-of-zones',
        title: 'Copies that cannot be the same number in every zone',
        why: `With \`${BALANCE}\` OpenSearch refuses an index whose copies, the primary counted, are no multiple of the zones.`,
        fix: 'Choose replicas so that the copies are a multiple of the zones, or leave out the setting.',
        example: pageFile(product, { settings: BALANCED }),
        remedy: pageFile(product, { settings: BALANCED, index: 'index products { shards 3  replicas 2 }' }),
        source: CREATING,
    },
    {
        name: 'segment-replication-unbalanced',
        title: 'Segment replication without evenly spread primaries',
        why: 'Primaries do the work of indexing and send segments to their replicas. Where many primaries gather on one node, which failovers bring about, it becomes the bottleneck.',
        fix: `Set \`${PREFER_PRIMARY} = true\`.`,
        example: pageFile(product, { index: SEGMENTS }),
        remedy: pageFile(product, { index: SEGMENTS, settings: [AWARE, `${PREFER_PRIMARY} = true`] }),
        source: SEGMENT_REPLICATION,
    },
    {
        name: 'remote-store-async',
        title: 'A remote store that gets writes after their acknowledgement',
        why: 'Remote-backed storage keeps every acknowledged write, because it is uploaded first. With `async` it is uploaded later, and what was acknowledged meanwhile can be lost.',
        fix: 'Use `index.translog.durability = request`.',
        example: pageFile(product, { settings: [...REMOTE, 'index.translog.durability = async'] }),
        remedy: pageFile(product, { settings: [...REMOTE, 'index.translog.durability = request'] }),
        source: REMOTE_STORE,
    },
]);
