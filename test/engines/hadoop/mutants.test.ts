/** Every promise of the example holds, and breaks for the right reason when the example is made worse in one respect. */
import { exampleText } from '../support/example.js';
import { testMutants, type Mutant } from '../support/mutants.js';

const EXAMPLE = exampleText('hadoop.cluster');

const MUTANTS: readonly Mutant[] = [
    {
        block: 'rack',
        clause: 'tolerate any 1 zone',
        what: 'all JournalNodes in a rack',
        changes: [['jn-[1..3] across zones', 'jn-[1..3] in dc.rack-1']],
        reason: /Broken by zone dc\.rack-1: no reads of lake\.warehouse\.0, because 0 of 3 JournalNodes are left and 2 are needed/,
    },
    {
        block: 'rack',
        clause: 'tolerate any 1 zone',
        what: 'ssh alone, which a host without power does not answer',
        changes: [['"sshfence, shell(/bin/true)"', 'sshfence']],
        reason: /Broken by zone dc\.rack-1: .* nn-1 may have been active and is without power, and `sshfence`, the only fencing method, cannot log in there/,
    },
    {
        block: 'rack',
        clause: 'tolerate any 1 node',
        what: 'one copy of each block',
        changes: [['replicas 3', 'replicas 1']],
        reason: /Broken by node dn-1: no reads of lake\.warehouse\.0, because no copy of warehouse\.0 \(dn-1\) is left/,
    },
    {
        block: 'rack',
        clause: 'tolerate any 1 node',
        what: 'one JournalNode less: of two, both must answer',
        changes: [['jn-[1..3]', 'jn-[1..2]']],
        reason: /Broken by node jn-1: .* because 1 of 2 JournalNodes are left and 2 are needed/,
    },
    {
        block: 'rack',
        clause: 'restore writes within 3m',
        what: 'an ssh that waits nearly two minutes for a host without power',
        changes: [['ha.zookeeper.session-timeout.ms = 10000', 'dfs.ha.fencing.ssh.connect-timeout = 115s']],
        reason: /After zone dc\.rack-1 fails, .* came back 3 min \d+ s after the fault at 30\.0 s, .* longer than allowed/,
    },
    {
        block: 'rack',
        clause: 'lose no writes',
        what: 'one copy of each block, in memory alone at first',
        changes: [['replicas 3', 'replicas 1']],
        reason: /After zone dc\.rack-1 fails, .* \d+ acknowledged writes were lost \(\d+ in lake\.warehouse\.0/,
    },
    {
        block: 'active-namenode-dies',
        clause: 'expect writes of lake restored within 2m',
        what: 'an ssh that waits two minutes for a host without power',
        changes: [['ha.zookeeper.session-timeout.ms = 10000', 'dfs.ha.fencing.ssh.connect-timeout = 2m']],
        reason: /writes of lake\.\S+ were dark .* came back 2 min \d+ s after the fault at 1:00\.0, .* longer than allowed/,
    },
    {
        block: 'active-namenode-dies',
        clause: 'expect lake led by nn-2 at 5m',
        what: 'ssh alone: nobody takes over',
        changes: [['"sshfence, shell(/bin/true)"', 'sshfence']],
        reason: /At 5:00\.0 lake was led by nobody\./,
    },
    {
        block: 'datanode-dies',
        clause: 'expect reads of lake.warehouse uninterrupted',
        what: 'one copy of each block',
        changes: [['replicas 3', 'replicas 1']],
        reason: /reads of lake\.warehouse\.0 were dark from .* and did not come back/,
    },
    {
        block: 'datanode-dies',
        clause: 'expect no lost writes in lake',
        what: 'seven of nine hosts without power: what stood in memory alone is gone',
        changes: [['at 1m  crash node dn-1', 'at 1m  fail node dn-1, dn-2, dn-3, dn-4, dn-5, dn-6, dn-7']],
        reason: /\d+ acknowledged writes were lost/,
    },
    {
        block: 'datanode-dies',
        clause: 'expect lake fully replicated at 29m',
        what: 'a DataNode that counts as dead later',
        changes: [['dfs.namenode.avoid.write.stale.datanode = true', 'dfs.namenode.heartbeat.recheck-interval = 20m']],
        reason: /At 29:00\.0 copies of lake were missing\./,
    },
];

testMutants(EXAMPLE, MUTANTS);
