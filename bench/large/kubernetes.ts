/** So many workers in three zones behind one load balancer, with a thousand Deployments of three pods each among them. */
const DEPLOYMENTS = 1000;
const CONTROL_PLANES = 3;

export function kubernetesCluster(nodes: number): string {
    const groups = Array.from({ length: DEPLOYMENTS }, (_, index) => `  deployment app-${index + 1} { replicas 3 }`);
    return [
        'region r { zone a zone b zone c }',
        'cluster platform: kubernetes "1.32" in r {',
        `  nodes cp-[1..${CONTROL_PLANES}] across zones as control-plane`,
        `  nodes worker-[1..${nodes - CONTROL_PLANES}] across zones as worker`,
        ...groups,
        '  endpoint load-balancer 203.0.113.10 { check every 5s  timeout 2s  fall 2  rise 2 }',
        '}',
        'workload users in r.b {',
        '  reads platform 800/s',
        '  writes platform 200/s',
        '}',
        'objective stay-up for platform {',
        '  tolerate any 1 zone',
        '  tolerate any 1 node',
        '  tolerate any 2 nodes',
        '  restore reads within 90s',
        '}',
        'scenario lose-zone {',
        '  at 30s  fail zone r.a',
        '  until 5m',
        '  expect reads of platform.app-1 restored within 90s',
        '}',
        '',
    ].join('\n');
}
