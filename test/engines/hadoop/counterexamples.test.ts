/** What breaks an objective breaks it in a run, too, and nothing less does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectMinimalCounterexample } from '../support/counterexamples.js';
import { lakeText, SHELL, SSH, SSH_THEN_SHELL } from './support/cluster.js';

const RUNS = Number(process.env['RUNS'] ?? 20);
const lake = fc.record({
    namenodes: fc.integer({ min: 1, max: 3 }),
    journals: fc.constantFrom(1, 3, 3, 5),
    zookeepers: fc.constantFrom(1, 3, 3, 5),
    datanodes: fc.integer({ min: 3, max: 5 }),
    replicas: fc.integer({ min: 1, max: 3 }),
    leastCopies: fc.constantFrom(1, 1, 2),
    fencing: fc.constantFrom(SSH_THEN_SHELL, SHELL, SHELL, SSH),
    automatic: fc.constantFrom(true, true, true, false),
    // Clients meet silent DataNodes until these count as stale, or as dead.
    datanodeTimes: fc.constantFrom(
        'dfs.namenode.avoid.read.stale.datanode = true  dfs.namenode.avoid.write.stale.datanode = true  dfs.namenode.write.stale.datanode.ratio = 1',
        'dfs.heartbeat.interval = 1s  dfs.namenode.heartbeat.recheck-interval = 10s',
    ),
    operation: fc.constantFrom('', ' for reads'),
    seed: fc.nat({ max: 10_000 }),
});

test(
    'every counterexample fails the same clause when it is run, and no proper subset of it does',
    async () => {
        let broken = 0;
        await fc.assert(
            fc.asyncProperty(lake, async (made) => {
                const text = lakeText({
                    nodes: `
                    nodes nn-[1..${made.namenodes}] across zones as namenode
                    nodes jn-[1..${made.journals}] across zones as journalnode
                    nodes zk-[1..${made.zookeepers}] across zones as zookeeper
                    nodes dn-[1..${made.datanodes}] across zones as datanode`,
                    files: `files f { blocks 3  replicas ${made.replicas} }`,
                    fencing: made.fencing,
                    automatic: made.automatic,
                    settings: `dfs.namenode.replication.min = ${made.leastCopies}  ${made.datanodeTimes}`,
                });
                const objective = `objective o for lake { tolerate any 2 nodes${made.operation} }`;
                broken += Number(await expectMinimalCounterexample(text, objective, made.seed));
            }),
            { numRuns: RUNS },
        );
        expect(broken).toBeGreaterThan(5);
    },
    Math.max(60_000, RUNS * 1_000),
);
