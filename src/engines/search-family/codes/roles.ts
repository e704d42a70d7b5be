import { SHARD_LIMIT } from '../settings/allocation.js';
import { AWARENESS } from '../awareness.js';
import type { Page, SearchProduct } from '../product.js';
import { pageFile, soundManagers } from './file.js';

export function rolePages(product: SearchProduct): readonly Page[] {
    const { title, sources } = product;
    const managers = soundManagers(product);
    return [
        {
            name: 'lone-role',
            title: 'A role that one node has alone',
            why: 'When that node fails, nobody does its work: pipelines are not run, jobs do not go on, or data is not at hand.',
            fix: 'Give the role to a second node in another zone.',
            example: pageFile(product, { managers: `${managers}\nnode i-1 in r.a as ingest` }),
            remedy: pageFile(product, { managers: `${managers}\nnodes i-[1..2] across zones as ingest` }),
            source: sources.design,
        },
        {
            name: 'copy-without-data-role',
            title: 'A copy on a node without a data role',
            why: `${title} never puts a copy on a node that has no data role, so the shard would not stand where the file says.`,
            fix: 'Place it on data nodes.',
            example: pageFile(product, { index: 'index products { shard 0 on d-1, m-2 }' }),
            remedy: pageFile(product, { index: 'index products { shard 0 on d-1, d-2 }' }),
            source: sources.roles,
        },
        {
            name: 'placed-against-awareness',
            title: 'A place that awareness does not allow',
            why: `At most the copies divided by the zones, rounded up, may stand in one zone. ${title} moves copies away that are too many, so the shard would not stay where the file says.`,
            fix: 'Place the copies in different zones.',
            example: pageFile(product, {
                data: 'nodes d-[1..6] across zones as data',
                index: 'index products { replicas 2  shard 0 on d-1, d-4, d-2 }',
            }),
            remedy: pageFile(product, {
                data: 'nodes d-[1..6] across zones as data',
                index: 'index products { replicas 2  shard 0 on d-1, d-3, d-2 }',
            }),
            source: sources.awareness,
        },
        {
            name: 'too-many-shards',
            title: 'More copies than the cluster takes',
            why: 'A cluster refuses to create an index whose copies would bring it above a number for each data node, because every shard costs memory wherever it stands.',
            fix: 'Use fewer, larger shards, or add data nodes.',
            example: pageFile(product, { settings: [`${AWARENESS} = zone`, `${SHARD_LIMIT} = 1`] }),
            remedy: pageFile(product, { settings: [`${AWARENESS} = zone`, `${SHARD_LIMIT} = 2`] }),
            source: sources.shardLimit,
        },
    ];
}
