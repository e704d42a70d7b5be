import type { CodeSpec } from '../../engine.js';
import { globalPages } from '../../shared/checks/global-codes.js';
import { GLOBAL, GLOBAL_RECOVERY } from '../sources.js';
import { twoClusters } from './example-files.js';
import { GLOBAL_DATABASE } from './global-database.js';

const BY_HAND = 'replicate ledger to ledger-2 { lag 1s  failover manually }';

/** What may be reported about a Global Database. */
export const globalCodes: readonly CodeSpec[] = [
    ...globalPages(
        GLOBAL_DATABASE,
        {
            vendor: 'Aurora',
            promoted: 'a reader',
            most: 'ten',
            mostNote: '; older guides say five',
            sources: { service: GLOBAL, failover: GLOBAL_RECOVERY },
        },
        {
            two: (between, copyPlace) => twoClusters(copyPlace === undefined ? { between } : { between, copyPlace }),
            many: manyRegions,
            onward: 'ledger to ledger-2',
            back: 'ledger-2 to ledger',
        },
    ),
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
