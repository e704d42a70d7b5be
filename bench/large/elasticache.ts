/** So many nodes in three zones: clusters of 500 nodes, the most that AWS grants, in shards of three. */
const CLUSTER = 500;
const COPIES = 3;

export function elasticacheCluster(nodes: number): string {
    const sizes = Array.from({ length: Math.ceil(nodes / CLUSTER) }, (_, index) =>
        Math.min(CLUSTER, nodes - index * CLUSTER),
    );
    const names = sizes.map((_, index) => `carts-${index + 1}`);
    return [
        'region r { zone a zone b zone c }',
        ...names.map((name, index) => carts(name, sizes[index]!)),
        'workload shop in r.b {',
        ...names.map((name) => `  writes ${name} 1000/s\n  reads ${name} 3000/s`),
        '}',
        `objective stay-up for ${names.join(', ')} {`,
        '  tolerate any 1 zone',
        '  tolerate any 1 node',
        '  tolerate any 2 nodes',
        '  restore writes within 90s',
        '}',
        'scenario lose-zone {',
        '  at 30s  fail zone r.a',
        '  until 3m',
        '  expect writes of carts-1 restored within 90s',
        '}',
        '',
    ].join('\n');
}

const carts = (name: string, nodes: number): string => `cluster ${name}: elasticache "valkey 8.0" in r {
  nodes ${name}-[1..${nodes}] across zones
  shards g-[1..${Math.floor(nodes / COPIES)}] { replicas ${COPIES - 1} }
  endpoint discovery
  assume failover takes 5s to 60s
  settings {
    cluster-mode = enabled
    multi-az = enabled
  }
}`;
