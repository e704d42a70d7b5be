import { ACTIVE_SHARDS } from '../settings/indices.js';
import type { Page, SearchProduct } from '../product.js';
import { pageFile } from './file.js';

export function activeShardPages(product: SearchProduct): readonly Page[] {
    const writing = (value: string): string =>
        pageFile(product, {
            behind: `workload shop in r.a { writes catalogue.products 30/s with ${ACTIVE_SHARDS} = ${value} }`,
        });
    const source = product.sources.activeShards;
    return [
        {
            name: 'no-spare-copy',
            title: 'Writes that wait for every copy',
            why: 'A write begins only when that many copies are active. If that is all of them, the loss of any one stops the writes to its shard until the copy is made anew, which waits a minute by default. It makes no write safer: a write reaches every copy in sync in any case.',
            fix: 'Wait for fewer copies than there are, or add a replica.',
            example: writing('all'),
            remedy: writing('1'),
            source,
        },
        {
            name: 'more-active-shards-than-copies',
            title: 'Writes that wait for more copies than there are',
            why: 'That many copies are never active, so every write fails after its timeout.',
            fix: 'Wait for at most as many copies as the index has, the primary counted.',
            example: writing('3'),
            remedy: writing('1'),
            source,
        },
        {
            name: 'active-shards-value',
            title: 'No number of copies',
            why: 'The system takes a number or `all`, and refuses anything else; `quorum` is a word of versions before 5.0.',
            fix: 'Write a number, or `all`.',
            example: writing('quorum'),
            remedy: writing('1'),
            source,
        },
    ];
}
