import { describe, expect, it } from 'vitest';
import { proveObjective, runScenario } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';

const CLUSTERS = `
region us { zone a  zone b }
region eu { zone a  zone b }
cluster web-us: server in us { nodes u-[1..2] across zones  endpoint load-balancer 10.0.0.20 { check every 2s } }
cluster web-eu: server in eu { nodes e-[1..2] across zones  endpoint load-balancer 10.1.0.20 { check every 2s } }
cluster alone: server in eu { nodes a-[1..2] across zones  endpoint load-balancer 10.1.0.30 { check every 2s } }
objective o for web-us { tolerate any 1 zone }
objective other for alone { tolerate any 1 zone }
scenario s { until 1s  expect reads of web-us uninterrupted }
`;

const ADDRESS = 'endpoint shop dns shop.example.com { route to web-us, web-eu by failover  ttl 30s }';

describe('an address before several clusters', () => {
    it('is said to be no part of a proof about one of them, and of a run', async () => {
        const topology = await topologyOf(`${CLUSTERS}${ADDRESS}`);
        expect((await proveObjective(topology, 0)).notes).toEqual([
            'Not modelled: the address shop, shop.example.com, since each client asks one cluster. What is proved holds for each of web-us and web-eu by itself; that its clients are sent on to another is not counted on.',
        ]);
        expect((await proveObjective(topology, 1)).notes).toEqual([]);
        expect((await runScenario(topology, 0)).verdict.notes).toContain(
            'Not modelled: the address shop, shop.example.com, since each client asks one cluster. Those of web-us and web-eu ask each by itself and are never sent on to another.',
        );
    });

    it('is known by its text where two clusters say the same', async () => {
        const topology = await topologyOf(CLUSTERS);
        const [first, second, ...rest] = topology.clusters;
        const twice = { ...topology, clusters: [first!, { ...second!, endpoints: first!.endpoints }, ...rest] };
        expect((await proveObjective(twice, 0)).notes.join()).toMatch(/the address 10\.0\.0\.20, since/);
    });

    it('is not spoken of where there is none', async () => {
        const topology = await topologyOf(CLUSTERS);
        expect((await proveObjective(topology, 0)).notes).toEqual([]);
        expect((await runScenario(topology, 0)).verdict.notes.join()).not.toMatch(/address/);
    });
});
