import type { CodeSpec } from '../../engine.js';
import { GLOBAL, GLOBAL_RECOVERY } from '../sources.js';
import { twoClusters } from './example-files.js';

const BY_HAND = 'replicate ledger to ledger-2 { lag 1s  failover manually }';

/** What may be reported about a Global Database. */
export const globalCodes: readonly CodeSpec[] = [
    {
        code: 'aurora/global-automatic-failover',
        title: 'A Global Database that is said to fail over by itself',
        why: 'Aurora promotes a reader inside a Region, and never a cluster in another: a person or a program of your own has to start that, and it takes minutes.',
        fix: 'Write `failover manually`, and plan who promotes it.',
        example: twoClusters({ between: 'replicate ledger to ledger-2 { lag 1s  failover automatically }' }),
        remedy: twoClusters({ between: BY_HAND }),
        source: GLOBAL_RECOVERY,
    },
    {
        code: 'aurora/global-same-region',
        title: 'Two clusters of a Global Database in one Region',
        why: 'A Global Database has one cluster in a Region.',
        fix: 'Put the secondary in another Region; for more reads in one, add readers.',
        example: twoClusters({ copyPlace: 'us-east-1', between: BY_HAND }),
        remedy: twoClusters({ between: BY_HAND }),
        source: GLOBAL,
    },
    {
        code: 'aurora/global-too-many-secondaries',
        title: 'More than ten secondary clusters',
        why: 'A Global Database has at most ten secondary clusters; older guides say five.',
        fix: 'Leave out the Regions that need it least.',
        example: manyRegions(11),
        remedy: manyRegions(10),
        source: GLOBAL,
    },
    {
        code: 'aurora/global-chain',
        title: 'A secondary that sends changes on, or follows two',
        why: 'Only the primary of a Global Database sends changes, and it sends them to every secondary itself.',
        fix: 'Replicate from the primary to each of the others.',
        example: twoClusters({ between: `${BY_HAND}\nreplicate ledger-2 to ledger { failover manually }` }),
        remedy: twoClusters({ between: BY_HAND }),
        source: GLOBAL,
    },
    {
        code: 'aurora/global-version-differs',
        title: 'Clusters of a Global Database in different versions',
        why: 'All of them are of one engine, and a switchover between different versions is refused.',
        fix: 'Give all of them the same version.',
        example: twoClusters({ version: 'postgresql 17', copyVersion: 'postgresql 16', between: BY_HAND }),
        remedy: twoClusters({ version: 'postgresql 17', between: BY_HAND }),
        source: GLOBAL_RECOVERY,
    },
    {
        code: 'aurora/global-rpo-too-short',
        title: 'A recovery point of less than 20 seconds',
        why: 'Aurora takes no value below 20 seconds for `rds.global_db_rpo`.',
        fix: 'Use at least 20, or leave it out.',
        example: withRpo(10),
        remedy: twoClusters({ between: BY_HAND }),
        source: GLOBAL_RECOVERY,
    },
    {
        code: 'aurora/global-rpo-blocks-commits',
        title: 'A recovery point that one secondary decides',
        why: 'Commits wait while every secondary lags by more than `rds.global_db_rpo`. With a single secondary that is as soon as it, or the link to it, fails: the safety net stops the primary.',
        fix: 'Add a secondary in a third Region, or leave the setting out if writes must go on.',
        example: withRpo(60),
        remedy: twoClusters({ between: BY_HAND }),
        source: GLOBAL_RECOVERY,
    },
];

function withRpo(seconds: number): string {
    return twoClusters({ settings: `rds.global_db_rpo = ${String(seconds)}`, between: BY_HAND });
}

function manyRegions(count: number): string {
    const names = Array.from({ length: count }, (_, index) => `far-${String(index + 1)}`);
    const copies = names.map((name) =>
        [
            `region ${name} { zone a  zone b  zone c }`,
            `cluster ledger-${name}: aurora in ${name} { node ${name}-1 in ${name}.a }`,
            `replicate ledger to ledger-${name} { failover manually }`,
        ].join('\n'),
    );
    return [
        'region us-east-1 { zone a  zone b  zone c }',
        'cluster ledger: aurora in us-east-1 { nodes db-[1..2] across zones }',
        ...copies,
        '',
    ].join('\n\n');
}
