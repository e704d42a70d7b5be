/** Which pods there are in the end. */
import type { FailureState } from '../../../proof/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { ControlPlaneConfig } from '../config.js';
import { evictionRates, zoneOf } from '../disruption.js';
import type { PodSet } from '../pod-sets.js';
import { isControlPlane, isWorker } from '../roles.js';
import { nodeForPod } from '../spread.js';

export interface Replacements {
    /** Pods that come for certain. */
    readonly count: number;
    /** Failed nodes in the zone with most of them, and how many a second are given up there. */
    readonly nodesInTurn: number;
    readonly perSecond: number;
}

const NONE: Replacements = { count: 0, nodesInTurn: 0, perSecond: 0 };

/**
 * The pods of a Deployment that are made anew elsewhere once the control plane works, as far as that is certain. Nodes of an
 * unhealthy zone in a small cluster count as never given up, though those found first may be, before the others are found. All
 * others count as given up at once: one after the other can only leave more places that `spread` allows.
 */
export function replacementsFor(
    context: EngineContext,
    config: ControlPlaneConfig,
    { group, nodes, spread }: PodSet,
    state: FailureState,
): Replacements {
    if (group.word !== 'deployment') {
        return NONE;
    }
    const { topology, cluster } = context;
    const kubelets = cluster.members.filter((member) => isWorker(member) || isControlPlane(member));
    const isAlive = (node: NodeId): boolean => state.alive[node] === 1;
    const all = kubelets.map(({ node }) => node);
    const rates = evictionRates(topology, all, isAlive, config.evictions);
    const rateAt = (node: NodeId): number => rates.get(zoneOf(topology, node)) ?? 0;
    const isGivenUp = (node: NodeId): boolean => !isAlive(node) && rateAt(node) > 0;

    const pods = nodes.filter((node) => !isGivenUp(node));
    const workers = kubelets.filter(isWorker).map(({ node }) => ({ node, tainted: !isAlive(node), cordoned: false }));
    let count = 0;
    for (let pending = nodes.length - pods.length; pending > 0; pending--) {
        const node = nodeForPod(topology, spread, workers, (on) => pods.filter((other) => other === on).length);
        if (node === undefined) {
            break;
        }
        pods.push(node);
        count++;
    }
    const turns = [...rates].map(([zone, perSecond]) => ({
        nodesInTurn: all.filter((node) => isGivenUp(node) && zoneOf(topology, node) === zone).length,
        perSecond,
    }));
    const longest = turns.reduce((worst, turn) =>
        turn.nodesInTurn / turn.perSecond > worst.nodesInTurn / worst.perSecond ? turn : worst,
    );
    return { count, ...longest };
}
