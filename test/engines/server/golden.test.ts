/** The scenarios of the example, told line by line; read against VRRP and the health checks of load balancers. */
import { expect, test } from 'vitest';
import { exampleText, stories } from '../support/example.js';

test('the scenarios of examples/server.cluster are told as VRRP and health checks are documented', async () => {
    await expect(await stories(exampleText('server.cluster'))).toMatchFileSnapshot('../../golden/server.txt');
});
