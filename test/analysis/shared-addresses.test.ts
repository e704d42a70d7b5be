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

describe('an address that several clusters have', () => {
    it('is said to be no part of a proof and of a run', async () => {
        const topology = await topologyOf(CLUSTERS);
        const [first, second, ...rest] = topology.clusters;
        const twice = { ...topology, clusters: [first!, { ...second!, endpoints: first!.endpoints }, ...rest] };
        expect((await runScenario(twice, 0)).verdict.notes.join()).toMatch(/that web-us and web-eu have one address/);
        expect((await proveObjective(twice, 0)).notes.join()).toMatch(
            /that web-us and web-eu have one address, 10\.0\.0\.20/,
        );
    });

    it('is not spoken of where there is none', async () => {
        const topology = await topologyOf(CLUSTERS);
        expect((await proveObjective(topology, 0)).notes).toEqual([]);
        expect((await runScenario(topology, 0)).verdict.notes.join()).not.toMatch(/address/);
    });
});
