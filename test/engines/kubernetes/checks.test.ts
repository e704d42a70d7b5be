import { expect, test } from 'vitest';
import { collectFindings } from '../../../src/analysis/index.js';
import { loadWorkspace } from '../../../src/language/index.js';

async function codesOf(lines: readonly string[], after = '', nodes = true): Promise<readonly string[]> {
    const control = nodes ? 'nodes cp-[1..3] across zones as control-plane' : '';
    const text = `region dc { zone a  zone b  zone c }\ncluster k: kubernetes in dc {\n${control}\nnodes w-[1..3] across zones as worker\n${lines.join('\n')}\n}\n${after}`;
    const [document] = await loadWorkspace([{ uri: 'file:///a.cluster', text }], { design: collectFindings });
    return document!.findings.map(({ code }) => code.replace('kubernetes/', ''));
}

test.each([
    // Shares are rounded up to whole pods: 90% of three is all three, and 1% of three may go is one.
    ['min-available 90%', 3, ['budget-blocks-drain']],
    ['min-available 50%', 3, []],
    ['max-unavailable 1%', 3, []],
    ['max-unavailable 0', 3, ['budget-blocks-drain']],
    ['max-unavailable 0%', 3, ['budget-blocks-drain']],
    ['min-available 1', 1, ['single-replica', 'budget-blocks-drain']],
])('a budget of %s for %s pods', async (bound, replicas, codes) => {
    expect(await codesOf([`deployment web { replicas ${replicas}  disruption-budget { ${bound} } }`])).toEqual(codes);
});

test.each([
    // Nine pods, three in each zone; six are left. Each other zone may hold `maxSkew`, or what it has already.
    ['required 6', '', []],
    ['required 7', '', ['pods-stay-pending']],
    ['required 7', 'maxSkew = 3', ['pods-stay-pending']],
    ['required 7', 'maxSkew = 4', []],
    ['required 7', 'nodeTaintsPolicy = Honor', []],
    ['required 7', 'whenUnsatisfiable = ScheduleAnyway', []],
])('nine pods with %s and %s when a zone is lost', async (required, setting, codes) => {
    const group = `deployment web { replicas 9  ${required}  spread zone  settings { ${setting} } }`;
    expect(await codesOf([group])).toEqual(codes);
});

test('a provider’s control plane is no missing one', async () => {
    expect(await codesOf(['deployment web { replicas 3 }'], '', false)).toEqual(['no-control-plane']);
    expect(await codesOf(['deployment web { replicas 3 }', 'assume failover takes 15s to 60s'], '', false)).toEqual([]);
});

test('whoever says how long recovery takes has a procedure for StatefulSets', async () => {
    const group = 'statefulset db { replicas 3  required 3 }';
    expect(await codesOf([group])).toEqual(['statefulset-not-replaced']);
    expect(await codesOf([group, 'assume recovery takes 5m to 15m'])).toEqual([]);
});

test('pods that are evicted sooner come in time, and zones count where the objective names them', async () => {
    const promise = (level: string): string =>
        `objective o for k.web {\n tolerate any 1 ${level}\n restore reads within 2m\n}`;
    const group = (setting: string): string => `deployment web { replicas 6  required 5  settings { ${setting} } }`;
    // Two pods on each worker and in each zone: four are left in either case.
    expect(await codesOf([group('')], promise('node'))).toEqual(['slow-replacement']);
    expect(await codesOf([group('tolerationSeconds = 60')], promise('node'))).toEqual([]);
    // 50 s of grace and 70 s of toleration are the two minutes.
    expect(await codesOf([group('tolerationSeconds = 71')], promise('node'))).toEqual(['slow-replacement']);
    // With two workers in a zone only the loss of the whole zone leaves too few.
    const more = 'nodes more-[1..3] across zones as worker';
    expect(await codesOf([more, group('')], promise('node'))).toEqual([]);
    expect(await codesOf([more, group('')], promise('zone'))).toEqual(['slow-replacement']);
});

test('who asks the API finds it by an address, or knows all of its servers', async () => {
    const web = 'deployment web { replicas 3 }';
    const asked = 'workload w { reads k 1/s }';
    expect(await codesOf([web], asked)).toEqual(['no-api-address']);
    expect(await codesOf([web], 'workload w { reads k.web 1/s }')).toEqual([]);
    expect(await codesOf([web, 'endpoint load-balancer 10.0.0.1 { check every 5s }'], asked)).toEqual([
        'no-api-address',
    ]);
    for (const endpoint of ['vip 10.0.0.1', 'dns api.internal { ttl 5s }', 'discovery']) {
        expect(await codesOf([web, `endpoint ${endpoint}`], asked)).toEqual([]);
    }
});

test('how long a single pod is away follows from the settings', async () => {
    const text = `region dc { zone a  zone b  zone c }
cluster k: kubernetes in dc {
  nodes cp-[1..3] across zones as control-plane
  nodes w-[1..3] across zones as worker
  deployment web { replicas 1  settings { tolerationSeconds = 30 } }
  settings { node-monitor-grace-period = 20s }
}`;
    const [document] = await loadWorkspace([{ uri: 'file:///a.cluster', text }], { design: collectFindings });
    expect(document!.findings[0]!.message).toContain(
        'a new pod is started after 50 s: the node counts as lost after 20 s, and its pods are evicted 30 s later.',
    );
});
