import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { checkConsistency } from './consistency.js';
import { checkCopies } from './copies.js';
import { checkDatacenters } from './datacenters.js';
import { keyspacesOf } from './keyspaces.js';
import { checkOutages } from './outages.js';
import { checkNodes } from './nodes.js';
import { checkStaleReads } from './stale-reads.js';

/** Findings about one Cassandra cluster, beside those that every system shares. */
export function check(context: EngineContext): readonly Finding[] {
    return [
        ...checkNodes(context),
        ...keyspacesOf(context).flatMap((keyspace) => [
            ...checkDatacenters(context, keyspace),
            ...checkCopies(keyspace),
            ...checkConsistency(context, keyspace),
            ...checkStaleReads(context, keyspace),
        ]),
        ...checkOutages(context),
    ];
}
