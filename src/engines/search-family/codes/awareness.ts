import { AWARENESS, forcedKey } from '../awareness.js';
import type { Page, SearchProduct } from '../product.js';
import { pageFile } from './file.js';

export function awarenessPages(product: SearchProduct): readonly Page[] {
    const { title, sources } = product;
    const settings = (...lines: readonly string[]): string => pageFile(product, { settings: lines });
    const aware = `${AWARENESS} = zone`;
    const inRacks = (rackOfFourth: string): string =>
        pageFile(product, {
            data: [
                'node d-1 in r.a as data { rack r1 }',
                'node d-2 in r.b as data { rack r2 }',
                'node d-3 in r.c as data { rack r3 }',
                `node d-4 in r.a as data${rackOfFourth}`,
            ].join('\n'),
            settings: [`${AWARENESS} = zone, rack`],
        });
    return [
        {
            name: 'awareness-not-set',
            title: 'Allocation that does not know the zones',
            why: `${title} knows of zones only what it is told. Without awareness it may put all copies of a shard into one zone, and the loss of that zone then loses the shard.`,
            fix: `Set \`${AWARENESS} = zone\`.`,
            example: settings(),
            remedy: settings(aware),
            source: sources.awareness,
            replaces: 'topology/copies-in-one-zone',
        },
        {
            name: 'unknown-awareness-attribute',
            title: 'An awareness attribute that is not modelled',
            why: 'Zones and racks of nodes are known here and other attributes are not, so copies may be shown where the real cluster would not put them.',
            fix: 'Name the attribute zone or rack.',
            example: settings(`${AWARENESS} = rack_id`),
            remedy: settings(aware),
            source: sources.awareness,
        },
        {
            name: 'node-without-attribute',
            title: 'A data node that awareness leaves empty',
            why: 'Once an attribute is an awareness attribute, copies are only put on nodes that have it.',
            fix: 'Give every data node the attribute.',
            example: inRacks(''),
            remedy: inRacks(' { rack r4 }'),
            source: sources.awareness,
        },
        {
            name: 'forced-value-without-nodes',
            title: 'Forced awareness names a value without nodes',
            why: 'Copies are divided over every value that is named. What is kept for a value that no data node has, often a misspelt one, is never assigned.',
            fix: 'Name the values that the nodes have.',
            example: settings(aware, `${forcedKey('zone')} = a, b, c, d`),
            remedy: settings(aware, `${forcedKey('zone')} = a, b, c`),
            source: sources.awareness,
        },
    ];
}
