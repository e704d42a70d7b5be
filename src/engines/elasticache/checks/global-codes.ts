import type { CodeSpec } from '../../engine.js';
import { globalPages } from '../../shared/checks/global-codes.js';
import { GLOBAL } from '../sources.js';
import { globalDatastore } from './example-files.js';
import { GLOBAL_DATASTORE } from './global-datastore.js';

const BY_HAND = 'replicate carts to copy { lag 1s  failover manually }';

/** What may be reported about a Global Datastore. */
export const globalCodes: readonly CodeSpec[] = [
    ...globalPages(
        GLOBAL_DATASTORE,
        {
            vendor: 'ElastiCache',
            promoted: 'a replica',
            most: 'two',
            mostNote: '',
            sources: { service: GLOBAL, failover: GLOBAL },
        },
        {
            two: (between, copyPlace) =>
                globalDatastore(copyPlace === undefined ? { between } : { between, copyPlace }),
            many: manyRegions,
            onward: 'carts to copy',
            back: 'copy to carts',
        },
    ),
    {
        code: 'elasticache/global-members-differ',
        title: 'Clusters of a Global Datastore that are not alike',
        why: 'They have the same number of shards, the same node type and the same version; only the number of replicas may differ.',
        fix: 'Make them alike.',
        example: globalDatastore({ copyShards: 5, between: BY_HAND }),
        remedy: globalDatastore({ copyShards: 3, between: BY_HAND }),
        source: GLOBAL,
    },
];

function manyRegions(count: number): string {
    const names = Array.from({ length: count }, (_, index) => `far-${String(index + 1)}`);
    const member = (name: string, region: string): string =>
        [
            `region ${region} { zone a  zone b  zone c }`,
            `cluster ${name}: elasticache in ${region} {`,
            `  nodes ${name}-[1..6] across zones`,
            '  shards g-[1..3] { replicas 1 }',
            '  settings { multi-az = enabled }',
            '}',
        ].join('\n');
    return [
        member('carts', 'us-east-1'),
        ...names.map(
            (name) => `${member(`copy-${name}`, name)}\nreplicate carts to copy-${name} { failover manually }`,
        ),
        '',
    ].join('\n\n');
}
