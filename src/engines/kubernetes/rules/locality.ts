import {
    carriedWithin,
    servedWithin,
    single,
    singlesBy,
    type FailureState,
    type Locality,
    type Reach,
    type ServiceRules,
} from '../../../proof/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { ControlPlaneNodes } from '../control-plane.js';
import { zoneOf } from '../disruption.js';
import type { PodSet } from '../pod-sets.js';
import { isControlPlane, isWorker } from '../roles.js';

/**
 * What pods depend on: their nodes, whether the API answers, and whether any worker is dead that a load balancer asks. Where too
 * few may be left, also on how many nodes of each zone live: that decides how many come anew, and how soon.
 */
export function kubernetesLocality(
    rules: ServiceRules,
    { topology, cluster }: EngineContext,
    { etcd, apiServers }: ControlPlaneNodes,
    sets: ReadonlyMap<ShardId, PodSet>,
): Locality {
    const workers = cluster.members.filter(isWorker);
    const kubelets = cluster.members.filter((member) => isWorker(member) || isControlPlane(member));
    const plane = [single(etcd), single(apiServers)];
    const usual = [...plane, single(workers.map(({ node }) => node))];
    const taking = new Set(workers.map(({ node }) => node));
    const byZone = singlesBy(
        kubelets.map(({ node }) => node),
        (node) => `${zoneOf(topology, node)} ${taking.has(node)}`,
    );
    const replacing = [...plane, ...byZone];
    const capacities = new Map(workers.map(({ node, capacity }) => [node, capacity]));
    const carrying: Reach = { nodes: [], counted: singlesBy([...taking], (node: NodeId) => capacities.get(node)) };
    const around =
        (shard: ShardId) =>
        ({ alive }: FailureState, more: number): Reach => {
            const set = sets.get(shard);
            if (set === undefined) {
                return { nodes: [], counted: plane };
            }
            const left = set.nodes.filter((node) => alive[node] === 1).length;
            return { nodes: set.nodes, counted: fewest(set, left, more) < set.required ? replacing : usual };
        };
    // What becomes of the writes of pods is unknown whatever fails: one set of each size has to be asked about.
    const anything: Reach = { nodes: [], counted: [single(cluster.members.map(({ node }) => node))] };
    return {
        serves: (shard, operation) => servedWithin(rules, shard, operation, around(shard)),
        capacity: (load) => carriedWithin(rules, load, () => carrying),
        recovery: around,
        loss: () => () => anything,
    };
}

/** Pods that are left at least when so many more nodes die: several may stand on one. */
function fewest({ nodes }: PodSet, left: number, more: number): number {
    const most = Math.max(0, ...nodes.map((node) => nodes.filter((other) => other === node).length));
    return left - more * most;
}
