/** So many instances in three zones: clusters of one writer and four readers, since no Aurora cluster has more than 16. */
const INSTANCES = 5;

export function auroraCluster(nodes: number): string {
    const names = Array.from({ length: Math.floor(nodes / INSTANCES) }, (_, index) => `ledger-${index + 1}`);
    return [
        'region r { zone a zone b zone c }',
        ...names.map(ledger),
        'workload bank in r.b {',
        ...names.map((name) => `  writes ${name} 5/s\n  reads ${name} 15/s from replicas`),
        '}',
        `objective stay-up for ${names.join(', ')} {`,
        '  tolerate any 1 zone',
        '  tolerate any 1 node',
        '  tolerate any 2 nodes',
        '  restore writes within 2m',
        '  lose no writes',
        '}',
        'scenario lose-zone {',
        '  at 30s  fail zone r.a',
        '  until 3m',
        '  expect writes of ledger-1 restored within 2m',
        '  expect no lost writes in ledger-1',
        '}',
        '',
    ].join('\n');
}

const ledger = (name: string): string => `cluster ${name}: aurora in r {
  nodes ${name}-[1..${INSTANCES}] across zones
  endpoint dns ${name}.internal { ttl 5s }
  endpoint dns ${name}-ro.internal { ttl 5s  serves reads }
  assume failover takes 15s to 60s
}`;
