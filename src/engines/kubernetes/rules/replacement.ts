/** Which pods there are in the end. */
import type { FailureState } from '../../../proof/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { ControlPlaneConfig } from '../config.js';
import { evictionRates, zoneOf } from '../disruption.js';
import type { PodSet } from '../pod-sets.js';
import { isControlPlane, isWorker } from '../roles.js';
import { nodeForPod, type Candidate } from '../spread.js';

export interface Replacements {
    /** Pods that come for certain. */
    readonly count: number;
    /** Failed nodes in the zone with most of them, and how many a second are given up there. */
    readonly nodesInTurn: number;
    readonly perSecond: number;
}

const NONE: Replacements = { count: 0, nodesInTurn: 0, perSecond: 0 };

/** How a cluster gives up nodes that lost power: the same for all groups. */
export interface GivingUp {
    readonly isGivenUp: (node: NodeId) => boolean;
    readonly workers: readonly Candidate[];
    readonly longestTurn: Pick<Replacements, 'nodesInTurn' | 'perSecond'>;
}

/** Nodes of an unhealthy zone in a small cluster count as never given up. */
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
        workers: kubelets.filter(isWorker).map(({ node }) => ({ node, tainted: !isAlive(node), cordoned: false })),
        longestTurn: turns.reduce((worst, turn) =>
            turn.nodesInTurn / turn.perSecond > worst.nodesInTurn / worst.perSecond ? turn : worst,
        ),
    };
}

/**
 * The pods of a Deployment that are made anew elsewhere once the control plane works, as far as that is certain. Some nodes of
 * an unhealthy zone in a small cluster may be given up before the others are found: nothing counts on it. All nodes that are
 * given up count as given up at once: one after the other can only leave more places that `spread` allows.
 */
export function replacementsFor(
    { topology }: EngineContext,
    { group, nodes, spread }: PodSet,
    { isGivenUp, workers, longestTurn }: GivingUp,
): Replacements {
    if (group.word !== 'deployment') {
        return NONE;
    }
    const pods = nodes.filter((node) => !isGivenUp(node));
    let count = 0;
    for (let pending = nodes.length - pods.length; pending > 0; pending--) {
        const node = nodeForPod(topology, spread, workers, (on) => pods.filter((other) => other === on).length);
        if (node === undefined) {
            break;
        }
        pods.push(node);
        count++;
    }
    return { count, ...longestTurn };
}
