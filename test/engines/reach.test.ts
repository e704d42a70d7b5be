/**
 * What the rules of every system say of their reach leaves nothing out: where few failure sets are asked about, the answer is the
 * one of asking about every set. `RUNS=2000` tries more files of each system.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auroraCluster } from '../../bench/large/aurora.js';
import { cassandraCluster } from '../../bench/large/cassandra.js';
import { elasticacheCluster } from '../../bench/large/elasticache.js';
import { elasticsearchCluster } from '../../bench/large/elasticsearch.js';
import { hadoopCluster } from '../../bench/large/hadoop.js';
import { kafkaCluster } from '../../bench/large/kafka.js';
import { kubernetesCluster } from '../../bench/large/kubernetes.js';
import { redisCluster } from '../../bench/large/redis.js';
import { serverCluster } from '../../bench/large/server.js';
import {
    decideLoss,
    decideRestore,
    decideTolerance,
    failureSpace,
    subjectOf,
    type ProofModel,
    type ServiceRules,
} from '../../src/proof/index.js';
import type { FailureCount, Operation } from '../../src/topology/index.js';
import { targetOf } from '../support/model.js';
import { modelFor, shapes, topologyOf } from './support/reach.js';
import { SMALL_FILES } from './support/small-files.js';

const BUDGET = { questions: 1e9 };
const RUNS = Number(process.env['RUNS'] ?? 12);

const LARGE_FILES = {
    aurora: auroraCluster,
    cassandra: cassandraCluster,
    elasticache: elasticacheCluster,
    elasticsearch: elasticsearchCluster,
    hadoop: hadoopCluster,
    kafka: kafkaCluster,
    kubernetes: kubernetesCluster,
    redis: redisCluster,
    server: serverCluster,
};

/** The same rules for which every set has to be asked about. */
function withoutLocality(model: ProofModel): ProofModel {
    const bare = (rules: ServiceRules): ServiceRules => ({
        monotone: rules.monotone,
        serves: (...asked) => rules.serves(...asked),
        capacity: (...asked) => rules.capacity(...asked),
        recovery: (...asked) => rules.recovery(...asked),
        loss: (...asked) => rules.loss(...asked),
    });
    return { topology: model.topology, rules: (cluster) => bare(model.rules(cluster)) };
}

function finish<Result>(steps: Generator<void, Result>): Result {
    for (;;) {
        const step = steps.next();
        if (step.done === true) {
            return step.value;
        }
    }
}

function decisionsOf(
    model: ProofModel,
    shape: readonly FailureCount[],
    operation: Operation | undefined,
    limitMs: number,
): unknown {
    const { topology } = model;
    const targets = topology.clusters.map(({ name }) => targetOf(topology, name));
    const subject = subjectOf(topology, targets, operation);
    const space = failureSpace(topology, shape, subject.nodes);
    const tolerance = finish(decideTolerance(model, subject, space, BUDGET));
    const restore = finish(decideRestore(model, subject, [space], limitMs, BUDGET));
    return {
        tolerance,
        restore: restore.kind === 'bounded' ? { ...restore, bound: sorted(restore.bound) } : restore,
        loss: finish(decideLoss(model, subject, [space], BUDGET)),
    };
}

function sorted<Bound extends { readonly assumptions: readonly string[] }>(bound: Bound): Bound {
    return { ...bound, assumptions: [...bound.assumptions].sort() };
}

describe('asking about few failure sets', () => {
    test.each(Object.entries(SMALL_FILES))(
        'decides what asking about all of them does: %s',
        async (_name, files) => {
            let decided = 0;
            await fc.assert(
                fc.asyncProperty(
                    files,
                    shapes,
                    fc.constantFrom<Operation | undefined>(undefined, 'read', 'write'),
                    fc.constantFrom(500, 5_000, 60_000),
                    async (text, shape, operation, limitMs) => {
                        const topology = await topologyOf(text);
                        if (topology === undefined) {
                            return;
                        }
                        decided++;
                        const model = modelFor(topology);
                        expect(decisionsOf(model, shape, operation, limitMs)).toEqual(
                            decisionsOf(withoutLocality(model), shape, operation, limitMs),
                        );
                    },
                ),
                { numRuns: RUNS },
            );
            expect(decided).toBeGreaterThan(RUNS / 3);
        },
        Math.max(30_000, RUNS * 1_000),
    );

    /** A question a shard and a handful of sets: asking about all pairs of nodes would be 100 times as many. */
    const ENOUGH = 150_000;

    test.each(Object.entries(LARGE_FILES))('decides any two of 300 nodes of %s', async (_name, fileOf) => {
        const topology = (await topologyOf(fileOf(300)))!;
        const model = modelFor(topology);
        const { targets } = topology.objectives[0]!;
        const subject = subjectOf(topology, targets);
        const space = failureSpace(topology, [{ count: 2, level: 'node' }], subject.nodes);
        const decision = finish(decideTolerance(model, subject, space, { questions: ENOUGH }));
        expect(decision.kind).toMatch(/holds|broken/);
    });
});
