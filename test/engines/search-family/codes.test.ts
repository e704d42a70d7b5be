/** Every code of the two products is reported for its example and not for its remedy. */
import { describe, expect, test } from 'vitest';
import { elasticsearch } from '../../../src/engines/elasticsearch/index.js';
import { opensearch } from '../../../src/engines/opensearch/index.js';
import { findingsOf } from './support.js';

/** What else is wrong in an example, because one thing follows from the other. */
const FOLLOWS: Readonly<Record<string, string>> = {
    'elasticsearch/even-masters': 'elasticsearch/masters-in-one-zone',
    'opensearch/even-cluster-managers': 'opensearch/cluster-managers-in-one-zone',
    'elasticsearch/forced-awareness-leaves-unassigned': 'elasticsearch/forced-value-without-nodes',
    'opensearch/forced-awareness-leaves-unassigned': 'opensearch/forced-value-without-nodes',
    'elasticsearch/unassigned-primary': 'elasticsearch/node-without-attribute',
    'opensearch/unassigned-primary': 'opensearch/node-without-attribute',
    'elasticsearch/voting-only-without-master': 'elasticsearch/too-few-masters',
};

describe.each([...elasticsearch.codes, ...opensearch.codes])('$code', ({ code, example, remedy }) => {
    test('is found in the example, said in whole sentences', async () => {
        const found = (await findingsOf(example)).filter((finding) => finding.code === code);
        expect(found).not.toEqual([]);
        for (const { message, help } of found) {
            expect(message).toMatch(/^\S.*\.$/);
            expect(help).toMatch(/^\S.*\.$/);
        }
    });

    test('is alone in the example, or with what follows from it', async () => {
        const codes = (await findingsOf(example)).map((finding) => finding.code);
        expect(new Set(codes)).toEqual(new Set([code, FOLLOWS[code] ?? code]));
    });

    test('the remedy has no finding at all', async () => {
        expect((await findingsOf(remedy)).map((finding) => `${finding.code} ${finding.message}`)).toEqual([]);
    });
});
