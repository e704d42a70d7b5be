/** So many web servers in three zones behind load balancers, ten of them to each. */
const PER_SERVICE = 10;

export function serverCluster(nodes: number): string {
    const services = Math.ceil(nodes / PER_SERVICE);
    return [
        'region r { zone a zone b zone c }',
        ...Array.from({ length: services }, (_, index) => service(index + 1)),
        `workload visitors in r.b {\n${each(services, (name) => `  reads ${name} 50/s`)}\n}`,
        `objective stay-up for ${Array.from({ length: services }, (_, index) => `web-${index + 1}`).join(', ')} {`,
        '  tolerate any 1 zone',
        '  tolerate any 1 node',
        '  tolerate any 2 nodes',
        '  restore reads within 12s',
        '}',
        'scenario lose-zone {',
        '  at 30s  fail zone r.a',
        '  until 2m',
        '  expect reads of web-1 restored within 12s',
        '}',
        '',
    ].join('\n');
}

function service(index: number): string {
    return `cluster web-${index}: server in r {
  nodes web-[1..${PER_SERVICE}] across zones { capacity 500/s }
  endpoint load-balancer 10.0.${index >> 8}.${index & 255} { check every 2s  timeout 1s  fall 3  rise 2 }
}`;
}

function each(count: number, line: (name: string) => string): string {
    return Array.from({ length: count }, (_, index) => line(`web-${index + 1}`)).join('\n');
}
