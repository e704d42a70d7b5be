/** What the simulator comes to in the end is what the rules state, and as soon as they state. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { rulesOf, without } from '../support/rules.js';
import { lakeText, outageEnd, SHELL, SSH, SSH_THEN_SHELL } from './support/cluster.js';

const RUNS = Number(process.env['RUNS'] ?? 25);
const AT = 20_000;
const SETTLED = 200_000;
const SOON_DEAD = 'dfs.heartbeat.interval = 1s  dfs.namenode.heartbeat.recheck-interval = 10s';

const lake = fc
    .record({
        namenodes: fc.integer({ min: 1, max: 3 }),
        journals: fc.constantFrom(1, 3, 3, 5),
        zookeepers: fc.constantFrom(1, 3, 3, 5),
        datanodes: fc.integer({ min: 3, max: 6 }),
        replicas: fc.integer({ min: 1, max: 3 }),
        fencing: fc.constantFrom(SSH_THEN_SHELL, SHELL, SHELL, SSH),
        automatic: fc.constantFrom(true, true, true, false),
        leastCopies: fc.constantFrom(1, 1, 2),
        client: fc.constantFrom(
            '',
            'workload w in dc.c { reads lake.f 20/s  writes lake.f 20/s with retries = 0 }',
            'workload w in dc.c { reads lake.f 20/s with timeout = 700ms, retries = 2  writes lake.f 20/s }',
        ),
        chances: fc.array(fc.nat({ max: 99 }), { minLength: 19, maxLength: 19 }),
        threshold: fc.constantFrom(15, 30, 45),
        // Silent DataNodes count as dead, or as stale, long before the end.
        datanodeTimes: fc.constantFrom(
            SOON_DEAD,
            `${SOON_DEAD}  dfs.client.socket-timeout = 400ms`,
            'dfs.namenode.avoid.read.stale.datanode = true  dfs.namenode.avoid.write.stale.datanode = true  dfs.namenode.write.stale.datanode.ratio = 1',
        ),
        seed: fc.nat({ max: 10_000 }),
    })
    .map((made) => {
        const range = (name: string, count: number): string[] =>
            Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
        const names = [
            ...range('nn', made.namenodes),
            ...range('jn', made.journals),
            ...range('zk', made.zookeepers),
            ...range('dn', made.datanodes),
        ];
        const failed = names.filter((_, index) => made.chances[index]! < made.threshold);
        // A proof takes any NameNode for the active one; a run begins with the first, so one that dies comes first.
        const ordered = range('nn', made.namenodes).toSorted(
            (one, other) => Number(failed.includes(other)) - Number(failed.includes(one)),
        );
        return { ...made, ordered, failed };
    })
    .filter(({ failed }) => failed.length > 0);

test(
    'every shard and the namespace are served in the end exactly if the rules say so, within their bounds',
    async () => {
        let survived = 0;
        await fc.assert(
            fc.asyncProperty(lake, async (made) => {
                const topology = await topologyOf(
                    lakeText({
                        nodes: `
                        ${made.ordered.map((name, index) => `node ${name} in dc.${'abc'[index]!} as namenode`).join('  ')}
                        nodes jn-[1..${made.journals}] across zones as journalnode
                        nodes zk-[1..${made.zookeepers}] across zones as zookeeper
                        nodes dn-[1..${made.datanodes}] across zones as datanode`,
                        files: `files f { blocks 3  replicas ${made.replicas} }`,
                        fencing: made.fencing,
                        automatic: made.automatic,
                        settings: `dfs.namenode.replication.min = ${made.leastCopies}  ${made.datanodeTimes}`,
                        workloads: made.client,
                        steps: `at 20s fail node ${made.failed.join(', ')}`,
                        until: `${SETTLED}ms`,
                    }),
                );
                const run = runOf(topology, made.seed);
                const state = without(topology, ...made.failed);
                const rules = rulesOf(topology);
                for (const { id, name } of topology.shards) {
                    for (const operation of ['read', 'write'] as const) {
                        const lasted = outageEnd(topology, run, name, operation, AT);
                        const { serves } = rules.serves(id, operation, state);
                        expect(`${name} ${operation} ${String(lasted < Infinity)}`).toBe(
                            `${name} ${operation} ${String(serves)}`,
                        );
                        if (serves) {
                            const { minMs, maxMs } = rules.recovery(id, operation, state);
                            expect(lasted).toBeGreaterThanOrEqual(minMs);
                            expect(lasted).toBeLessThanOrEqual(maxMs);
                            survived++;
                        }
                    }
                    const lost = run.lostWrites.find(({ shard }) => shard === id)?.count ?? 0;
                    const bound = rules.loss(id, state);
                    // Of 20 writes a second and three blocks, each gets at most 7.
                    expect(lost).toBeLessThanOrEqual(bound.kind === 'none' ? 0 : (bound.windowMs / 1_000) * 50 + 1);
                }
            }),
            { numRuns: RUNS },
        );
        // Some failures of any handful of cases are survived: the bounds were looked at.
        expect(survived).toBeGreaterThan(0);
    },
    Math.max(60_000, RUNS * 1_000),
);
