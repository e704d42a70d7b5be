import { testClauses } from '../support/clauses.js';

const SHARDS = 'shard s-1 on cache-1, cache-5\n  shard s-2 on cache-2, cache-6\n  shard s-3 on cache-3, cache-4';

testClauses('redis.cluster', {
    'survive-a-zone: tolerate any 1 node': [
        'shard s-1 on cache-1, cache-5',
        'shard s-1 on cache-1',
        /Broken by node cache-1: .*no copy of s-1 \(cache-1\) is left/,
    ],
    'survive-a-zone: tolerate any 1 zone': [
        SHARDS,
        'shard s-1 on cache-1, cache-4\n  shard s-2 on cache-2, cache-6\n  shard s-3 on cache-3, cache-5',
        /Broken by zone us-east-1\.a: .*no copy of s-1 \(cache-1, cache-4\) is left/,
    ],
    'survive-a-zone: restore writes within 35s': [
        'cluster-node-timeout = 15000',
        'cluster-node-timeout = 30000',
        /After node cache-1 fails, .* came back 3\d\.\d s after the fault at 30\.0 s, .* longer than allowed/,
    ],
    'primary-crash: expect writes of sessions restored within 35s': [
        'cluster-node-timeout = 15000',
        'cluster-node-timeout = 40000',
        /were dark for 4\d\.\d s .* came back 4\d\.\d s after the fault at 30\.0 s, .* longer than allowed/,
    ],
    'primary-crash: expect sessions.s-1 led by cache-5 at 7m': [
        SHARDS,
        'shard s-1 on cache-1, cache-6\n  shard s-2 on cache-2, cache-5\n  shard s-3 on cache-3, cache-4',
        /^At 7:00\.0 sessions\.s-1 was led by cache-6\.$/,
    ],
    'two-primaries-at-once: expect writes of sessions unavailable at 2m': [
        'fail node cache-1, cache-2',
        'fail node cache-1',
        /^No shard was dark: 400 of 400 writes succeeded in the second after 2:00\.0\.$/,
    ],
});
