/** Small random files of every system: nodes that share zones, racks and roles, limits, workloads, placement by hand or by rule. */
import fc from 'fast-check';

const ZONES = ['a', 'b', 'c'] as const;
const RACKS = ['', '', 'rack r1', 'rack r2'] as const;
const CAPACITIES = ['', '', '', 'capacity 60/s', 'capacity 100/s'] as const;

interface Machine {
    readonly zone: (typeof ZONES)[number];
    readonly rack: string;
    readonly capacity: string;
}

const machine = fc.record({
    zone: fc.constantFrom(...ZONES),
    rack: fc.constantFrom(...RACKS),
    capacity: fc.constantFrom(...CAPACITIES),
});

function machines(minLength: number, maxLength: number): fc.Arbitrary<readonly Machine[]> {
    return fc.oneof(
        fc.array(machine, { minLength, maxLength }),
        // Half of the files have no limits and no racks, as most real ones.
        fc.array(
            machine.map(({ zone }) => ({ zone, rack: '', capacity: '' })),
            { minLength, maxLength },
        ),
    );
}

function nodes(name: string, list: readonly Machine[], roles = '', more = ''): string {
    return list
        .map(({ zone, rack, capacity }, index) => {
            const as = roles === '' ? '' : ` as ${roles}`;
            return `node ${name}${index + 1} in r.${zone}${as} { ${rack} ${capacity} ${more} }`;
        })
        .join('\n');
}

interface Around {
    readonly load: number;
    readonly options: string;
    readonly place: string;
    readonly needed: boolean;
}

function around(options: string): fc.Arbitrary<Around> {
    return fc.record({
        load: fc.constantFrom(0, 0, 30, 150),
        options: fc.constantFrom('', options),
        place: fc.constantFrom('', '', ' in r.b'),
        needed: fc.constantFrom(false, false, true),
    });
}

/** The cluster `k` with what stands around it; `web` needs it in some files, on nodes of its own and on its first. */
function fileOf(engine: string, body: string, { load, options, place, needed }: Around): string {
    const workload =
        load === 0 ? '' : `workload w${place} { reads k ${load}/s ${options}  writes k ${load}/s ${options} }`;
    return `region r { zone a  zone b  zone c }
cluster k: ${engine} in r {
${body}
}
${workload}
${needed ? 'cluster web: server in r { node web-1 in r.a  node web-2 in r.b  node web-3 in r.b  endpoint discovery  needs writes of k }' : ''}`;
}

const server = fc
    .record({
        list: machines(1, 5),
        front: fc.constantFrom(
            'endpoint vip 10.0.0.10 { advertise every 1s }',
            'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 3  rise 2 }',
            'endpoint load-balancer 10.0.0.20 { balance round-robin }',
            'endpoint load-balancer 10.0.0.20 { check every 2s } failover active-passive { promote automatically }',
            'endpoint dns web.internal { ttl 5s } failover active-passive { detect within 3s  promote automatically }',
            'endpoint discovery failover active-active',
        ),
        with: around('with retries = 0'),
    })
    .map((made) => fileOf('server', `${nodes('n', made.list)}\n${made.front}`, made.with));

const redis = fc
    .record({
        zones: machines(9, 9),
        shards: fc.integer({ min: 1, max: 4 }),
        copies: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
        coverage: fc.constantFrom('yes', 'no'),
        reads: fc.constantFrom('yes', 'no'),
        replicas: fc.constantFrom(0, 0, 1),
        barred: fc.constantFrom('', '', 'settings { cluster-replica-no-failover = yes }'),
        with: around('with timeout = 300ms'),
    })
    .map((made) => {
        let next = 0;
        const shards = made.copies.slice(0, made.shards).map((copies, index) => {
            const names = Array.from({ length: Math.min(copies, 9 - next) }, () => `n${++next}`);
            return names.length === 0 ? '' : `shard s-${index + 1} on ${names.join(', ')}`;
        });
        const list = made.zones.slice(0, next);
        const plain = nodes('n', list.slice(0, -1));
        const last = list.slice(-1).map(({ zone }) => `node n${next} in r.${zone} { ${made.barred} }`);
        const settings = `settings { cluster-node-timeout = 1000  cluster-require-full-coverage = ${made.coverage}
            cluster-allow-reads-when-down = ${made.reads}  min-replicas-to-write = ${made.replicas} }`;
        return fileOf('redis "7.2"', [plain, ...last, ...shards, 'endpoint discovery', settings].join('\n'), made.with);
    });

const kafka = fc
    .record({
        controllers: machines(1, 3),
        both: fc.boolean(),
        brokers: machines(2, 5),
        partitions: fc.integer({ min: 1, max: 5 }),
        replicas: fc.integer({ min: 1, max: 3 }),
        needed: fc.integer({ min: 1, max: 2 }),
        with: around('with acks = 1'),
    })
    .map((made) => {
        const replicas = Math.min(made.replicas, made.brokers.length);
        const body = [
            nodes('c', made.controllers, made.both ? 'controller, broker' : 'controller'),
            nodes('b', made.brokers, 'broker'),
            `topic t { partitions ${made.partitions}  replicas ${replicas}  settings { min.insync.replicas = ${Math.min(replicas, made.needed)} } }`,
        ];
        return fileOf('kafka "4.1"', body.join('\n'), made.with);
    });

const cassandra = fc
    .record({
        list: machines(2, 5),
        other: fc.integer({ min: 0, max: 3 }),
        copies: fc.integer({ min: 1, max: 3 }),
        level: fc.constantFrom('ONE', 'LOCAL_ONE', 'QUORUM', 'LOCAL_QUORUM', 'EACH_QUORUM', 'ALL'),
        with: around(''),
    })
    .map((made) => {
        const there = made.other === 0 ? '' : `, eu ${Math.min(made.copies, made.other)}`;
        const body = [
            nodes('n', made.list),
            made.other === 0 ? '' : `nodes e-[1..${made.other}] across eu`,
            `keyspace users { replicas r ${Math.min(made.copies, made.list.length)}${there}  settings { replication = NetworkTopologyStrategy } }`,
            'settings { num_tokens = 1 }',
        ];
        const options = `with consistency = ${made.level}`;
        const text = fileOf('cassandra "5.0"', body.join('\n'), { ...made.with, options });
        return `region eu { zone a  zone b }\n${text.replace('cassandra "5.0" in r', 'cassandra "5.0"')}`;
    });

const search = (product: 'elasticsearch' | 'opensearch'): fc.Arbitrary<string> =>
    fc
        .record({
            managers: machines(1, 3),
            data: machines(2, 5),
            shards: fc.integer({ min: 1, max: 4 }),
            replicas: fc.nat({ max: 2 }),
            waits: fc.constantFrom('1', '1', '2', 'all'),
            with: around(''),
        })
        .map((made) => {
            const body = [
                nodes('m', made.managers, product === 'elasticsearch' ? 'master' : 'cluster_manager'),
                nodes('d', made.data, 'data'),
                `index x { shards ${made.shards}  replicas ${made.replicas} }`,
                `settings { index.write.wait_for_active_shards = ${made.replicas === 0 && made.waits === '2' ? '1' : made.waits}
                    index.unassigned.node_left.delayed_timeout = 2s  assumed.shard_size = 40mb }`,
            ];
            return fileOf(product, body.join('\n'), made.with);
        });

const hadoop = fc
    .record({
        namenodes: machines(1, 3),
        journals: machines(1, 3),
        shared: fc.boolean(),
        datanodes: machines(2, 5),
        blocks: fc.integer({ min: 1, max: 4 }),
        replicas: fc.integer({ min: 1, max: 3 }),
        least: fc.constantFrom(1, 1, 2),
        fencing: fc.constantFrom('shell(/bin/true)', 'sshfence, shell(/bin/true)', 'sshfence'),
        automatic: fc.constantFrom(true, true, false),
        with: around(''),
    })
    .map((made) => {
        const body = [
            nodes('nn', made.namenodes, made.shared ? 'namenode, datanode' : 'namenode'),
            nodes('jn', made.journals, 'journalnode, zookeeper'),
            nodes('dn', made.datanodes, 'datanode'),
            `files f { blocks ${made.blocks}  replicas ${Math.min(made.replicas, made.datanodes.length)} }`,
            `settings { dfs.ha.automatic-failover.enabled = ${made.automatic}  dfs.ha.fencing.methods = "${made.fencing}"
                dfs.namenode.replication.min = ${Math.min(made.least, made.replicas)} }`,
        ];
        return fileOf('hadoop "3.4"', body.join('\n'), made.with);
    });

const kubernetes = fc
    .record({
        planes: machines(1, 3),
        workers: machines(2, 6),
        word: fc.constantFrom('deployment', 'statefulset'),
        replicas: fc.integer({ min: 1, max: 3 }),
        required: fc.integer({ min: 1, max: 3 }),
        insists: fc.constantFrom('DoNotSchedule', 'ScheduleAnyway'),
        spread: fc.constantFrom('zone', 'node', 'none'),
        front: fc.constantFrom(
            '',
            'endpoint load-balancer 203.0.113.10 { check every 5s }',
            'endpoint load-balancer 203.0.113.10',
        ),
        with: around(''),
    })
    .map((made) => {
        const { word, replicas, spread, insists, front } = made;
        const group = (name: string): string =>
            `${word} ${name} { replicas ${replicas}  required ${Math.min(made.required, replicas)}  spread ${spread}  settings { whenUnsatisfiable = ${insists} } }`;
        const body = [
            nodes('cp', made.planes, 'control-plane'),
            nodes('w', made.workers, 'worker'),
            group('web'),
            group('api'),
            front,
        ];
        return fileOf('kubernetes "1.32"', body.join('\n'), made.with);
    });

const aurora = fc
    .record({ list: machines(1, 4), with: around('') })
    .map((made) =>
        fileOf(
            'aurora',
            `${nodes('i', made.list)}\nendpoint dns db.internal { ttl 1s }\nassume failover takes 2s to 6s\nassume recovery takes 3s to 9s`,
            made.with,
        ),
    );

const elasticache = fc
    .record({
        shards: fc.array(machines(1, 3), { minLength: 1, maxLength: 4 }),
        automatic: fc.boolean(),
        coverage: fc.constantFrom('yes', 'no'),
        least: fc.constantFrom(0, 0, 1),
        with: around(''),
    })
    .map((made) => {
        const clusterMode = made.shards.length > 1;
        const failover = !clusterMode && made.automatic && made.shards[0]!.length > 1;
        const body = [
            ...made.shards.map((copies, index) => nodes(`n${index + 1}-`, copies)),
            ...made.shards.map(
                (copies, index) =>
                    `shard s${index + 1} on ${copies.map((_, copy) => `n${index + 1}-${copy + 1}`).join(', ')}`,
            ),
            clusterMode ? 'endpoint discovery' : 'endpoint dns c.internal { ttl 1s }',
            'assume failover takes 2s to 6s\nassume recovery takes 3s to 9s',
            `settings { cluster-mode = ${clusterMode ? 'enabled' : 'disabled'}  ${failover ? 'automatic-failover = enabled' : ''}
                cluster-require-full-coverage = ${made.coverage}  min-replicas-to-write = ${made.least} }`,
        ];
        return fileOf('elasticache "valkey 8.0"', body.join('\n'), made.with);
    });

export const SMALL_FILES = {
    aurora,
    cassandra,
    elasticache,
    elasticsearch: search('elasticsearch'),
    hadoop,
    kafka,
    kubernetes,
    opensearch: search('opensearch'),
    redis,
    server,
} as const;
