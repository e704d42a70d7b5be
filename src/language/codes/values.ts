import { besideServers, file, sixCaches, webServers } from './files.js';
import type { CodePage } from './page.js';

/** What can be wrong about values, counts and places. */
export const valueCodes: readonly CodePage[] = [
    {
        code: 'language/value',
        title: 'A word that a property does not take',
        why: 'The property has a few fixed values, and this is none of them.',
        fix: 'Write one of the values that the message names.',
        example: webServers('endpoint vip 10.0.0.10 { preempt perhaps }'),
        remedy: webServers('endpoint vip 10.0.0.10 { preempt no }'),
    },
    {
        code: 'language/unit',
        title: 'A figure without its unit, or with another one',
        why: 'Thirty of what? Seconds and minutes differ too much to guess.',
        fix: 'Write the unit next to the number: `250ms`, `15s`, `200/s`, `99.95%`.',
        example: besideServers('scenario crash {', '  at 30 crash node web-1', '}'),
        remedy: besideServers('scenario crash {', '  at 30s crash node web-1', '}'),
    },
    {
        code: 'language/out-of-bounds',
        title: 'A figure that is too small or too large',
        why: 'Nothing can be worked out with it, or nothing would come of it.',
        fix: 'Write a figure within the bounds that the message names.',
        example: besideServers('objective sound for web {', '  tolerate any 0 nodes', '}'),
        remedy: besideServers('objective sound for web {', '  tolerate any 1 node', '}'),
    },
    {
        code: 'language/date',
        title: 'A day that does not exist',
        why: 'It is not known when the waiver ends, so it would hold for ever.',
        fix: 'Write year, month and day as `"2027-03-31"`.',
        example: webServers('waive "server/single-zone" because "The second zone is being built" until "2027-02-31"'),
        remedy: webServers('waive "server/single-zone" because "The second zone is being built" until "2027-02-28"'),
    },
    {
        code: 'language/no-zones',
        title: 'No zones to spread nodes across',
        why: 'The nodes would stand nowhere, so no failure of a place could reach them.',
        fix: 'Say in which region the cluster stands, and declare zones in it.',
        example: file('cluster web: server {', '  nodes web-[1..3] across zones', '}'),
        remedy: webServers(),
    },
    {
        code: 'language/missing-nodes',
        title: 'A shard placed by hand that does not say where',
        why: 'A shard that stands nowhere answers nothing.',
        fix: 'Name its nodes, the leader first: `shard s-1 on cache-1, cache-5`.',
        example: sixCaches('shard s-1'),
        remedy: sixCaches('shard s-1 on cache-1, cache-2'),
    },
    {
        code: 'language/too-many-nodes',
        title: 'More than 100,000 nodes',
        why: 'It is the most that is worked with, so that the editor stays quick and memory suffices.',
        fix: 'Declare fewer nodes, or split the system into files that are looked at one by one.',
        example: webServers('nodes spare-[1..200000] across zones'),
        remedy: webServers('nodes spare-[1..20] across zones'),
    },
    {
        code: 'language/too-many-copies',
        title: 'More than 1,000,000 copies of shards',
        why: 'It is the most that is worked with, so that the editor stays quick and memory suffices.',
        fix: 'Declare fewer shards or fewer copies.',
        example: sixCaches('shards s-[1..2000000] { replicas 1 }'),
        remedy: sixCaches('shards s-[1..3] { replicas 1 }'),
    },
    {
        code: 'language/too-many-steps',
        title: 'More than 10,000 steps in one scenario',
        why: 'It is the most that is simulated; the steps behind it are left out.',
        fix: 'Repeat less often.',
        example: besideServers('scenario flapping {', '  at 10s, repeat every 1s 20000 times restart node web-1', '}'),
        remedy: besideServers('scenario flapping {', '  at 10s, repeat every 1s 20 times restart node web-1', '}'),
    },
];
