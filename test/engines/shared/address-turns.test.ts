/** Whose turn it is at a load balancer behind an address before several clusters. */
import { expect, it } from 'vitest';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';

it('sends requests to a balancer in a turn of their own, which those that ask it directly do not move', async () => {
    const topology = await topologyOf(`
        region us { zone a  zone b }
        cluster web: server in us {
            nodes u-[1..4] across zones
            endpoint load-balancer 203.0.113.10 { check every 5s  timeout 2s  fall 2  rise 3 }
        }
        endpoint shop dns shop.example.com { route to web by failover  ttl 30s }
        scenario s { at 20s fail node u-1  until 60s }`);
    for (const [cluster, seed] of ['web', 'shop'].flatMap((each) => [1, 2, 3].map((one) => [each, one] as const))) {
        const outages = outagesOf(topology, runOf(topology, seed), cluster, 'read');
        expect(outages[0]).toMatchObject({ form: 'degraded' });
        expect(outages[0]!.toMs! - outages[0]!.fromMs).toBeGreaterThan(5_000);
    }
});
