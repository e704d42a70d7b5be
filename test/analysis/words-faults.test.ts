/** The table of faults of the language: what each does, and what it does not do. */
import { it } from 'vitest';
import { expectRow, type Row } from './support/rows.js';

/** Two services on the same two hosts, which belong to the first. */
const HOSTS = `
region r { zone a  zone b }
cluster web: server { node h-1 in r.a  node h-2 in r.b  endpoint load-balancer 10.0.0.1 { check every 1s  timeout 1s  fall 2  rise 2 } }
cluster api: server { members h-1, h-2  endpoint load-balancer 10.0.0.2 { check every 1s  timeout 1s  fall 2  rise 2 } }
`;
const WEB = `
region r { zone a  zone b }
cluster web: server in r {
  nodes w-[1..2] across zones
  endpoint load-balancer 10.0.0.1 { check every 1s  timeout 1s  fall 2  rise 2 }
}
workload near in r.a { reads web 100/s with retries = 0 }
`;
const CACHE = `
region r { zone a  zone b  zone c }
cluster cache: redis in r {
  nodes n-[1..6] across zones
  shards s-[1..3] { replicas 1 }
  settings { cluster-node-timeout = 5000  appendonly = yes  appendfsync = always }
}
workload app in r.b { writes cache 300/s  reads cache 300/s }
`;
const PAIR = `
region r { zone a  zone b }
cluster gateway: server in r {
  node g-1 in r.a { priority 150 }
  node g-2 in r.b { priority 100 }
  endpoint vip 10.0.0.10 { advertise every 1s }
}
`;
const INDEX = `
region r { zone a  zone b  zone c }
cluster catalogue: elasticsearch in r {
  nodes m-[1..3] across zones as master
  nodes d-[1..3] across zones as data
  index items { shards 3  replicas 0 }
}
workload shop { writes catalogue.items 300/s }
`;
const ROWS: readonly Row[] = [
    [
        '`crash node`: the service dies; its host, and what else runs on it, lives',
        HOSTS,
        'at 10s crash node h-1  until 1m',
        ['capacity of web at 20s at most 50%', 'capacity of api at least 100%', 'reads of api uninterrupted'],
        ['reads of web uninterrupted'],
    ],
    [
        '`fail node`: power, and with it all that runs there',
        HOSTS,
        'at 10s fail node h-1  until 1m',
        ['capacity of web at 20s at most 50%', 'capacity of api at 20s at most 50%'],
        ['reads of web uninterrupted', 'reads of api uninterrupted'],
    ],
    [
        '`stop node`: a clean shutdown of the node and of what else runs on it',
        HOSTS,
        'at 10s stop node h-1  until 1m',
        ['capacity of web at 20s at most 50%', 'capacity of api at 20s at most 50%'],
        [],
    ],
    [
        '`restart node` starts what crashed or stopped',
        WEB,
        'at 10s crash node w-1  at 15s stop node w-2  at 20s restart node w-1, w-2  until 1m',
        ['capacity of web at 18s at most 0%', 'capacity of web at 30s at least 100%', 'reads of web available at 40s'],
        ['reads of web available at 17s'],
    ],
    [
        '`restart node` does not give power back; `restore` does',
        WEB,
        'at 10s fail node w-1  at 20s restart node w-1  at 30s restore node w-1  until 1m',
        ['capacity of web at 25s at most 50%', 'capacity of web at 40s at least 100%'],
        [],
    ],
    [
        '`restore` takes back fail, crash, stop and isolate',
        `${WEB}\ncluster more: server in r { nodes m-[1..4] in r.b  endpoint load-balancer 10.0.0.9 { check every 1s } }`,
        'at 10s fail node m-1  at 10s crash node m-2  at 10s stop node m-3  at 10s isolate node m-4  at 30s restore node m-1, m-2, m-3, m-4  until 1m',
        [
            'capacity of more at 20s at most 0%',
            'capacity of more at 45s at least 100%',
            'reads of more available at 45s',
        ],
        ['reads of more available at 15s'],
    ],
    [
        '`freeze`: connections stay open, so requests hang; `unfreeze` lets the process go on',
        WEB,
        'at 10s freeze node w-1, w-2  at 30s unfreeze node w-1, w-2  until 1m',
        ['reads of web unavailable at 15s', 'reads of web available at 50s'],
        ['reads of web uninterrupted'],
    ],
    [
        '`wipe`: what the only living copy held is gone',
        INDEX,
        'at 10s crash node d-1  at 11s wipe node d-1  at 20s restart node d-1  until 2m',
        ['at least 900 lost writes in catalogue'],
        ['no lost writes in catalogue'],
    ],
    [
        'without `wipe` a disk that was written before the answer keeps all',
        INDEX,
        'at 10s crash node d-1  at 20s restart node d-1  until 2m',
        ['no lost writes in catalogue'],
        [],
    ],
    [
        '`isolate`: alive and unreachable, so a member that nobody hears leads on beside its successor',
        PAIR,
        'at 10s isolate node g-1  at 30s restore node g-1  until 1m',
        ['split brain in gateway', 'reads of gateway restored within 4s', 'gateway led by g-1 at 50s'],
        ['reads of gateway uninterrupted'],
    ],
    [
        'in a `partition` what is not listed stays with all',
        WEB.replace('zone b', 'zone b  zone c') + 'workload third in r.c { reads web 100/s with retries = 0 }',
        'at 10s partition r.a | r.b  until 1m',
        ['reads of third uninterrupted', 'capacity of web at least 100%'],
        [],
    ],
    [
        'sides may be nodes',
        CACHE,
        'at 10s partition node n-1 | r.b, r.c  at 40s heal  until 2m',
        ['writes of cache.s-1 restored within 15s'],
        ['writes of cache.s-1 uninterrupted'],
    ],
    [
        '`cut` is one way: answers do not come back either, so a request over it fails both ways round',
        `region r { zone a  zone b }
         cluster db: server { node d-1 in r.b  endpoint discovery  failover active-active }
         workload near in r.a { reads db 100/s with retries = 0 }`,
        'at 10s cut r.a -> r.b  at 20s heal  at 30s cut r.b -> r.a  at 40s heal  until 1m',
        [
            'reads of db unavailable at 15s',
            'reads of db available at 25s',
            'reads of db unavailable at 35s',
            'reads of db available at 50s',
        ],
        [],
    ],
    [
        '`cut` leaves the other way: only who no longer hears takes over',
        PAIR,
        'at 10s cut node g-2 -> node g-1  until 1m',
        ['no split brain in gateway', 'gateway led by g-1 at 50s'],
        ['split brain in gateway'],
    ],
    [
        '`heal` takes back partitions, cuts and isolation alike',
        WEB,
        'at 10s partition r.a | r.b  at 11s isolate node w-1  at 12s cut node w-2 -> r.a  at 30s heal  until 1m',
        ['reads of web available at 50s'],
        ['reads of web uninterrupted'],
    ],
    [
        '`slow` delays: a client whose patience is longer waits, one whose patience is shorter fails',
        `region r { zone a  zone b }
         cluster db: server in r { node d-1 in r.a  endpoint discovery  failover active-active }
         workload patient in r.b { reads db 50/s with timeout = 1s, retries = 0 }
         workload hasty in r.b { reads db 50/s with timeout = 100ms, retries = 0 }`,
        'at 10s slow node d-1 by 200ms  at 30s slow node d-1 by 0ms  until 1m',
        ['reads of hasty available at 40s', 'reads of patient uninterrupted', 'reads of hasty unavailable at 20s'],
        ['reads of hasty uninterrupted'],
    ],
    [
        '`drop` loses packets: they are sent again, so short patience fails now and then',
        `region r { zone a  zone b }
         cluster db: server in r { node d-1 in r.a  endpoint discovery  failover active-active }
         workload hasty in r.b { reads db 50/s with timeout = 100ms, retries = 0 }`,
        'at 10s drop 30% between r.a and r.b  at 30s heal  until 1m',
        ['availability of hasty at least 50%', 'reads of hasty available at 40s'],
        ['availability of hasty at least 99%', 'reads of hasty available at 20s'],
    ],
    [
        '`roll` restarts one after another',
        CACHE,
        'at 10s roll nodes of cache every 30s  until 5m',
        ['no lost writes in cache', 'capacity of cache at least 80%'],
        [],
    ],
    [
        '`leader of` a shard is whoever leads when the fault strikes',
        CACHE,
        'at 10s fail node leader of cache.s-1  at 60s fail node leader of cache.s-2  until 2m',
        ['cache.s-1 led by n-5 or n-4 or n-6 at 50s', 'capacity of cache at 100s at most 67%'],
        ['cache.s-1 led by n-1 at 50s'],
    ],
    [
        'several targets in one step are struck at one instant',
        CACHE,
        'at 10s fail node n-1, n-2  until 1m',
        ['capacity of cache at 10001ms at most 67%', 'writes of cache unavailable at 40s'],
        ['writes of cache restored within 20s'],
    ],
];

it.each(ROWS)('%s', async (...row) => {
    await expectRow(row);
});
