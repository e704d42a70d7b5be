import type { CodeSpec } from '../../engine.js';
import { GLOBAL } from '../sources.js';
import { globalDatastore } from './example-files.js';

const BY_HAND = 'replicate carts to copy { lag 1s  failover manually }';

/** What may be reported about a Global Datastore. */
export const globalCodes: readonly CodeSpec[] = [
    {
        code: 'elasticache/global-automatic-failover',
        title: 'A Global Datastore that is said to fail over by itself',
        why: 'ElastiCache promotes a replica inside a Region, and never a cluster in another: a person or a program of your own has to do that.',
        fix: 'Write `failover manually`, and plan who promotes it.',
        example: globalDatastore({ between: 'replicate carts to copy { lag 1s  failover automatically }' }),
        remedy: globalDatastore({ between: BY_HAND }),
        source: GLOBAL,
    },
    {
        code: 'elasticache/global-same-region',
        title: 'Two clusters of a Global Datastore in one Region',
        why: 'The secondary clusters are in other Regions than the primary.',
        fix: 'Put the secondary in another Region; for more reads in one, add replicas.',
        example: globalDatastore({ copyPlace: 'us-east-1', between: BY_HAND }),
        remedy: globalDatastore({ between: BY_HAND }),
        source: GLOBAL,
    },
    {
        code: 'elasticache/global-members-differ',
        title: 'Clusters of a Global Datastore that are not alike',
        why: 'They have the same number of shards, the same node type and the same version; only the number of replicas may differ.',
        fix: 'Make them alike.',
        example: globalDatastore({ copyShards: 5, between: BY_HAND }),
        remedy: globalDatastore({ copyShards: 3, between: BY_HAND }),
        source: GLOBAL,
    },
    {
        code: 'elasticache/global-too-many-secondaries',
        title: 'More than two secondary clusters',
        why: 'A Global Datastore replicates to at most two other Regions.',
        fix: 'Leave out the Region that needs it least.',
        example: manyRegions(3),
        remedy: manyRegions(2),
        source: GLOBAL,
    },
    {
        code: 'elasticache/global-chain',
        title: 'A secondary that sends changes on, or follows two',
        why: 'Only the primary of a Global Datastore sends changes, and it sends them to every secondary itself.',
        fix: 'Replicate from the primary to each of the others.',
        example: globalDatastore({ between: `${BY_HAND}\nreplicate copy to carts { failover manually }` }),
        remedy: globalDatastore({ between: BY_HAND }),
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
