import type { Engine } from '../engine.js';
import { behaviour } from './behaviour/index.js';
import { codes } from './checks/codes.js';
import { check } from './checks/index.js';
import { place } from './placement.js';
import { rules } from './rules.js';
import { settings } from './settings.js';

/** Amazon Aurora: one writer and its readers on one volume that three zones hold. */
export const aurora: Engine = {
    name: 'aurora',
    title: 'Amazon Aurora',
    documentation: [
        '**Amazon Aurora**: one instance writes, up to 15 read, and all of them share a volume whose six copies stand in three zones. When the writer fails Aurora promotes the reader with the lowest promotion tier, in a tier the largest. A cluster is one service, named like the cluster; its instances are listed in the order of promotion: the writer (the first listed, or the one `as writer`), then the readers by `tier` (1 unless said).',
        '',
        '`replicate A to B` between two Aurora clusters is a Global Database: asynchronous, and promoted by hand.',
        '',
        'Checked: the number of instances, tiers, sizes and zones, the clusters of a Global Database, addresses, and settings that lose or hold back writes.',
        '',
        'Simulated and proved: failures of instances, zones and Regions, failover by tier, size and (among equals) chance, the volume’s quorums of 4 and 3 of 6 copies, the addresses and how long clients keep what they looked up, the lag of readers, instances created anew where they stood, the Region that is promoted by hand with what it loses, `rds.global_db_rpo`, and a switchover within the cluster.',
        '',
        'Assumed: AWS documents no bound for a failover, only what is typical, so say `assume failover takes A to B`, from the failure until the address names the new writer (also for taking a dead reader out of its address, for a promotion by hand and for a switchover, during which nobody writes), and `assume recovery takes A to B` for a new instance. Without them half of all failovers take 15 to 30 s and half of all new instances 2.5 to 5 min, and both have no maximum. A monitor in every zone decides by majority who is alive. A reader is always promoted if there is one, though Aurora may restart the writer in place where that is faster. A former writer that is cut off can write nothing, since the volume takes nothing of it.',
        '',
        'A switchover within a cluster (`switchover A to B`) is planned: the named reader takes over and nothing is lost. A failover follows a failure: Aurora chooses by tier. `promote` of a copy in another Region is the unplanned failover of a Global Database, by hand, and loses the lag; its planned switchover, in which the copies catch up first and nothing is lost, is not simulated. Neither is a headless secondary, a copy without an instance: a cluster needs at least one.',
        '',
        'Not simulated: restarts of readers at a failover (of other Regions, which a run says, or with versions of this one before MySQL 2.10 and PostgreSQL 14.7 and 15.2), single failed copies of the data, repair, caches, write forwarding (readers of this Region or another that pass writes on to the writer), RDS Proxy, Serverless v1, scaling, load.',
    ].join('\n'),
    versions: [
        'mysql 2.12',
        'mysql 3.04',
        'mysql 3.10',
        'mysql 8.4',
        'postgresql 14',
        'postgresql 15',
        'postgresql 16',
        'postgresql 17',
    ],
    roles: [
        {
            name: 'writer',
            documentation: 'The instance that takes writes at first. Without this role it is the first one.',
        },
        { name: 'reader', documentation: 'An Aurora Replica: serves reads, and is promoted by its `tier`.' },
    ],
    groupWords: [],
    singleService: true,
    replicaReads: 'simulated',
    settings,
    unfitEndpoints: {
        vip: {
            why: 'AWS gives every cluster a DNS name for its writer and one for its readers, and no address that moves between instances.',
            instead: 'Use `endpoint dns`, with a short `ttl`.',
        },
        'load-balancer': {
            why: 'A load balancer does not know which instance is the writer; the DNS names that AWS gives the cluster do.',
            instead: 'Use `endpoint dns`, with a short `ttl`.',
        },
    },
    snippet: [
        'nodes ${1:db}-[1..3] across zones { tier 0 }',
        'endpoint dns ${1:db}.internal { ttl 5s }',
        'endpoint dns ${1:db}-ro.internal { ttl 5s  serves reads }',
        'assume failover takes 15s to 60s',
    ].join('\n'),
    place,
    quorums: () => [],
    check,
    codes,
    rules,
    behaviour,
};
