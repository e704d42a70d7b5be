/** Joins a topology with the engines of its clusters. */
import { engineContext, findEngine, type Engine } from '../engines/index.js';
import type { ProofModel, ServiceRules } from '../proof/index.js';
import type { BehaviourFactory } from '../simulator/index.js';
import type { Cluster, ClusterId, Topology } from '../topology/index.js';

export type EngineLookup = (name: string) => Engine | undefined;

/** A cluster whose engine nobody knows can neither be proved nor simulated. */
export class UnknownEngineError extends Error {
    constructor(cluster: Cluster) {
        super(
            `The cluster '${cluster.name}' has the engine '${cluster.engine}', which is not known, so nothing can be said about it.`,
        );
        this.name = 'UnknownEngineError';
    }
}

/** @throws UnknownEngineError when a rule of a cluster without a known engine is asked for */
export function proofModel(topology: Topology, lookup: EngineLookup = findEngine): ProofModel {
    const known = new Map<ClusterId, ServiceRules>();
    return {
        topology,
        rules: (id) => {
            const existing = known.get(id);
            if (existing !== undefined) {
                return existing;
            }
            const cluster = topology.clusters[id];
            if (cluster === undefined) {
                throw new Error(`The topology has no cluster ${String(id)}.`);
            }
            const engine = engineOf(cluster, lookup);
            const rules = engine.rules(engineContext(topology, cluster, engine));
            known.set(id, rules);
            return rules;
        },
    };
}

/** @throws UnknownEngineError */
export function behaviourFactory(
    topology: Topology,
    cluster: Cluster,
    lookup: EngineLookup = findEngine,
): BehaviourFactory {
    const engine = engineOf(cluster, lookup);
    const context = engineContext(topology, cluster, engine);
    return (world) => engine.behaviour(context, world);
}

function engineOf(cluster: Cluster, lookup: EngineLookup): Engine {
    const engine = lookup(cluster.engine);
    if (engine === undefined) {
        throw new UnknownEngineError(cluster);
    }
    return engine;
}
