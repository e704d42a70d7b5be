import { AWARENESS, forcedKey } from '../awareness.js';
import { REPLICAS } from '../settings/indices.js';
import type { Page, SearchProduct } from '../product.js';
import { pageFile } from './file.js';

export function copyPages(product: SearchProduct): readonly Page[] {
    const { sources } = product;
    const index = (text: string): string => pageFile(product, { index: text });
    return [
        {
            name: 'no-replica',
            title: 'An index without replicas',
            why: 'Each shard stands on one node. While that node is away the shard can be neither read nor written, and when its disk is lost its data is.',
            fix: 'Use at least one replica.',
            example: index('index products { shards 3  replicas 0 }'),
            remedy: index('index products { shards 3  replicas 1 }'),
            source: sources.replication,
        },
        {
            name: 'more-copies-than-nodes',
            title: 'More copies than nodes to hold them',
            why: 'A node never holds two copies of one shard. Those for which no node is left are never assigned: they protect nothing, and the health of the index stays yellow, which hides real trouble.',
            fix: 'Use fewer replicas than there are data nodes, or add nodes.',
            example: index('index products { shards 3  replicas 3 }'),
            remedy: index('index products { shards 3  replicas 2 }'),
            source: sources.replication,
        },
        {
            name: 'unassigned-primary',
            title: 'Primaries without a node',
            why: 'No node may hold the index, so it can be neither read nor written: its health is red.',
            fix: 'Say in which zone or rack the nodes stand, or do not ask for it.',
            example: pageFile(product, { settings: [`${AWARENESS} = rack`] }),
            remedy: pageFile(product),
            source: sources.awareness,
        },
        {
            name: 'awareness-leaves-unassigned',
            title: 'Awareness leaves copies without a node',
            why: 'At most the copies divided by the zones, rounded up, may stand in one zone. Where a zone has fewer data nodes than that, the rest is not made up for elsewhere: it is never assigned.',
            fix: 'Spread the data nodes evenly over the zones, or use fewer replicas.',
            example: pageFile(product, {
                data: 'nodes d-[1..3] across r.a as data\nnode d-4 in r.b as data',
                index: 'index products { shards 2  replicas 3 }',
            }),
            remedy: pageFile(product, {
                data: 'nodes d-[1..2] across r.a as data\nnodes d-[3..4] across r.b as data',
                index: 'index products { shards 2  replicas 3 }',
            }),
            source: sources.awareness,
        },
        {
            name: 'forced-awareness-leaves-unassigned',
            title: 'Forced awareness leaves copies without a node',
            why: 'Forced awareness divides the copies over all values that it names. The share of a value without nodes is kept free for it, so those copies stay unassigned.',
            fix: 'Add data nodes under every value, name only those that have nodes, or use fewer replicas.',
            example: pageFile(product, {
                data: 'nodes d-[1..4] across r.a, r.b as data',
                index: 'index products { shards 2  replicas 2 }',
                settings: [`${AWARENESS} = zone`, `${forcedKey('zone')} = a, b, c`],
            }),
            remedy: pageFile(product, {
                data: 'nodes d-[1..6] across zones as data',
                index: 'index products { shards 2  replicas 2 }',
                settings: [`${AWARENESS} = zone`, `${forcedKey('zone')} = a, b, c`],
            }),
            source: sources.awareness,
        },
        {
            name: 'contradicting-count',
            title: 'A count that its setting contradicts',
            why: 'The block of an index and its settings name different numbers, so the drawing and the real index would differ.',
            fix: 'Say the number once.',
            example: index(`index products { shards 3  replicas 1  settings { ${REPLICAS} = 2 } }`),
            remedy: index('index products { shards 3  replicas 2 }'),
        },
    ];
}
