/** What the rules of the first cluster say after nodes have lost power. */
import { engineContext, findEngine } from '../../../src/engines/index.js';
import type { FailureState, ServiceRules } from '../../../src/proof/index.js';
import type { Topology } from '../../../src/topology/index.js';

export function rulesOf(topology: Topology): ServiceRules {
    const cluster = topology.clusters[0]!;
    const engine = findEngine(cluster.engine)!;
    return engine.rules!(engineContext(topology, cluster, engine));
}

/** These nodes have lost power, all at once. */
export function without(topology: Topology, ...names: readonly string[]): FailureState {
    const alive = new Uint8Array(topology.nodes.length).fill(1);
    const failed = topology.nodes.filter(({ name }) => names.includes(name)).map(({ id }) => id);
    failed.forEach((node) => (alive[node] = 0));
    return { alive, failed };
}
