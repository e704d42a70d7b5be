/** Which pods there are in the end. */
import type { FailureState } from '../../../proof/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { ControlPlaneConfig } from '../config.js';
import { evictionRates, mostBeforeUnhealthy, zoneOf } from '../disruption.js';
import type { PodSet } from '../pod-sets.js';
import { isControlPlane, isWorker } from '../roles.js';
import { nodeForPod, type Candidate } from '../spread.js';

export interface Replacements {
    /** Pods that come for certain. */
    readonly count: number;
    /** Pods that may come, if nodes are given up in a lucky order. */
    readonly possible: number;
    /** Failed nodes in the zone with most of them, and how many a second are given up there. */
    readonly nodesInTurn: number;
    readonly perSecond: number;
}

const NONE: Replacements = { count: 0, possible: 0, nodesInTurn: 0, perSecond: 0 };

/** How a cluster gives up nodes that lost power: the same for all groups. */
export interface GivingUp {
    readonly isGivenUp: (node: NodeId) => boolean;
    /** How many nodes of a zone may be given up at most: those of an unhealthy one are until it counts as such. */
    readonly mostGivenUp: (zone: number) => number;
    /** Workers and control planes that have power. */
    readonly living: ReadonlySet<NodeId>;
    readonly workers: readonly Candidate[];
    readonly longestTurn: Pick<Replacements, 'nodesInTurn' | 'perSecond'>;
}

/** Nodes of a small unhealthy zone count as never given up. */
export function givingUp(
    { topology, cluster }: EngineContext,
    config: ControlPlaneConfig,
    state: FailureState,
): GivingUp {
    const kubelets = cluster.members.filter((member) => isWorker(member) || isControlPlane(member));
    const isAlive = (node: NodeId): boolean => state.alive[node] === 1;
    const all = kubelets.map(({ node }) => node);
    const rates = evictionRates(topology, all, isAlive, config.evictions);
    const isGivenUp = (node: NodeId): boolean => !isAlive(node) && (rates.get(zoneOf(topology, node)) ?? 0) > 0;
    const turns = [...rates].map(([zone, perSecond]) => ({
        nodesInTurn: all.filter((node) => isGivenUp(node) && zoneOf(topology, node) === zone).length,
        perSecond,
    }));
    return {
        isGivenUp,
        mostGivenUp: (zone) =>
            (rates.get(zone) ?? 0) > 0
                ? Infinity
                : mostBeforeUnhealthy(all.filter((node) => zoneOf(topology, node) === zone).length, config.evictions),
        living: new Set(all.filter(isAlive)),
        workers: kubelets.filter(isWorker).map(({ node }) => ({ node, tainted: !isAlive(node), cordoned: false })),
        longestTurn: turns.reduce((worst, turn) =>
            turn.nodesInTurn / turn.perSecond > worst.nodesInTurn / worst.perSecond ? turn : worst,
        ),
    };
}

/**
 * The pods of a Deployment that are made anew elsewhere once the control plane works. Some nodes of an unhealthy zone in a small
 * cluster may be given up before the others are found: nothing counts on it, and no more than that is possible. Nodes of one
 * zone are given up one after the other, in any order; where several zones are hit, all that are given up at once is the least,
 * since one after the other can only leave more places that `spread` allows.
 */
export function replacementsFor(
    { topology }: EngineContext,
    { group, nodes, spread }: PodSet,
    { isGivenUp, mostGivenUp, living, workers, longestTurn }: GivingUp,
): Replacements {
    if (group.word !== 'deployment') {
        return NONE;
    }
    const placeFor = (pods: readonly NodeId[]): NodeId | undefined =>
        nodeForPod(topology, spread, workers, (on) => pods.filter((other) => other === on).length);
    const atOnce = (gone: readonly NodeId[]): number => inTurns(nodes, [gone], placeFor);
    const dead = [...new Set(nodes.filter((node) => !living.has(node)))];
    const certain = dead.filter(isGivenUp);
    const zones = new Set(dead.map((node) => zoneOf(topology, node)));
    if (certain.length === dead.length && zones.size === 1 && dead.length <= MOST_ORDERED) {
        const counts = ordersOf(dead).map((order) => inTurns(nodes, order.map(alone), placeFor));
        return { count: Math.min(...counts), possible: Math.max(...counts), ...longestTurn };
    }
    const lucky = [...zones].flatMap((zone) =>
        dead.filter((node) => zoneOf(topology, node) === zone).slice(0, mostGivenUp(zone)),
    );
    const count = atOnce(certain);
    const orders = [lucky, lucky.toReversed()].map((order) => inTurns(nodes, order.map(alone), placeFor));
    return { count, possible: Math.max(count, atOnce(lucky), ...orders), ...longestTurn };
}

/** Of so many nodes all orders are tried. */
const MOST_ORDERED = 4;

function ordersOf(nodes: readonly NodeId[]): readonly (readonly NodeId[])[] {
    return nodes.length === 0
        ? [[]]
        : nodes.flatMap((first) => ordersOf(nodes.filter((node) => node !== first)).map((rest) => [first, ...rest]));
}

function alone(node: NodeId): readonly NodeId[] {
    return [node];
}

/** Pods that come when nodes are given up in these turns, each time as many as have a place. */
function inTurns(
    nodes: readonly NodeId[],
    turns: readonly (readonly NodeId[])[],
    placeFor: (pods: readonly NodeId[]) => NodeId | undefined,
): number {
    let pods = [...nodes];
    let count = 0;
    for (const gone of turns) {
        pods = pods.filter((node) => !gone.includes(node));
        while (pods.length < nodes.length) {
            const node = placeFor(pods);
            if (node === undefined) {
                break;
            }
            pods.push(node);
            count++;
        }
    }
    return count;
}
