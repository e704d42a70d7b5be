import type { CodeSpec } from '../engine.js';
import { CONF, SCALING, SOURCE, SPEC } from './sources.js';

const SIX_NODES = 'nodes cache-[1..6] across zones';
const SHARDS = 'shards s-[1..3] { replicas 1 }';

/** What the checks of Redis Cluster may report. */
export const codes: readonly CodeSpec[] = [
    {
        code: 'redis/too-few-primaries',
        title: 'Fewer than three primaries',
        why: 'The primaries vote on a failover, and more than half of all must agree: with one or two nobody is left who can.',
        fix: 'Use three shards, so that three primaries vote.',
        example: inThreeZones(SIX_NODES, 'shards s-[1..2] { replicas 1 }'),
        remedy: inThreeZones(SIX_NODES, SHARDS),
        source: SCALING,
    },
    {
        code: 'redis/even-primaries',
        title: 'An even number of primaries',
        why: 'More than half of all primaries must agree on a failover, so an even number tolerates no more failures than the odd number below it.',
        fix: 'Use one shard fewer or one more.',
        example: inThreeZones('nodes cache-[1..8] across zones', 'shards s-[1..4] { replicas 1 }'),
        remedy: inThreeZones('nodes cache-[1..8] across zones', SHARDS),
        source: SPEC,
    },
    {
        code: 'redis/majority-in-one-zone',
        title: 'One zone holds half of the primaries or more',
        why: 'If that zone fails, the rest are no majority: nobody is promoted and the whole cluster stops.',
        fix: 'Spread the primaries over at least three zones, so that none holds half of them.',
        example: inThreeZones(
            SIX_NODES,
            'shard s-1 on cache-1, cache-5',
            'shard s-2 on cache-4, cache-6',
            'shard s-3 on cache-2, cache-3',
        ),
        remedy: inThreeZones(
            SIX_NODES,
            'shard s-1 on cache-1, cache-5',
            'shard s-2 on cache-6, cache-4',
            'shard s-3 on cache-2, cache-3',
        ),
        source: SPEC,
    },
    {
        code: 'redis/no-replica',
        title: 'A shard without replica',
        why: 'When its only node fails nobody can take over. With full coverage, which is the default, that stops every shard.',
        fix: 'Give the shard a replica in another zone.',
        example: inThreeZones('nodes cache-[1..3] across zones', 'shards s-[1..3]'),
        remedy: inThreeZones(SIX_NODES, SHARDS),
        source: SPEC,
    },
    {
        code: 'redis/node-in-two-shards',
        title: 'A node holds two shards',
        why: 'A Redis node is a primary of its own slots or the replica of one primary, never both.',
        fix: 'Place one of the shards on another node.',
        example: inThreeZones(
            SIX_NODES,
            'shard s-1 on cache-1, cache-5',
            'shard s-2 on cache-2, cache-1',
            'shard s-3 on cache-3, cache-4',
        ),
        remedy: inThreeZones(
            SIX_NODES,
            'shard s-1 on cache-1, cache-5',
            'shard s-2 on cache-2, cache-6',
            'shard s-3 on cache-3, cache-4',
        ),
        source: SPEC,
    },
    {
        code: 'redis/short-node-timeout',
        title: 'A node timeout below one second',
        why: 'Short pauses, such as a slow disk or a fork, then look like failures and cause failovers.',
        fix: 'Use at least 1000 ms; the default is 15000.',
        example: inThreeZones(SIX_NODES, SHARDS, 'settings { cluster-node-timeout = 500 }'),
        remedy: inThreeZones(SIX_NODES, SHARDS, 'settings { cluster-node-timeout = 5000 }'),
        source: CONF,
    },
    {
        code: 'redis/no-shards',
        title: 'A cluster without shards',
        why: 'Nobody owns the hash slots, so every request is refused.',
        fix: 'Declare shards; three are the fewest that survive a failure.',
        example: inThreeZones(SIX_NODES),
        remedy: inThreeZones(SIX_NODES, SHARDS),
        source: SPEC,
    },
    {
        code: 'redis/min-replicas-stop-writes',
        title: 'A primary that wants every replica, or more than it has',
        why: 'A primary refuses writes while fewer than `min-replicas-to-write` replicas are connected and fresh. If that is all of them, the loss of one node of the shard stops its writes, even though a replica was promoted; if it is more, no write is ever taken.',
        fix: 'Ask for fewer replicas than each shard has, or give the shards more.',
        example: inThreeZones(SIX_NODES, SHARDS, 'settings { min-replicas-to-write = 1 }'),
        remedy: inThreeZones(
            'nodes cache-[1..9] across zones',
            'shards s-[1..3] { replicas 2 }',
            'settings { min-replicas-to-write = 1 }',
        ),
        source: CONF,
    },
    {
        code: 'redis/no-promotion',
        title: 'No replica of a shard may stand for election',
        why: '`cluster-replica-no-failover` keeps a replica from taking over by itself. Where every replica of a shard has it, the shard stays without a primary until an operator promotes one.',
        fix: 'Leave the setting to the replicas of the site that is not to be promoted.',
        example: inThreeZones(SIX_NODES, SHARDS, 'settings { cluster-replica-no-failover = yes }'),
        remedy: inThreeZones(
            'nodes cache-[1..6] across zones',
            'nodes far-[1..3] across zones { settings { cluster-replica-no-failover = yes } }',
            'shard s-1 on cache-1, cache-5, far-3',
            'shard s-2 on cache-2, cache-6, far-1',
            'shard s-3 on cache-3, cache-4, far-2',
        ),
        source: CONF,
    },
    {
        code: 'redis/replicas-too-stale',
        title: 'Replicas that are too stale before they can be elected',
        why: 'A replica does not stand for election once it has been without its primary for longer than the node timeout, times one more than `cluster-replica-validity-factor`, and `repl-ping-replica-period`. Suspicion and agreement alone take up to two node timeouts, so a small factor can leave a shard without a primary for good.',
        fix: 'Use the default of 10, or 0 if any replica is better than none.',
        example: inThreeZones(SIX_NODES, SHARDS, 'settings { cluster-replica-validity-factor = 1 }'),
        remedy: inThreeZones(SIX_NODES, SHARDS, 'settings { cluster-replica-validity-factor = 10 }'),
        source: SOURCE,
    },
    {
        code: 'redis/reads-stop-when-down',
        title: 'A small cluster that refuses reads, too, when a primary is lost',
        why: 'With one or two shards the loss of a primary leaves no majority, and every node refuses requests. `cluster-allow-reads-when-down` lets the primaries that live answer reads, which may be out of date.',
        fix: 'Set `cluster-allow-reads-when-down = yes`, or better, use three shards.',
        example: inThreeZones('nodes cache-[1..4] across zones', 'shards s-[1..2] { replicas 1 }'),
        remedy: inThreeZones(SIX_NODES, SHARDS),
        source: CONF,
    },
];

function inThreeZones(...statements: readonly string[]): string {
    return [
        'region us-east-1 {',
        '  zone a',
        '  zone b',
        '  zone c',
        '}',
        '',
        'cluster sessions: redis in us-east-1 {',
        ...statements.map((statement) => `  ${statement}`),
        '}',
        '',
    ].join('\n');
}
