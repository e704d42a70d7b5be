/**
 * What the rules of every system say of their reach leaves nothing out: each question gets from the few failure sets that are asked
 * about every answer that any set gets. `RUNS=2000` tries more files of each system.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
    failureSets,
    failureSpace,
    stateAfter,
    type Condition,
    type FailureSpace,
    type FailureState,
    type FailureUnit,
    type ReachOf,
    type ServiceRules,
} from '../../src/proof/index.js';
import { Search } from '../../src/proof/search.js';
import type { Cluster, Topology } from '../../src/topology/index.js';
import { modelFor, shapes, topologyOf } from './support/reach.js';
import { SMALL_FILES } from './support/small-files.js';

const RUNS = Number(process.env['RUNS'] ?? 12);

type Answers = ReadonlyMap<string, readonly FailureUnit[]>;

/** What is answered, each with the first set that gets the answer. */
function answersTo(
    ask: (state: FailureState) => string,
    topology: Topology,
    sets: Iterable<readonly FailureUnit[]>,
): Answers {
    const answers = new Map<string, readonly FailureUnit[]>();
    for (const units of sets) {
        const answer = ask(stateAfter(topology, units));
        answers.set(answer, answers.get(answer) ?? units);
    }
    return answers;
}

interface Asked {
    readonly what: string;
    readonly reach: ReachOf;
    readonly ask: (state: FailureState) => string;
}

/** Every question that a proof may ask about a cluster. */
function questionsAbout(topology: Topology, cluster: Cluster, rules: ServiceRules): readonly Asked[] {
    const { locality } = rules;
    const shards = [...cluster.shards, ...(cluster.controlPlane?.serves === true ? [cluster.controlPlane.shard] : [])];
    const asked = shards.flatMap((shard) =>
        (['read', 'write'] as const).flatMap((operation): readonly Asked[] => {
            const what = `${operation} of ${topology.shards[shard]!.name}`;
            const conditions = locality!.serves(shard, operation).map((condition, index): Asked => ({
                what: `${what}, condition ${index}`,
                reach: condition.reach,
                ask: (state) => String(condition.holds(state)),
            }));
            const delay: Asked = {
                what: `delay of ${what}`,
                reach: locality!.recovery(shard, operation),
                ask: (state) => {
                    if (!rules.serves(shard, operation, state).serves) {
                        return 'not served';
                    }
                    const { minMs, maxMs } = rules.recovery(shard, operation, state);
                    return `${minMs} to ${maxMs}`;
                },
            };
            const loss: Asked = {
                what: `loss of ${what}`,
                reach: locality!.loss(shard),
                ask: (state) => {
                    const bound = rules.loss(shard, state);
                    return bound.kind === 'none' ? 'none' : String(bound.windowMs);
                },
            };
            return [...conditions, delay, loss];
        }),
    );
    const capacity = [1, 60, 100, 200].flatMap((load) =>
        locality!.capacity(load).map((condition, index): Asked => ({
            what: `capacity for ${load}, condition ${index}`,
            reach: condition.reach,
            ask: (state) => String(condition.holds(state)),
        })),
    );
    return [...asked, ...capacity];
}

/** Every answer that any set gets is that of one of the few sets which are asked about and have no more members. */
function expectNothingLeftOut(topology: Topology, cluster: Cluster, rules: ServiceRules, space: FailureSpace): void {
    const search = new Search(topology, space);
    const all = [...failureSets(space)];
    for (const { what, reach, ask } of questionsAbout(topology, cluster, rules)) {
        const found = new Set([ask(stateAfter(topology, []))]);
        for (let members = 1; members <= search.largest; members++) {
            const few = search.sets({ reach, weight: 1 }, members);
            answersTo(ask, topology, few).forEach((_units, answer) => found.add(answer));
            const whole = all.filter((units) => units.length === members);
            for (const [answer, units] of answersTo(ask, topology, whole)) {
                // A delay is asked for only where a service comes back.
                if (answer !== 'not served' && !found.has(answer)) {
                    expect.unreachable(
                        `${what}: ${answer} where ${units.map(({ name }) => name).join(', ')} fail is never seen`,
                    );
                }
            }
        }
    }
}

/** Nodes out of reach change nothing, whatever else fails with them. */
function expectNothingFromAfar(topology: Topology, cluster: Cluster, rules: ServiceRules, space: FailureSpace): void {
    const limit = space.dimensions.find(({ level }) => level === 'node')?.limit ?? 0;
    for (const { what, reach, ask } of questionsAbout(topology, cluster, rules)) {
        for (const units of failureSets(space)) {
            const places = units.filter(({ level }) => level !== 'node');
            const { nodes, counted = [] } = reach(stateAfter(topology, places), limit);
            const near = new Set([...nodes, ...counted.flat(2)]);
            const few = units.filter(({ level, id }) => level !== 'node' || near.has(id));
            const answer = ask(stateAfter(topology, units));
            if (few.length < units.length && answer !== 'not served') {
                const names = units.map(({ name }) => name).join(', ');
                expect(`${what}, ${names}: ${ask(stateAfter(topology, few))}`).toBe(`${what}, ${names}: ${answer}`);
            }
        }
    }
}

/** The conditions together say what the rules say. */
function expectSameAnswers(topology: Topology, cluster: Cluster, rules: ServiceRules, space: FailureSpace): void {
    for (const units of failureSets(space)) {
        const state = stateAfter(topology, units);
        const hold = (conditions: readonly Condition[]): boolean => conditions.every((each) => each.holds(state));
        for (const shard of cluster.shards) {
            for (const operation of ['read', 'write'] as const) {
                const served = rules.serves(shard, operation, state).serves;
                expect(hold(rules.locality!.serves(shard, operation))).toBe(served);
            }
        }
        for (const load of [1, 60, 100, 200]) {
            expect(hold(rules.locality!.capacity(load))).toBe(load <= rules.capacity(state));
        }
    }
}

describe('what the rules say of their reach', () => {
    test.each(Object.entries(SMALL_FILES))(
        'leaves nothing out: %s',
        async (_name, files) => {
            await fc.assert(
                fc.asyncProperty(files, shapes, async (text, shape) => {
                    const topology = await topologyOf(text);
                    const cluster = topology?.clusters[0];
                    if (topology === undefined || cluster === undefined) {
                        return;
                    }
                    const rules = modelFor(topology).rules(cluster.id);
                    // Without a word on the reach every set is asked about: nothing can be left out.
                    if (rules.locality === undefined) {
                        return;
                    }
                    const space = failureSpace(topology, shape, new Set(cluster.members.map(({ node }) => node)));
                    expectSameAnswers(topology, cluster, rules, space);
                    expectNothingLeftOut(topology, cluster, rules, space);
                    expectNothingFromAfar(topology, cluster, rules, space);
                }),
                { numRuns: RUNS },
            );
        },
        Math.max(30_000, RUNS * 1_000),
    );
});
