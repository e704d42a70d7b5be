import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { checkAvailability } from './availability.js';
import { checkDurability } from './durability.js';
import { checkGlobalDatastore } from './global-datastore.js';
import { checkLimits } from './limits.js';
import { checkPolicy } from './policy.js';
import { checkReads } from './reads.js';
import { checkSettings } from './settings.js';
import { checkShards } from './shards.js';

/** Findings about one ElastiCache cluster, beside those about the votes of its primaries. */
export function check(context: EngineContext): readonly Finding[] {
    const { cluster } = context;
    if (cluster.shards.length === 0) {
        return [
            {
                code: 'elasticache/no-shards',
                severity: 'error',
                message: `${cluster.name} has no shards: its nodes belong to none, and every node of ElastiCache belongs to one.`,
                help: 'Declare them, for example `shards g-[1..3] { replicas 1 }`.',
                source: cluster.source,
                fixes: ['shards g-[1..3] { replicas 1 }'].map((text) => ({
                    kind: 'add-statement',
                    title: `Add ${text}`,
                    declaration: cluster.source,
                    text,
                })),
            },
        ];
    }
    return [
        ...checkLimits(context),
        ...checkShards(context),
        ...checkAvailability(context),
        ...checkReads(context),
        ...checkDurability(context),
        ...checkGlobalDatastore(context),
        ...checkSettings(context),
        ...checkPolicy(context),
    ];
}
