/** What can be expected of an address before several clusters, and what only of these. */
import { addressOf, listed, type Expectation, type Topology } from '../../topology/index.js';

/** Why nothing is said about the expectation; undefined if it is about no address, or about what its clients see. */
export function beyondAddress(topology: Topology, expectation: Expectation): string | undefined {
    const target = 'target' in expectation ? expectation.target : undefined;
    const cluster = target?.kind === 'cluster' ? topology.clusters[target.cluster] : undefined;
    const address = cluster && addressOf(topology, cluster);
    if (address === undefined || expectation.kind === 'service' || expectation.kind === 'lost-writes') {
        return undefined;
    }
    const behind = listed(address.routes.map(({ text }) => text));
    return expectation.kind === 'stale-reads'
        ? `Not modelled: whether the clusters behind ${address.name}, ${behind}, know what was written to another of them.`
        : `${address.name} is an address and has neither nodes nor data of its own. Ask for what stands behind it: ${behind}.`;
}
