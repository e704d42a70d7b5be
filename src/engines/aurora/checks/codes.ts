import type { CodeSpec } from '../../engine.js';
import { globalCodes } from './global-codes.js';
import { cluster } from './example-files.js';
import { AVAILABILITY, BEST_PRACTICES, CACHE_MANAGEMENT, INSTANCE_CLASSES, LOG_FLUSH, STORAGE } from '../sources.js';

const WRITER = 'node db-1 in us-east-1.a';
const READER = 'node db-2 in us-east-1.b';
const LARGE = 'settings { db-instance-class = "db.r7g.2xlarge" }';
const SMALL = 'settings { db-instance-class = "db.r7g.large" }';

/** What the checks of Aurora may report. */
export const codes: readonly CodeSpec[] = [
    {
        code: 'aurora/no-reader',
        title: 'A single instance',
        why: 'Without a reader nobody can be promoted. Aurora creates the instance anew in its zone, typically within 10 minutes; when the zone has failed it does not even that, and somebody has to create one elsewhere.',
        fix: 'Add a reader in another zone.',
        example: cluster(WRITER),
        remedy: cluster(WRITER, READER),
        source: AVAILABILITY,
    },
    {
        code: 'aurora/too-many-instances',
        title: 'More instances than Aurora allows',
        why: 'A cluster has one writer and at most 15 readers; each secondary Region of a Global Database takes one of them, and a secondary cluster has at most 16 readers.',
        fix: 'Use fewer instances, or larger ones.',
        example: cluster('nodes db-[1..17] across zones'),
        remedy: cluster('nodes db-[1..16] across zones'),
        source: AVAILABILITY,
    },
    {
        code: 'aurora/tier-out-of-range',
        title: 'A promotion tier beyond 15',
        why: 'Aurora knows the tiers from 0, promoted first, to 15, promoted last, and refuses any other.',
        fix: 'Use a tier from 0 to 15.',
        example: cluster(WRITER, 'node db-2 in us-east-1.b { tier 16 }'),
        remedy: cluster(WRITER, 'node db-2 in us-east-1.b { tier 15 }'),
        source: AVAILABILITY,
    },
    {
        code: 'aurora/several-writers',
        title: 'More than one writer',
        why: 'An Aurora cluster has one writer. All other instances refuse writes until they are promoted.',
        fix: 'Leave the role `writer` to one instance, or to none: then the first declared is it.',
        example: cluster(`${WRITER} as writer`, `${READER} as writer`),
        remedy: cluster(`${WRITER} as writer`, `${READER} as reader`),
        source: AVAILABILITY,
    },
    {
        code: 'aurora/smaller-reader-first',
        title: 'The reader that is promoted first is smaller than the writer',
        why: 'After the failover it has to carry what the writer carried.',
        fix: 'Give a reader of the writer’s size the lowest tier.',
        example: cluster(`${WRITER} { ${LARGE} }`, `${READER} { ${SMALL} }`),
        remedy: cluster(`${WRITER} { ${LARGE} }`, `${READER} { ${LARGE} }`),
        source: INSTANCE_CLASSES,
    },
    {
        code: 'aurora/instances-in-one-zone',
        title: 'All instances in one zone',
        why: 'The data is safe in three zones, but Aurora promotes only instances that live: when the one zone fails, somebody has to create an instance in another.',
        fix: 'Put a reader in another zone.',
        example: cluster(WRITER, 'node db-2 in us-east-1.a'),
        remedy: cluster(WRITER, READER),
        source: AVAILABILITY,
    },
    {
        code: 'aurora/several-regions',
        title: 'One cluster in several Regions',
        why: 'The instances of a cluster share a volume, and a volume belongs to one Region.',
        fix: 'Declare a cluster in each Region and replicate between them.',
        example: cluster(WRITER, 'node db-2 in eu-west-1.a'),
        remedy: cluster(WRITER, READER),
        source: STORAGE,
    },
    {
        code: 'aurora/fewer-than-three-zones',
        title: 'A Region with fewer than three declared zones',
        why: 'Aurora keeps six copies of the data, two in each of three zones. A zone that the file does not declare cannot fail in an objective or a scenario, although data stands in it.',
        fix: 'Declare the third zone of the Region.',
        example: cluster(WRITER, READER).replace('zone a  zone b  zone c', 'zone a  zone b'),
        remedy: cluster(WRITER, READER),
        source: STORAGE,
    },
    {
        code: 'aurora/policy-contradicted',
        title: 'The failover policy says what Aurora does not do',
        why: 'Aurora has one writer, promotes a reader by itself, and goes by the promotion tiers. Whatever a policy says beside that does not happen.',
        fix: 'Leave the policy out, or let it say what the tiers say.',
        example: cluster(
            WRITER,
            'node db-2 in us-east-1.b { tier 2 }',
            'node db-3 in us-east-1.c { tier 1 }',
            'failover active-passive { order db-1, db-2, db-3 }',
        ),
        remedy: cluster(
            WRITER,
            'node db-2 in us-east-1.b { tier 1 }',
            'node db-3 in us-east-1.c { tier 2 }',
            'failover active-passive { order db-1, db-2, db-3 }',
        ),
        source: AVAILABILITY,
    },
    {
        code: 'aurora/long-ttl',
        title: 'Clients keep the address for 30 seconds or longer',
        why: 'Failover changes what the name of the cluster stands for. Clients that keep the old answer go on asking the instance that failed.',
        fix: 'Use a TTL of less than 30 seconds.',
        example: cluster(WRITER, READER, 'endpoint dns db.internal { ttl 60s }'),
        remedy: cluster(WRITER, READER, 'endpoint dns db.internal { ttl 5s }'),
        source: BEST_PRACTICES,
    },
    {
        code: 'aurora/commit-before-storage',
        title: 'Commits do not wait for the storage',
        why: 'Aurora loses no acknowledged write when its writer fails, unless `innodb_flush_log_at_trx_commit` tells it to acknowledge before the storage has it.',
        fix: 'Use 1, the default.',
        example: mysql('settings { innodb_flush_log_at_trx_commit = 0 }'),
        remedy: mysql('settings { innodb_flush_log_at_trx_commit = 1 }'),
        source: LOG_FLUSH,
    },
    {
        code: 'aurora/no-warm-reader',
        title: 'Cluster cache management without a reader to keep warm',
        why: 'It follows the cache of the writer on one reader, which must be of the same class and in tier 0. Without such a reader the promoted instance starts cold.',
        fix: 'Give one reader of the writer’s class tier 0.',
        example: cluster(WRITER, READER, 'settings { apg_ccm_enabled = 1 }'),
        remedy: cluster(WRITER, `${READER} { tier 0 }`, 'settings { apg_ccm_enabled = 1 }'),
        source: CACHE_MANAGEMENT,
    },
    {
        code: 'aurora/setting-without-effect',
        title: 'A parameter of the other Aurora',
        why: 'Some parameters belong to Aurora MySQL or to Aurora PostgreSQL alone.',
        fix: 'Remove it.',
        example: mysql('settings { apg_ccm_enabled = 1 }'),
        remedy: mysql(),
        source: CACHE_MANAGEMENT,
    },
    ...globalCodes,
];

function mysql(...statements: readonly string[]): string {
    return cluster(WRITER, READER, ...statements).replace('aurora in', 'aurora "mysql 3.10" in');
}
