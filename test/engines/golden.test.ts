/**
 * The scenarios of the examples, told line by line as they were read against the documentation of the systems. Where many
 * shards or requests only make the story long, the example is told with fewer.
 */
import { expect, test } from 'vitest';
import { changed, exampleText, stories } from './support/example.js';

interface Told {
    readonly engine: string;
    /** What is changed, and to what. */
    readonly fewer?: readonly (readonly [from: string, to: string])[];
}

const TOLD: readonly Told[] = [
    { engine: 'cassandra' },
    {
        engine: 'elasticsearch',
        fewer: [
            ['900/s', '5/s'],
            ['30/s', '5/s'],
        ],
    },
    { engine: 'hadoop', fewer: [['blocks 120', 'blocks 3']] },
    { engine: 'kafka' },
    { engine: 'kubernetes' },
    { engine: 'opensearch', fewer: [['5000/s', '10/s']] },
    { engine: 'redis' },
    { engine: 'server' },
];

test.each(TOLD)('the scenarios of the example of $engine', async ({ engine, fewer = [] }) => {
    const text = fewer.reduce((all, [from, to]) => changed(all, from, to), exampleText(`${engine}.cluster`));
    await expect(await stories(text)).toMatchFileSnapshot(`../golden/${engine}.txt`);
});
