/** Every promise of the example holds, and breaks for the right reason when the example is made worse in one respect. */
import { exampleText } from '../support/example.js';
import { testMutants, type Mutant } from '../support/mutants.js';

const EXAMPLE = exampleText('cassandra.cluster');

const MUTANTS: readonly Mutant[] = [
    {
        block: 'zone',
        clause: 'tolerate any 1 zone',
        what: 'one copy less in a datacenter, so that its quorum is both',
        changes: [['replicas us-east-1 3, eu-west-1 3', 'replicas us-east-1 2, eu-west-1 3']],
        reason: /Broken by zone us-east-1\.a: no \w+ of profiles\.users\.\d+, because LOCAL_QUORUM needs 2 of 2 copies in us-east-1, and only/,
    },
    {
        block: 'zone',
        clause: 'lose no writes',
        what: 'writers that are content with one copy',
        changes: [
            [
                'writes profiles.users 300/s with consistency = LOCAL_QUORUM',
                'writes profiles.users 300/s with consistency = LOCAL_ONE',
            ],
        ],
        status: 'not-proved',
        reason: /^Not proved: after zone us-east-1\.a fails, writes that were acknowledged in that very instant may be lost, because a write of users\.\d+ that only \S+(?: and \S+)? had at that instant is not on disk yet\./,
    },
    {
        block: 'region-cut-off',
        clause: 'expect availability of app-us at least 99.9%',
        what: 'writes that wait for copies of both regions',
        changes: [
            [
                'writes profiles.users 300/s with consistency = LOCAL_QUORUM',
                'writes profiles.users 300/s with consistency = QUORUM',
            ],
        ],
        reason: /908,\d{3} of 1,080,000 requests succeeded \(84\.\d+%\)/,
    },
    {
        block: 'region-cut-off',
        clause: 'expect writes of audit unavailable at 5m',
        what: 'an audit that its own region satisfies',
        changes: [['EACH_QUORUM', 'LOCAL_QUORUM']],
        reason: /No shard was dark: 10 of 10 writes succeeded in the second after 5:00\.0/,
    },
    {
        block: 'rack-down',
        clause: 'expect availability of app-us at least 95%',
        what: 'reads that wait for every copy',
        changes: [['900/s with consistency = LOCAL_QUORUM', '900/s with consistency = ALL']],
        reason: /207,\d{3} of 7(?:19,99\d|20,000) requests succeeded/,
    },
];

testMutants(EXAMPLE, MUTANTS);
