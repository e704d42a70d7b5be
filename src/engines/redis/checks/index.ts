import type { Finding } from '../../../topology/index.js';
import type { EngineContext, Quorum } from '../../engine.js';
import { checkWriteGate } from '../../shared/checks/write-gate.js';
import { checkFailover } from './failover.js';
import { checkShards } from './shards.js';
import { checkWhenDown } from './when-down.js';

/** Findings about one Redis Cluster, beside those about the votes of its primaries and the places of copies. */
export function check(context: EngineContext): readonly Finding[] {
    const { name, source, shards, members } = context.cluster;
    if (shards.length > 0) {
        return [
            ...checkShards(context),
            ...checkFailover(context),
            ...checkWriteGate(context, { code: 'redis/min-replicas-stop-writes', until: 'until a replica is back' }),
            ...checkWhenDown(context),
        ];
    }
    const text = members.length < 6 ? 'shards s-[1..3]' : 'shards s-[1..3] { replicas 1 }';
    return [
        {
            code: 'redis/no-shards',
            severity: 'error',
            message: `${name} has no shards: nobody owns the hash slots, so every request is refused.`,
            help: 'Declare them, for example `shards s-[1..3] { replicas 1 }`.',
            source,
            fixes: [{ kind: 'add-statement', title: `Add ${text}`, declaration: source, text }],
        },
    ];
}

/** The owners of the shards vote on every failover. */
export function quorums({ cluster, topology }: EngineContext): readonly Quorum[] {
    const shards = cluster.shards.map((id) => topology.shards[id]!);
    return [
        {
            one: 'primary',
            many: 'primaries',
            voters: shards.flatMap(({ copies }) => copies.slice(0, 1)),
            without: 'nobody is promoted and the whole cluster stops',
            declarations: shards.map(({ source }) => source),
            source: cluster.source,
            codes: {
                tooFew: { code: 'redis/too-few-primaries', severity: 'error', runs: true },
                even: 'redis/even-primaries',
                majorityInOneZone: 'redis/majority-in-one-zone',
            },
        },
    ];
}
