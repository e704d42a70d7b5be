/** Names as a `.cluster` file has to write them. */
import type { NodeId, PlaceId, Topology } from '../topology/index.js';

/** Words that hold statements together and need quotes as names. */
const RESERVED = new Set(
    (
        'settings failure-rates zones active-active active-passive node nodes members endpoint failover needs wants replicas ' +
        'spread disruption-budget serves assume waive route arrivals reads writes at until expect tolerate restore lose ' +
        'in as on across to of by for with and any every within between nobody'
    ).split(' '),
);

const PLAIN = /^[A-Za-z_](-*[A-Za-z0-9_])*$/;

export function quoted(name: string): string {
    return PLAIN.test(name) && !RESERVED.has(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** The bare name if no other node has it, else with the cluster that declares it. */
export function nodeReference(topology: Topology, id: NodeId): string {
    const node = topology.nodes[id];
    if (node === undefined) {
        throw new Error(`The topology has no node ${String(id)}.`);
    }
    const owner = node.owner === undefined ? undefined : topology.clusters[node.owner];
    const alone = topology.nodes.every((other) => other.id === id || other.name !== node.name);
    return alone || owner === undefined ? quoted(node.name) : `${quoted(owner.name)}.${quoted(node.name)}`;
}

export function placeReference(topology: Topology, place: PlaceId): string {
    const zone = place.kind === 'zone' ? topology.zones[place.zone] : undefined;
    const region = topology.regions[place.kind === 'region' ? place.region : (zone?.region ?? -1)];
    return [region, zone].flatMap((part) => (part === undefined ? [] : [quoted(part.name)])).join('.');
}

/** `base-1`, or the first number that no scenario of the file has taken. */
export function freeName(topology: Topology, base: string, taken: ReadonlySet<string>): string {
    const used = new Set([...topology.scenarios.map((scenario) => scenario.name), ...taken]);
    for (let number = 1; ; number++) {
        const name = `${base}-${String(number)}`;
        if (!used.has(name)) {
            return name;
        }
    }
}
