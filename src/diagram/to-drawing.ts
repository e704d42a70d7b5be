import type { Node, Region, Topology, Zone } from '../topology/index.js';
import type { Drawing, DrawnNode, DrawnRegion, DrawnZone } from './drawing.js';
import { drawnCluster } from './drawn-cluster.js';
import { drawnClient } from './drawn-client.js';
import { copiesByNode, drawnNode, type CopiesByNode } from './drawn-node.js';
import { drawnLinks } from './drawn-links.js';
import { regionId, zoneId } from './ids.js';
import { counted } from './wording.js';

/** What the topology looks like: places and what stands in them, in order of declaration. */
export function toDrawing(topology: Topology): Drawing {
    const copies = copiesByNode(topology);
    const draw = (nodes: readonly Node[]): DrawnNode[] => nodes.map((node) => drawnNode(topology, node, copies));
    return {
        title: fileName(topology.uri),
        regions: topology.regions.map((region) => drawnRegion(topology, region, copies)),
        placeless: draw(topology.nodes.filter((node) => node.zone === undefined && node.region === undefined)),
        clusters: topology.clusters.map((cluster) => drawnCluster(topology, cluster)),
        clients: topology.workloads.map((workload) => drawnClient(topology, workload)),
        links: drawnLinks(topology),
    };
}

function drawnRegion(topology: Topology, region: Region, copies: CopiesByNode): DrawnRegion {
    const loose = topology.nodes.filter((node) => node.region === region.id && node.zone === undefined);
    const zones = region.zones.flatMap((id) => topology.zones[id] ?? []);
    const nodeCount = topology.nodes.filter((node) => regionOf(topology, node) === region.id).length;
    return {
        id: regionId(region),
        label: region.name,
        source: region.source,
        facts: [`Region with ${counted(zones.length, 'zone')} and ${counted(nodeCount, 'node')}.`],
        zones: zones.map((zone) => drawnZone(topology, zone, copies)),
        nodes: loose.map((node) => drawnNode(topology, node, copies)),
    };
}

function regionOf(topology: Topology, node: Node): number | undefined {
    return node.zone === undefined ? node.region : topology.zones[node.zone]?.region;
}

function drawnZone(topology: Topology, zone: Zone, copies: CopiesByNode): DrawnZone {
    const nodes = topology.nodes.filter((node) => node.zone === zone.id);
    return {
        id: zoneId(zone),
        label: zone.name,
        source: zone.source,
        facts: [`Zone ${zone.qualifiedName} with ${counted(nodes.length, 'node')}.`, ...sharedFate(topology, zone)],
        nodes: nodes.map((node) => drawnNode(topology, node, copies)),
    };
}

/** What the lines between zones cannot show: shards whose copies all stand here. */
function sharedFate(topology: Topology, zone: Zone): string[] {
    const inside = topology.shards.filter(
        (shard) => shard.copies.length > 1 && shard.copies.every((id) => topology.nodes[id]?.zone === zone.id),
    );
    return inside.length === 0
        ? []
        : [`All copies of ${counted(inside.length, 'shard')} stand in this zone, so they fail together with it.`];
}

function fileName(uri: string): string {
    return uri.slice(uri.lastIndexOf('/') + 1);
}
