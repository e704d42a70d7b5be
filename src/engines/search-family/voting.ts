/** The voting configuration: whose votes count. */
import type { Member, NodeId, Topology } from '../../topology/index.js';
import { majority } from '../shared/checks/quorum.js';

/** Whether more than half of the configuration is among the nodes. */
export function hasQuorum(configuration: readonly NodeId[], isThere: (node: NodeId) => boolean): boolean {
    return configuration.filter(isThere).length >= majority(configuration.length);
}

/**
 * Whether a majority is left whichever node was left out: of an even number of eligible nodes one that is not the manager
 * has no vote, and node identifiers, which are random, decide which.
 */
export function majorityIsLeft(eligible: number, left: number): boolean {
    const isWhole = left === eligible;
    return eligible % 2 === 1 ? left >= majority(eligible) : isWhole || left - 1 >= majority(eligible - 1);
}

/**
 * The configuration in health. Of an even number the node is left out whose vote is missed most when a zone fails: one of
 * the zone with the fewest eligible nodes. Real clusters choose by random identifiers, so this is the worst of what may be.
 */
export function firstConfiguration(
    { nodes }: Topology,
    eligible: readonly Member[],
    manager: NodeId,
): readonly NodeId[] {
    const all = eligible.map(({ node }) => node);
    if (all.length % 2 === 1) {
        return all;
    }
    const neighbours = (node: NodeId): number => all.filter((other) => nodes[other]!.zone === nodes[node]!.zone).length;
    const others = all.filter((node) => node !== manager);
    const leftOut = others.reduce<NodeId | undefined>(
        (best, node) => (best === undefined || neighbours(node) <= neighbours(best) ? node : best),
        undefined,
    );
    return all.filter((node) => node !== leftOut);
}

export interface Reconfiguration {
    readonly current: readonly NodeId[];
    readonly eligible: readonly NodeId[];
    readonly isLive: (node: NodeId) => boolean;
    readonly manager: NodeId;
    readonly autoShrink: boolean;
}

/**
 * The configuration that suits the live nodes best (Reconfigurator.java): odd, as large as there are live nodes but not
 * below three by itself, the manager first, then live nodes, then those that vote already.
 */
export function improvedConfiguration(request: Reconfiguration): readonly NodeId[] {
    const { current, eligible, isLive, manager } = request;
    const live = eligible.filter(isLive);
    const rank = (node: NodeId): number =>
        (node === manager ? 0 : 4) + (isLive(node) ? 0 : 2) + (current.includes(node) ? 0 : 1);
    const candidates = [...new Set([...live, ...current])].sort((one, other) => rank(one) - rank(other) || one - other);
    const improved = candidates.slice(0, targetSize(request, live.length));
    return hasQuorum(improved, isLive) ? improved : current;
}

function targetSize({ current, autoShrink }: Reconfiguration, live: number): number {
    if (!autoShrink) {
        return Math.max(roundDownToOdd(live), current.length);
    }
    return live >= 3 ? roundDownToOdd(live) : Math.min(3, roundDownToOdd(current.length));
}

function roundDownToOdd(count: number): number {
    return count - (count % 2 === 0 ? 1 : 0);
}
