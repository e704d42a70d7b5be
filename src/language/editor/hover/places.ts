import { counted, listed, type Node, type Topology, type ZoneId } from '../../../topology/index.js';
import type * as ast from '../../generated/ast.js';
import { plain } from '../markdown.js';

/** Names that a sentence lists before it counts. */
const LISTED = { limit: 12 };

export function regionFacts(declaration: ast.Region, topology: Topology): string[] {
    const head = `**region** ${plain(declaration.name)}`;
    const region = topology.regions.find((each) => each.name === declaration.name);
    if (!region) return [head];
    const zones = region.zones.flatMap((id) => topology.zones[id]?.name ?? []);
    const nodes = topology.nodes.filter((node) => node.region === region.id);
    return [head, zones.length === 0 ? 'It has no zones.' : `Zones: ${names(zones)}.`, ...standing(nodes, topology)];
}

export function zoneFacts(declaration: ast.Zone, topology: Topology): string[] {
    const qualified = `${declaration.$container.name}.${declaration.name}`;
    const zone = topology.zones.find((each) => each.qualifiedName === qualified);
    const nodes = topology.nodes.filter((node) => zone !== undefined && node.zone === zone.id);
    return [`**zone** ${plain(qualified)}`, ...standing(nodes, topology)];
}

/** The nodes of a place, and how many members of each cluster stand there. */
function standing(nodes: readonly Node[], topology: Topology): string[] {
    if (nodes.length === 0) return ['No node stands here.'];
    const here = new Set(nodes.map(({ id }) => id));
    const clusters = topology.clusters.flatMap((cluster) => {
        const members = cluster.members.filter(({ node }) => here.has(node)).length;
        return members === 0
            ? []
            : [`${String(members)} of ${counted(cluster.members.length, 'member')} of ${cluster.name}`];
    });
    return [
        `${counted(nodes.length, 'node')}: ${names(nodes.map(({ name }) => name))}.`,
        ...(clusters.length > 0 ? [`Here ${nodes.length === 1 ? 'stands' : 'stand'} ${names(clusters)}.`] : []),
    ];
}

export function zoneName(zone: ZoneId | undefined, topology: Topology): string | undefined {
    return zone === undefined ? undefined : topology.zones[zone]?.qualifiedName;
}

export function names(texts: readonly string[]): string {
    return plain(listed(texts, LISTED));
}
