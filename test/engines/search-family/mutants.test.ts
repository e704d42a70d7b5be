/** Every promise of the examples holds, and breaks for the right reason when the example is made worse in one respect. */
import { describe } from 'vitest';
import { changed, exampleText } from '../support/example.js';
import { testMutants, type Mutant } from '../support/mutants.js';

const ELASTICSEARCH: readonly Mutant[] = [
    {
        block: 'survive-a-zone',
        clause: 'tolerate any 1 zone',
        what: 'both copies of a shard in a zone',
        changes: [['{ shards 6  replicas 1 }', '{ shard 0 on data-1, data-4 }']],
        reason: /Broken by zone us-east-1\.a: no reads of catalogue\.products\.0, because no copy of products\.0 \(data-1 and data-4\) is left/,
    },
    {
        block: 'survive-a-zone',
        clause: 'tolerate any 1 node',
        what: 'one voter less: two masters have one vote',
        changes: [['nodes master-[1..3]', 'nodes master-[1..2]']],
        reason: /Broken by node master-1: no writes of catalogue\.\S+ because .* no master is elected, and without one the nodes refuse writes/,
    },
    {
        block: 'survive-a-zone',
        clause: 'lose no writes',
        what: 'a transaction log that is synced now and then, under copies that lose power together',
        changes: [
            ['{ shards 6  replicas 1 }', '{ shard 0 on data-1, data-4 }'],
            ['settings {', 'settings {\n index.translog.durability = async'],
        ],
        status: 'not-proved',
        reason: /all copies of products\.0 lose power together, and `index\.translog\.durability = async` forces writes to disk only every 5\.0 s/,
    },
    {
        block: 'data-node-crash',
        clause: 'expect reads of catalogue uninterrupted',
        what: 'a lone copy',
        changes: [['shards 6  replicas 1', 'shards 6  replicas 0']],
        reason: /reads of catalogue\.products\.0 were dark/,
    },
    {
        block: 'data-node-crash',
        clause: 'expect writes of catalogue restored within 5s',
        what: 'writes that wait for a copy which is made anew after a minute',
        changes: [['wait_for_active_shards = 1', 'wait_for_active_shards = 2']],
        reason: /longer than allowed/,
    },
    {
        block: 'data-node-silent',
        clause: 'expect writes of catalogue restored within 40s',
        what: 'checks that wait half as long again',
        changes: [['settings {', 'settings {\n cluster.fault_detection.follower_check.timeout = 15s']],
        reason: /came back 4[78]\.\d s .*longer than allowed/,
    },
    {
        block: 'data-node-silent',
        clause: 'expect no lost writes in catalogue',
        what: 'a lone copy whose disk is lost',
        changes: [
            ['shards 6  replicas 1', 'shards 6  replicas 0'],
            ['at 20s  fail node data-1', 'at 20s  fail node data-1\n  at 21s  wipe node data-1'],
        ],
        reason: /lost/,
    },
];

const OPENSEARCH: readonly Mutant[] = [
    {
        block: 'survive-a-zone',
        clause: 'tolerate any 1 zone',
        what: 'no replicas',
        changes: [['replicas 2', 'replicas 0']],
        reason: /Broken by zone eu-west-1\.a: no \w+ of logs\.events\.0, because no copy of events\.0 \(data-1\) is left to be promoted/,
    },
    {
        block: 'survive-a-zone',
        clause: 'lose no writes',
        what: 'a transaction log that is synced now and then, and no replicas',
        changes: [
            ['replicas 2', 'replicas 0'],
            ['settings {', 'settings {\n index.translog.durability = async'],
        ],
        status: 'not-proved',
        reason: /all copies of events\.\d lose power together, and `index\.translog\.durability = async`/,
    },
    {
        block: 'zone-and-manager',
        clause: 'expect reads of logs restored within 45s',
        what: 'no replicas: reads wait until the zone is back',
        changes: [['replicas 2', 'replicas 0']],
        reason: /longer than allowed/,
    },
    {
        block: 'zone-and-manager',
        clause: 'expect writes of logs restored within 45s',
        what: 'the elected manager in the zone: its successor begins its own checks',
        changes: [
            ['fail zone eu-west-1.c', 'fail zone eu-west-1.a'],
            ['restore zone eu-west-1.c', 'restore zone eu-west-1.a'],
            ['shippers in eu-west-1.a', 'shippers in eu-west-1.b'],
        ],
        reason: /came back (6[4-9]|7\d)\.\d s .*longer than allowed/,
    },
];

// With fewer requests, for those that fail are simulated one by one.
describe('the Elasticsearch example', () => {
    const text = changed(changed(exampleText('elasticsearch.cluster'), '900/s', '5/s'), '30/s', '5/s');
    testMutants(text, ELASTICSEARCH);
});

describe('the OpenSearch example', () => {
    testMutants(changed(exampleText('opensearch.cluster'), '5000/s', '10/s'), OPENSEARCH);
});
