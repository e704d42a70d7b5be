/** What is looked for alike in every system. */
import type { CodeSpec } from '../../engine.js';
import { addressCodes } from './address-codes.js';
import { servers, sessions, WRITES } from './files.js';
import { groupCodes } from './group-codes.js';

export const sharedCodes: readonly CodeSpec[] = [
    {
        code: 'topology/copies-in-one-zone',
        title: 'All copies of a shard stand in one zone',
        why: 'Copies are kept so that a failure takes only some of them. When this zone fails, it takes all.',
        fix: 'Place one of the copies in another zone.',
        example: sessions(
            'shard s-1 on cache-1, cache-4',
            'shard s-2 on cache-2, cache-6',
            'shard s-3 on cache-3, cache-5',
        ),
        remedy: sessions(
            'shard s-1 on cache-1, cache-5',
            'shard s-2 on cache-2, cache-6',
            'shard s-3 on cache-3, cache-4',
        ),
    },
    {
        code: 'topology/copy-twice',
        title: 'Two copies of a shard on one node',
        why: 'They are lost together, so they count as one.',
        fix: 'Name another node, or remove the second copy.',
        example: sessions(
            'shard s-1 on cache-1, cache-1',
            'shard s-2 on cache-2, cache-6',
            'shard s-3 on cache-3, cache-4',
        ),
        remedy: sessions(
            'shard s-1 on cache-1, cache-5',
            'shard s-2 on cache-2, cache-6',
            'shard s-3 on cache-3, cache-4',
        ),
    },
    {
        code: 'topology/copy-on-stranger',
        title: 'A copy on a node that is no member of the cluster',
        why: 'Only a process of the cluster can hold one of its shards.',
        fix: 'Make the node a member with `members`, or name a node of the cluster.',
        example: withStranger('shard s-1 on old-1, cache-5'),
        remedy: withStranger('members old-1', 'shard s-1 on old-1, cache-5'),
    },
    {
        code: 'topology/placement-impossible',
        title: 'Shards that cannot be placed',
        why: 'The system has no way to give every copy a node, so the cluster would not come up as it is written.',
        fix: 'Add nodes, or ask for fewer copies.',
        example: sessions('shards s-[1..3] { replicas 5 }'),
        remedy: sessions('shards s-[1..3] { replicas 1 }'),
    },
    {
        code: 'topology/needs-circle',
        title: 'A cluster that needs itself',
        why: 'Each cluster of the circle answers only while the next one does. As long as all run that holds; once all are down, none can be first.',
        fix: 'Let one of them start without the other: `wants` instead of `needs`, or no need at all.',
        example: circle('needs'),
        remedy: circle('wants'),
    },
    {
        code: 'topology/copy-of-itself',
        title: 'A cluster that is copied to itself',
        why: 'What is lost with the cluster is lost with the copy, so nothing is gained.',
        fix: 'Name another cluster behind `to`.',
        example: copiedTo('web'),
        remedy: copiedTo('web-eu'),
    },
    {
        code: 'topology/no-members',
        title: 'A cluster without nodes',
        why: 'Nobody holds its data or answers a request.',
        fix: 'Declare nodes, for example with `nodes n-[1..3] across zones`, or name those of others with `members`.',
        example: servers([]),
        remedy: servers(['nodes web-[1..3] across zones']),
    },
    {
        code: 'topology/overloaded',
        title: 'More requests than all members together carry',
        why: 'The cluster is overloaded before anything fails, so no failure can be survived.',
        fix: 'Add members, raise their `capacity` if it is more in truth, or lower the rates of the workloads.',
        example: servers(['nodes web-[1..3] across zones { capacity 50/s }'], WRITES),
        remedy: servers(['nodes web-[1..3] across zones { capacity 500/s }'], WRITES),
    },
    ...addressCodes,
    ...groupCodes,
];

/** Beside a host that stands in a zone and belongs to no cluster. */
function withStranger(...statements: readonly string[]): string {
    return sessions(...statements, 'shard s-2 on cache-2, cache-6', 'shard s-3 on cache-3, cache-4').replace(
        '  zone a\n',
        '  zone a { node old-1 }\n',
    );
}

/** Two clusters of servers, of which one needs the other, and the other it in this way. */
function circle(kind: 'needs' | 'wants'): string {
    return `region dc { zone a  zone b }

cluster web: server in dc {
  nodes web-[1..2] across zones
  needs reads of auth
}

cluster auth: server in dc {
  nodes auth-[1..2] across zones
  ${kind} reads of web
}
`;
}

function copiedTo(name: string): string {
    return `region dc { zone a  zone b }

cluster web: server in dc { nodes web-[1..2] across zones }
cluster web-eu: server in dc { nodes eu-[1..2] across zones }

replicate web to ${name} { lag 1s }
`;
}
