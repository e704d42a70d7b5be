/** What the simulator comes to in the end is what the rules state. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LossBound } from '../../../src/proof/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, rulesOf, without } from './support/cluster.js';

const FAULT = 5_000;
const UNTIL = '40s';
const SETTINGS = `
    broker.session.timeout.ms = 3000
    broker.heartbeat.interval.ms = 1000
    controller.quorum.fetch.timeout.ms = 1000
    controller.quorum.election.timeout.ms = 500
    replica.lag.time.max.ms = 8000`;

/** Producers in Kafka's own words, hasty and patient ones. */
const SETUP = 'socket.connection.setup.timeout.ms = 1s, socket.connection.setup.timeout.max.ms = 3s';
const PATIENCES = [
    ', delivery.timeout.ms = 120s',
    `, request.timeout.ms = 500ms, delivery.timeout.ms = 700ms, ${SETUP}`,
    `, request.timeout.ms = 3s, delivery.timeout.ms = 4s, ${SETUP}`,
    `, request.timeout.ms = 1s, delivery.timeout.ms = 20s, retries = 2, ${SETUP}`,
];

const made = fc
    .record({
        version: fc.constantFrom('3.3', '3.9', '4.0', '4.1'),
        controllers: fc.constantFrom(1, 3, 5),
        combined: fc.boolean(),
        brokers: fc.integer({ min: 2, max: 5 }),
        partitions: fc.array(fc.record({ first: fc.nat({ max: 9 }), replicas: fc.integer({ min: 1, max: 3 }) }), {
            minLength: 1,
            maxLength: 4,
        }),
        needed: fc.integer({ min: 1, max: 3 }),
        unclean: fc.constantFrom('true', 'false'),
        acks: fc.constantFrom(undefined, 'all', '1'),
        patience: fc.constantFrom('', ...PATIENCES),
        chances: fc.array(fc.nat({ max: 99 }), { minLength: 10, maxLength: 10 }),
        seed: fc.nat({ max: 10_000 }),
    })
    .map((parts) => {
        const brokers = Array.from({ length: parts.brokers }, (_, index) => `b${index + 1}`);
        const own = parts.combined ? [] : Array.from({ length: parts.controllers }, (_, index) => `c${index + 1}`);
        const all = [...own, ...brokers];
        return { ...parts, brokers, own, failed: all.filter((_, index) => parts.chances[index]! < 35) };
    })
    .filter(({ failed }) => failed.length > 0);

/** Two dead copies of which the second is made leader until its own session ends. */
const SEVERAL_DEAD: typeof made extends fc.Arbitrary<infer Parts> ? Parts : never = {
    version: '3.3',
    controllers: 1,
    combined: false,
    brokers: ['b1', 'b2', 'b3', 'b4'],
    partitions: [
        { first: 2, replicas: 3 },
        { first: 0, replicas: 1 },
    ],
    needed: 1,
    unclean: 'true',
    acks: '1',
    patience: '',
    chances: [35, 35, 0, 0, 0, 0, 0, 0, 0, 0],
    seed: 0,
    own: ['c1'],
    failed: ['b2', 'b3', 'b4'],
};

test('every partition ends as the rules say, within their bounds, and loses no more than they allow', async () => {
    await fc.assert(
        fc.asyncProperty(made, async (parts) => {
            const { version, combined, brokers, own, partitions, needed, unclean, acks, patience, failed, seed } =
                parts;
            const names = partitions.map(({ first, replicas }) =>
                brokers.map((_, index) => brokers[(first + index) % brokers.length]!).slice(0, replicas),
            );
            const body = [
                ...own.map((name, index) => `node ${name} in lab.z${(index % 3) + 1} as controller`),
                ...brokers.map(
                    (name, index) =>
                        `node ${name} in lab.z${(index % 3) + 1} as broker${combined && index < 3 ? ', controller' : ''}`,
                ),
                ...names.map(
                    (nodes, index) => `topic t${index} {
                        partition 0 on ${nodes.join(', ')}
                        settings { min.insync.replicas = ${needed}  unclean.leader.election.enable = ${unclean} }
                    }`,
                ),
            ].join('\n');
            const workloads =
                acks === undefined
                    ? ''
                    : `workload w { ${names.map((_, index) => `writes k.t${index} 50/s with acks = ${acks}${patience}`).join('  ')} }`;
            const steps = `at ${FAULT}ms fail node ${failed.join(', ')}`;
            const topology = await topologyOf(
                clusterText({ version, body, settings: SETTINGS, workloads, steps, until: UNTIL }),
            );
            const run = runOf(topology, seed);
            const state = without(topology, ...failed);
            const rules = rulesOf(topology);
            for (const { id, name } of topology.shards.filter((shard) => shard.group !== undefined)) {
                for (const operation of ['read', 'write'] as const) {
                    const outages = run.outages.filter(
                        (outage) => outage.shard === id && outage.operation === operation,
                    );
                    const answer = rules.serves(id, operation, state);
                    expect(`${name} ${operation} ${!outages.some(({ toMs }) => toMs === null)}`).toBe(
                        `${name} ${operation} ${answer.serves}`,
                    );
                    if (answer.serves) {
                        const { minMs, maxMs } = rules.recovery(id, operation, state);
                        const end = Math.max(0, ...outages.map(({ toMs }) => toMs! - FAULT));
                        expect(end).toBeLessThanOrEqual(maxMs);
                        expect(end).toBeGreaterThanOrEqual(minMs);
                    }
                }
                const lost = run.lostWrites.find(({ shard }) => shard === id)?.count ?? 0;
                expect(lost <= mostLost(rules.loss(id, state))).toBe(true);
            }
        }),
        { numRuns: Number(process.env['RUNS'] ?? 40), examples: [[SEVERAL_DEAD]] },
    );
});

/** Fifty requests a second at most, those of the last window. */
function mostLost(loss: LossBound): number {
    return loss.kind === 'none' ? 0 : Number.isFinite(loss.windowMs) ? (loss.windowMs / 1000) * 50 + 1 : Infinity;
}
