/** Where the scheduler puts a pod. */
import type { NodeId, ShardGroup, Topology } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';

/** The topology spread constraint of a group. */
export interface SpreadRule {
    readonly over: 'zone' | 'node' | 'none';
    /** Whether a pod that no node satisfies stays pending. */
    readonly insists: boolean;
    readonly maxSkew: number;
    readonly minDomains: number;
    /** Whether places whose nodes all carry taints do not count. */
    readonly leavesTaintedOut: boolean;
}

/** A worker as the scheduler sees it. */
export interface Candidate {
    readonly node: NodeId;
    /** It counts as failed. */
    readonly tainted: boolean;
    /** An operator has closed it for new pods. */
    readonly cordoned: boolean;
}

/** Without `spread` the scheduler's built-in constraints prefer even zones but do not insist. */
export function spreadRule(context: EngineContext, group: ShardGroup): SpreadRule {
    return {
        over: group.spread ?? 'zone',
        insists: group.spread !== undefined && context.text('whenUnsatisfiable', { group }) === 'DoNotSchedule',
        maxSkew: context.number('maxSkew', { group }),
        minDomains: context.number('minDomains', { group }),
        leavesTaintedOut: context.text('nodeTaintsPolicy', { group }) === 'Honor',
    };
}

/**
 * The node for one more pod, in the place with the fewest pods of the group, and there on the node with the fewest, the earlier
 * declared among equals; undefined if the pod must wait.
 *
 * @param podsOn pods of the group on a node that nobody has asked to end
 */
export function nodeForPod(
    topology: Topology,
    rule: SpreadRule,
    workers: readonly Candidate[],
    podsOn: (node: NodeId) => number,
): NodeId | undefined {
    const placeOf = (node: NodeId): number =>
        rule.over === 'zone' ? (topology.nodes[node]!.zone ?? -1) : rule.over === 'node' ? node : 0;
    const counts = new Map<number, number>();
    for (const { node } of workers.filter(({ tainted }) => !(tainted && rule.leavesTaintedOut))) {
        counts.set(placeOf(node), (counts.get(placeOf(node)) ?? 0) + podsOn(node));
    }
    const fewest = counts.size < rule.minDomains ? 0 : Math.min(...counts.values());
    const fits = (node: NodeId): boolean =>
        !rule.insists || rule.over === 'none' || (counts.get(placeOf(node)) ?? 0) + 1 - fewest <= rule.maxSkew;
    const open = workers.filter(({ node, tainted, cordoned }) => !tainted && !cordoned && fits(node));
    const load = (node: NodeId): readonly [number, number] => [counts.get(placeOf(node)) ?? 0, podsOn(node)];
    return open
        .map(({ node }) => ({ node, load: load(node) }))
        .reduce<{ node: NodeId; load: readonly [number, number] } | undefined>(
            (best, next) => (best === undefined || isLess(next.load, best.load) ? next : best),
            undefined,
        )?.node;
}

function isLess(one: readonly [number, number], other: readonly [number, number]): boolean {
    return one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);
}
