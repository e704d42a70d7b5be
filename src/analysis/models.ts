/** Joins a topology with the engines of its clusters. */
import { addressBehaviour, addressRules, engineContext, findEngine, type Engine } from '../engines/index.js';
import { clientsThatCount, type ProofModel, type ServiceRules } from '../proof/index.js';
import type { BehaviourFactory } from '../simulator/index.js';
import { addressOf, type Cluster, type ClusterId, type Target, type Topology } from '../topology/index.js';
import { askedBySome } from './needing.js';

export type EngineLookup = (name: string) => Engine | undefined;

/** Nothing can be proved or simulated about a cluster: nobody knows its engine, or its failures are not modelled. */
export class NoModelError extends Error {
    constructor(message: string) {
        super(message);
        this.name = 'NoModelError';
    }
}

function unmodelled(cluster: Cluster, engine: Engine, what: 'proved' | 'simulated'): NoModelError {
    return new NoModelError(
        `Failures of ${engine.title} are not modelled yet, so nothing can be ${what} about '${cluster.name}'.`,
    );
}

/** @throws NoModelError when a rule of a cluster is asked for that has none */
export function proofModel(topology: Topology, lookup: EngineLookup = findEngine): ProofModel {
    const known = new Map<string, ServiceRules>();
    const model: ProofModel = {
        topology,
        rules: (id, askedBy) => {
            const key = `${String(id)} ${String(askedBy)}`;
            const existing = known.get(key);
            if (existing !== undefined) {
                return existing;
            }
            const cluster = topology.clusters[id];
            if (cluster === undefined) {
                throw new Error(`The topology has no cluster ${String(id)}.`);
            }
            const rules = rulesOf(model, cluster, askedBy, lookup);
            known.set(key, rules);
            return rules;
        },
    };
    return model;
}

/**
 * The same model for an objective: what a workload is promised depends on its own requests and on what it asks of them, not on
 * what others ask. What the survivors have to carry is sent by all.
 *
 * @throws NoModelError as {@link proofModel}
 */
export function proofModelFor(
    topology: Topology,
    targets: readonly Target[],
    lookup: EngineLookup = findEngine,
): ProofModel {
    const all = proofModel(topology, lookup);
    const counting = new Set(clientsThatCount(topology, targets));
    if (counting.size === topology.workloads.length) {
        return all;
    }
    const workloads = topology.workloads.map((each) => (counting.has(each) ? each : { ...each, demands: [] }));
    const own = proofModel({ ...topology, workloads }, lookup);
    return {
        topology,
        rules: (id, askedBy) => carriedFor(own.rules(id, askedBy), all.rules(id, askedBy)),
    };
}

/** Some rules, but for the load, which is that of others. */
function carriedFor(own: ServiceRules, all: ServiceRules): ServiceRules {
    const { locality } = own;
    const carried = all.locality;
    return {
        monotone: own.monotone && all.monotone,
        ...(locality !== undefined &&
            carried !== undefined && {
                locality: {
                    serves: (shard, operation) => locality.serves(shard, operation),
                    capacity: (load) => carried.capacity(load),
                    recovery: (shard, operation) => locality.recovery(shard, operation),
                    loss: (shard) => locality.loss(shard),
                },
            }),
        serves: (shard, operation, state) => own.serves(shard, operation, state),
        capacity: (state) => all.capacity(state),
        bottleneck: (state) => all.bottleneck?.(state),
        recovery: (shard, operation, state) => own.recovery(shard, operation, state),
        loss: (shard, state) => own.loss(shard, state),
    };
}

function rulesOf(
    asked: ProofModel,
    cluster: Cluster,
    askedBy: ClusterId | undefined,
    lookup: EngineLookup,
): ServiceRules {
    const { topology } = asked;
    const address = addressOf(topology, cluster);
    if (address !== undefined) {
        // Checks are nobody's clients, so they ask as a probe does.
        const checked = topology.workloads.length === 0 ? asked : proofModel({ ...topology, workloads: [] }, lookup);
        return addressRules(address, { asked, checked }, askedBy);
    }
    const engine = engineOf(cluster, lookup);
    if (engine.rules === undefined) {
        throw unmodelled(cluster, engine, 'proved');
    }
    const asking = askedBy === undefined ? undefined : topology.clusters[askedBy];
    return engine.rules(
        engineContext(asking === undefined ? topology : askedBySome(topology, cluster, asking), cluster, engine),
    );
}

/** @throws NoModelError */
export function behaviourFactory(
    topology: Topology,
    cluster: Cluster,
    lookup: EngineLookup = findEngine,
): BehaviourFactory {
    const address = addressOf(topology, cluster);
    if (address !== undefined) {
        return addressBehaviour(address);
    }
    const engine = engineOf(cluster, lookup);
    const { behaviour } = engine;
    if (behaviour === undefined) {
        throw unmodelled(cluster, engine, 'simulated');
    }
    const context = engineContext(topology, cluster, engine);
    return (world) => behaviour(context, world);
}

function engineOf(cluster: Cluster, lookup: EngineLookup): Engine {
    const engine = lookup(cluster.engine);
    if (engine === undefined) {
        throw new NoModelError(
            `The cluster '${cluster.name}' has the engine '${cluster.engine}', which is not known, so nothing can be said about it.`,
        );
    }
    return engine;
}
