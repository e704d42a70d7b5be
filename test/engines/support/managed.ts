/** Clusters that a provider runs, struck at one instant, and what rules and simulation say about them. */
import { expect } from 'vitest';
import { proofModel } from '../../../src/analysis/models.js';
import { stateAfter, type FailureUnit, type FailureState } from '../../../src/proof/index.js';
import type { Outage, Run } from '../../../src/simulator/index.js';
import type { Operation, ShardId, Topology } from '../../../src/topology/index.js';

export const STRIKE_MS = 5000;

/** The named nodes (`node n1`) and zones (`zone lab.a`) lose power together. */
export function struck(topology: Topology, names: readonly string[]): FailureState {
    const units = names.map((name): FailureUnit => {
        const [level, path] = name.split(' ');
        const zone = topology.zones.find(({ qualifiedName }) => level === 'zone' && qualifiedName === path);
        const node = topology.nodes.find((each) => level === 'node' && each.name === path);
        const found = zone ?? node;
        if (found === undefined) {
            throw new Error(`There is no ${name}.`);
        }
        const nodes = topology.nodes.filter((each) => (zone ? each.zone === zone.id : each === node));
        const ids = nodes.map(({ id }) => id);
        return { level: zone ? 'zone' : 'node', id: found.id, name, nodes: ids, source: found.source };
    });
    return stateAfter(topology, units);
}

function outageOf(run: Run, shard: ShardId, operation: Operation): Outage | undefined {
    return run.outages.findLast((each) => each.shard === shard && each.operation === operation);
}

/** Expects that every shard ends as its rules say, and that outages and losses stay within their bounds. */
export function expectAsRuled(topology: Topology, run: Run, cluster: number, state: FailureState): void {
    const rules = proofModel(topology).rules(cluster);
    for (const shard of topology.clusters[cluster]!.shards) {
        for (const operation of ['read', 'write'] as const) {
            const outage = outageOf(run, shard, operation);
            const what = `${topology.shards[shard]!.name} ${operation}`;
            const served = rules.serves(shard, operation, state).serves;
            expect(`${what} ${outage?.toMs !== null}`).toBe(`${what} ${served}`);
            if (served) {
                const { minMs, maxMs } = rules.recovery(shard, operation, state);
                const tookMs = outage === undefined ? 0 : outage.toMs! - STRIKE_MS;
                expect(tookMs).toBeLessThanOrEqual(maxMs);
                expect(tookMs).toBeGreaterThanOrEqual(minMs);
            }
        }
        const lost = run.lostWrites.find((each) => each.shard === shard);
        if (lost !== undefined) {
            expect(rules.loss(shard, state).kind).toBe('within');
        }
    }
}
