/** What is told about an address before several clusters: no client of a run goes through it, and no proof counts on it. */
import { listed, type ClusterId, type Topology } from '../topology/index.js';

/** Of an objective about these clusters. */
export function addressNotesOfProof(topology: Topology, clusters: ReadonlySet<ClusterId>): readonly string[] {
    return sharedAddresses(topology)
        .filter((shared) => shared.clusters.some((cluster) => clusters.has(cluster)))
        .map(
            (shared) =>
                `Not modelled: ${nameOf(shared)}, since each client asks one cluster. What is proved holds for each of ${behind(topology, shared)} by itself; that its clients are sent on to another is not counted on.`,
        );
}

/** Of a scenario, whose clients ask clusters. */
export function addressNotesOfRun(topology: Topology): readonly string[] {
    return sharedAddresses(topology).map(
        (shared) =>
            `Not modelled: ${nameOf(shared)}, since each client asks one cluster. Those of ${behind(topology, shared)} ask each by itself and are never sent on to another.`,
    );
}

interface Shared {
    /** Missing where clusters merely say the same address. */
    readonly name?: string;
    readonly address?: string;
    readonly clusters: readonly ClusterId[];
}

function sharedAddresses({ addresses, clusters }: Topology): readonly Shared[] {
    const declared = addresses.map(({ name, address, routes }) => ({
        name,
        ...(address === undefined ? {} : { address }),
        clusters: routes.flatMap((target) => (target.kind === 'workload' ? [] : [target.cluster])),
    }));
    const holders = new Map<string, Set<ClusterId>>();
    for (const { id, endpoints } of clusters) {
        for (const { address } of endpoints) {
            if (address !== undefined) {
                holders.set(address, (holders.get(address) ?? new Set()).add(id));
            }
        }
    }
    const same = [...holders].map(([address, ids]) => ({ address, clusters: [...ids] }));
    return [...declared, ...same.filter(({ clusters: ids }) => ids.length > 1)];
}

function nameOf({ name, address }: Shared): string {
    const parts = [name, address].filter((part) => part !== undefined);
    return `the address ${parts.join(', ')}`;
}

function behind({ clusters }: Topology, shared: Shared): string {
    return listed([...new Set(shared.clusters)].map((id) => clusters[id]?.name ?? ''));
}
