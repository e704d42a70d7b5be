/** So many brokers in three racks with 3,000 partitions of three replicas each, and three controllers. */
const TOPICS = 3;
const PARTITIONS = 1000;
const CONTROLLERS = 3;

export function kafkaCluster(nodes: number): string {
    const topics = Array.from(
        { length: TOPICS },
        (_, index) =>
            `  topic t-${index + 1} { partitions ${PARTITIONS}  replicas 3  settings { min.insync.replicas = 2 } }`,
    );
    return [
        'region r { zone a zone b zone c }',
        'cluster orders: kafka "4.1" in r {',
        `  nodes ctl-[1..${CONTROLLERS}] across zones as controller`,
        `  nodes brk-[1..${nodes - CONTROLLERS}] across zones as broker`,
        ...topics,
        '}',
        'workload checkout in r.b {',
        '  writes orders 3000/s with acks = all',
        '  reads  orders 3000/s',
        '}',
        'objective stay-up for orders {',
        '  tolerate any 1 zone',
        '  tolerate any 1 node',
        '  tolerate any 2 nodes',
        '  restore writes within 30s',
        '  lose no writes',
        '}',
        'scenario lose-zone {',
        '  at 30s  fail zone r.a',
        '  until 2m',
        '  expect writes of orders restored within 30s',
        '  expect no lost writes in orders',
        '}',
        '',
    ].join('\n');
}
