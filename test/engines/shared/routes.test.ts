/** Where addresses before several clusters lead, and who of those behind them is overloaded. */
import { expect, test } from 'vitest';
import { collectFindings, proveObjective } from '../../../src/analysis/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import { topologyOf } from '../../support/run.js';

const REGIONS = `region us { zone a zone b }
region eu { zone a zone b }
cluster web-us: server in us { nodes u-[1..2] across zones { capacity 500/s }  endpoint discovery }
cluster web-eu: server in eu { nodes e-[1..2] across zones { capacity 100/s }  endpoint discovery }
`;

async function codes(address: string): Promise<readonly string[]> {
    const text = REGIONS + address;
    const [document] = await loadWorkspace([{ uri: 'file:///test.cluster', text }], { design: collectFindings });
    return document!.findings.map(({ code, severity }) => `${code} ${severity}`);
}

test.each([
    ['route to web-us, web-eu by failover', []],
    ['route to web-us, web-us by failover', ['topology/route-twice warning', 'topology/single-route information']],
    ['route to web-us, web-eu, web-us by latency', ['topology/route-twice warning']],
    ['route to web-us, web-eu, web-us by weight', []],
    ['route to web-us by failover', ['topology/single-route information']],
])('%s', async (route, expected) => {
    expect(await codes(`endpoint shop dns s.example.com { ${route}  ttl 30s  check every 10s  fall 3 }`)).toEqual(
        expected,
    );
});

test('no server of the clusters behind it holds a virtual address', async () => {
    expect(await codes('endpoint shop vip 10.0.0.4 { route to web-us, web-eu }')).toContain(
        'topology/endpoint-kind error',
    );
});

test('of those behind an address, the one that is overloaded is named with what it carries', async () => {
    const text = `${REGIONS}endpoint shop dns s.example.com { route to web-us, web-eu by latency  ttl 30s  check every 10s  fall 3 }
workload w in eu { reads shop 130/s }
workload v in us { reads shop 150/s }
workload x in eu { reads web-eu 20/s }
objective o for shop { tolerate any 1 node }`;
    const { clauses } = await proveObjective(await topologyOf(text), 0);
    expect(clauses[0]!.actual).toContain(
        'what serves of web-eu then carries 100 requests/s, and the workloads send 150.',
    );
});
