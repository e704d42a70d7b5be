/** The volume: six copies of everything, two in each of three zones. */
import type { Topology, ZoneId, Cluster } from '../../topology/index.js';

export const STORAGE_ZONES = 3;
export const SEGMENTS_IN_ZONE = 2;
export const SEGMENTS = STORAGE_ZONES * SEGMENTS_IN_ZONE;
/** Copies that a write needs. */
export const WRITE_QUORUM = 4;
/** Copies from which the data can be read and repaired. */
export const READ_QUORUM = 3;

/**
 * The declared zones that hold copies: three of the Region's, those with instances first. A Region of more than three zones does
 * not tell which they are, so that is an assumption; copies in zones that no file declares cannot fail.
 */
export function storageZones(topology: Topology, cluster: Cluster): readonly ZoneId[] {
    const own = cluster.members.flatMap(({ node }) => topology.nodes[node]?.zone ?? []);
    const regions = new Set(cluster.members.flatMap(({ node }) => topology.nodes[node]?.region ?? []));
    const all = [...regions].flatMap((region) => topology.regions[region]?.zones ?? []);
    return [...new Set([...own, ...all])].slice(0, STORAGE_ZONES);
}
