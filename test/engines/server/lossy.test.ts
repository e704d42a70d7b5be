/** Packets that are lost on the way between servers. */
import { expect, it } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

const statuses = async (cluster: string, more = ''): Promise<readonly string[]> => {
    const topology = await topologyOf(`
region dc { zone a zone b }
cluster web: server in dc { nodes w-[1..2] across zones  ${cluster} }
${more}
scenario s { at 5s drop 30% between dc.a and dc.b  until 30s  expect reads of web uninterrupted }`);
    return (await runScenario(topology, 0)).verdict.clauses.map(({ status }) => status);
};

it('are none where servers send each other nothing', async () => {
    expect(await statuses('endpoint load-balancer 10.0.0.1 { check every 5s  fall 2  rise 2 }')).toEqual(['passed']);
    expect(await statuses('endpoint discovery  failover active-active')).toEqual(['passed']);
    const watched = 'failover active-passive { detect within 3s  promote automatically }';
    expect(await statuses(`endpoint dns web.internal { ttl 1s }  ${watched}`)).toEqual(['passed']);
});

it('leave open what rests on what they ask each other, or others', async () => {
    const leased = 'settings { ttl = 30  loop_wait = 10 }  failover active-passive { promote automatically }';
    expect(await statuses(`endpoint dns web.internal { ttl 1s }  ${leased}`)).toEqual(['error']);
    const store = 'cluster store: server in dc { node s-1 in dc.b  endpoint discovery }';
    expect(await statuses('endpoint discovery  failover active-active  needs reads of store', store)).toEqual([
        'error',
    ]);
});
