/** What is told about clusters that say one address: no client of a run goes through it, and no proof counts on it. */
import { listed, type ClusterId, type Topology } from '../topology/index.js';

/** Of an objective about these clusters. */
export function addressNotesOfProof(topology: Topology, clusters: ReadonlySet<ClusterId>): readonly string[] {
    return sharedAddresses(topology)
        .filter((shared) => shared.clusters.some((cluster) => clusters.has(cluster)))
        .map(
            (shared) =>
                `Not modelled: that ${behind(topology, shared)} have one address, ${shared.address}. What is proved holds for each by itself. ${INSTEAD}`,
        );
}

/** Of a scenario, whose clients ask clusters. */
export function addressNotesOfRun(topology: Topology): readonly string[] {
    return sharedAddresses(topology).map(
        (shared) =>
            `Not modelled: that ${behind(topology, shared)} have one address, ${shared.address}. Clients ask each by itself. ${INSTEAD}`,
    );
}

const INSTEAD = 'An `endpoint NAME` of the file, outside of clusters, leads its clients to one of several.';

interface Shared {
    readonly address: string;
    readonly clusters: readonly ClusterId[];
}

function sharedAddresses({ clusters }: Topology): readonly Shared[] {
    const holders = new Map<string, Set<ClusterId>>();
    for (const { id, endpoints } of clusters) {
        for (const { address } of endpoints) {
            if (address !== undefined) {
                holders.set(address, (holders.get(address) ?? new Set()).add(id));
            }
        }
    }
    return [...holders]
        .map(([address, ids]) => ({ address, clusters: [...ids] }))
        .filter(({ clusters: ids }) => ids.length > 1);
}

function behind({ clusters }: Topology, shared: Shared): string {
    return listed(shared.clusters.map((id) => clusters[id]?.name ?? ''));
}
