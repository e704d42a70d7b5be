/** Whom the faults of a scenario strike. */
import type { TraceEvent } from '../../../src/simulator/index.js';
import type { ClusterId, Fault, NodeId, Scenario, Side, Topology } from '../../../src/topology/index.js';

export interface Struck {
    readonly nodes: ReadonlySet<NodeId>;
    /** Whoever leads, or clients wherever they stand. */
    readonly everyone: boolean;
}

const EVERYONE: Struck = { nodes: new Set(), everyone: true };

/** By the trace's fault events. */
export function strikes(
    topology: Topology,
    { steps }: Scenario,
    trace: readonly TraceEvent[],
): ReadonlyMap<TraceEvent, Struck> {
    const told = trace.filter(({ kind }) => kind === 'fault');
    return new Map(
        told.map((event) => {
            const same = steps.find(({ text, atMs }) => atMs === event.atMs && event.text.startsWith(text));
            return [event, same ? struckBy(topology, same.fault) : EVERYONE];
        }),
    );
}

function struckBy(topology: Topology, fault: Fault): Struck {
    if ('cluster' in fault) {
        return { nodes: new Set(topology.clusters[fault.cluster]!.members.map(({ node }) => node)), everyone: false };
    }
    if (fault.kind === 'heal') {
        return EVERYONE;
    }
    if ('nodes' in fault) {
        return onSides(topology, [{ nodes: fault.nodes, places: [] }]);
    }
    if ('selection' in fault) {
        return onSides(topology, [{ nodes: [], places: [], ...fault.selection }]);
    }
    return onSides(topology, fault.kind === 'partition' ? fault.sides : [fault.from, fault.to]);
}

/** Clients stand in places, and who leads is known only when it strikes. */
function onSides(topology: Topology, sides: readonly Side[]): Struck {
    const nodes = sides.flatMap((side) => side.nodes);
    const places = sides.flatMap((side) => side.places);
    const named = nodes.flatMap((selector) => (selector.kind === 'node' ? [selector.node] : []));
    const there = topology.nodes.filter(({ zone, region }) =>
        places.some((place) => (place.kind === 'zone' ? place.zone === zone : place.region === region)),
    );
    return {
        nodes: new Set([...named, ...there.map(({ id }) => id)]),
        everyone: named.length < nodes.length || places.length > 0,
    };
}

/** The cluster itself, what it needs or copies, and what is copied from it. */
export function clustersBehind(topology: Topology, cluster: ClusterId): ReadonlySet<ClusterId> {
    const found = new Set([cluster]);
    for (const each of found) {
        for (const { target } of topology.clusters[each]!.needs) {
            if (target.kind !== 'workload') {
                found.add(target.cluster);
            }
        }
        for (const { from, to } of topology.replications) {
            if (to === each) found.add(from);
            if (from === each) found.add(to);
        }
    }
    return found;
}
