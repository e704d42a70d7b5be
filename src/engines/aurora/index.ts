import type { Engine } from '../engine.js';
import { codes } from './checks/codes.js';
import { check } from './checks/index.js';
import { place } from './placement.js';
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
        'Not simulated and not proved yet: any failure, of instances as of the storage. How long a failover takes is not documented as a bound, only as typical (often under a minute), so say `assume failover takes A to B`. Which of two equal readers is promoted is arbitrary in Aurora; here it is the first declared, an assumption.',
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
    settings,
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
};
