/** The scenarios of the example, told line by line; read against the specification of Redis Cluster. */
import { expect, test } from 'vitest';
import { exampleText, stories } from '../support/example.js';

test('the scenarios of examples/redis.cluster are told as the specification tells them', async () => {
    await expect(await stories(exampleText('redis.cluster'))).toMatchFileSnapshot('../../golden/redis.txt');
});
