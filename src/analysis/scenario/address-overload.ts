/** Clients of an address are sent on to whoever is left: whether these could carry them. */
import { engineContext } from '../../engines/index.js';
import type { Run } from '../../simulator/index.js';
import { demandsOn, figure, listed, type ClusterId, type SharedAddress, type Topology } from '../../topology/index.js';
import type { EngineLookup } from '../models.js';

/** Every request is answered as if there were room for it, which is said where an address gave up some of those behind it. */
export function overloadBehind(topology: Topology, run: Run, lookup: EngineLookup): readonly string[] {
    return topology.addresses
        .filter(({ cluster }) => run.trace.some((event) => event.kind === 'detection' && event.cluster === cluster))
        .flatMap((address) => {
            const sent = rateTo(topology, address.cluster);
            const small = address.routes.filter(({ cluster }) => {
                const own = rateTo(topology, cluster) - healthyShare(topology, address, cluster);
                return sent > 0 && carriedBy(topology, cluster, lookup) < sent + own;
            });
            const names = listed([...new Set(small.map(({ text }) => text))], { word: 'or' });
            return small.length === 0
                ? []
                : [
                      `Overload fails no request here: ${names} alone cannot carry the ${figure(sent)} requests/s that the clients of ${address.name} send, beside what is sent there anyway.`,
                  ];
        });
}

function rateTo(topology: Topology, cluster: ClusterId): number {
    return demandsOn(topology, cluster).reduce((sum, { rate }) => sum + rate, 0);
}

/** What the address sends to the cluster while all are healthy. */
function healthyShare(topology: Topology, { cluster: id }: SharedAddress, cluster: ClusterId): number {
    const workloads = topology.workloads.map((workload) => ({
        ...workload,
        demands: workload.demands.filter(({ target }) => target.kind === 'cluster' && target.cluster === id),
    }));
    return rateTo({ ...topology, workloads }, cluster);
}

function carriedBy(topology: Topology, id: ClusterId, lookup: EngineLookup): number {
    const cluster = topology.clusters[id];
    const engine = cluster && lookup(cluster.engine);
    if (cluster === undefined || engine?.rules === undefined) {
        return Infinity;
    }
    const alive = new Uint8Array(topology.nodes.length).fill(1);
    return engine.rules(engineContext(topology, cluster, engine)).capacity({ alive, failed: [] });
}
