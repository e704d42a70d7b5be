/** Pages about the whole cluster: racks, seeds, logins, long outages. */
import type { CodeSpec } from '../../engine.js';
import { DYNAMO, HINTS, SECURITY, YAML } from '../sources.js';
import { file, SIX_NODES, THREE_COPIES } from './file.js';

const SOUND = file([SIX_NODES, THREE_COPIES]);

export const nodeCodes: readonly CodeSpec[] = [
    {
        code: 'cassandra/one-rack',
        title: 'One rack in several zones',
        why: 'Cassandra spreads copies over racks and knows no zones beside them. If all nodes name one rack, all copies of a range may stand in one zone.',
        fix: 'Let zones be racks: remove `rack`, or name one rack for each zone.',
        example: file(['nodes use-[1..6] across us-east-1 { rack r1 }', THREE_COPIES]),
        remedy: SOUND,
        source: DYNAMO,
    },
    {
        code: 'cassandra/uneven-racks',
        title: 'Racks with different numbers of nodes',
        why: 'Every rack gets the same share of the copies, so the nodes of the smallest rack hold and serve more than the others. A single node in a new rack would get a copy of everything.',
        fix: 'Give every rack as many nodes.',
        example: file(['nodes use-[1..7] across us-east-1', THREE_COPIES]),
        remedy: SOUND,
        source: DYNAMO,
    },
    {
        code: 'cassandra/seeds-together',
        title: 'All seeds in one datacenter or rack',
        why: 'Nodes that join ask the seeds, and gossip prefers them. While the place that holds all of them is down no node can join.',
        fix: 'Name seeds in every datacenter, and in more than one rack.',
        example: file([SIX_NODES, THREE_COPIES, 'settings { seeds = use-1, use-4 }']),
        remedy: file([SIX_NODES, THREE_COPIES, 'settings { seeds = use-1, use-2 }']),
        source: YAML,
    },
    {
        code: 'cassandra/system-auth-replicas',
        title: 'Logins that rest on one copy',
        why: 'Who may log in is kept in `system_auth`, which is made with one copy. While the node that has it is down, logins fail, whatever copies the data has.',
        fix: 'Give `system_auth` as many copies as your data, and declare it in the file.',
        example: file([SIX_NODES, THREE_COPIES, 'settings { authenticator = PasswordAuthenticator }']),
        remedy: file([
            SIX_NODES,
            THREE_COPIES,
            'keyspace system_auth { replicas 3 }',
            'settings { authenticator = PasswordAuthenticator }',
        ]),
        source: SECURITY,
    },
    {
        code: 'cassandra/outage-beyond-hints',
        title: 'An outage that is longer than hints are kept',
        why: 'Coordinators keep writes for a node that is down for `max_hint_window`, and none after that. A node that comes back later lacks writes, which reads of one copy then miss, until someone repairs it.',
        fix: 'Restore sooner, raise `max_hint_window`, or run `nodetool repair` after such an outage.',
        example: file([SIX_NODES, THREE_COPIES], outage('4h')),
        remedy: file([SIX_NODES, THREE_COPIES], outage('2h')),
        source: HINTS,
    },
];

function outage(duration: string): string {
    return [
        'scenario long-outage {',
        '  at 0s  fail node use-1',
        `  at ${duration}  restore node use-1`,
        '  until 5h',
        '  expect writes of profiles uninterrupted',
        '}',
    ].join('\n');
}
