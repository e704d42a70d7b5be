import {
    groupedBy,
    counted,
    isControlPlane,
    ownClusters,
    type Node,
    type Region,
    type Shard,
    type Topology,
    type Zone,
} from '../topology/index.js';
import type { Drawing, DrawnNode, DrawnRegion, DrawnZone } from './drawing.js';
import { drawnClient } from './drawn-client.js';
import { drawnCluster } from './drawn-cluster.js';
import { drawnLinks } from './drawn-links.js';
import { drawnNode, nodeContents } from './drawn-node.js';
import { regionId, zoneId } from './ids.js';

/** What the topology looks like: places and what stands in them, in order of declaration. */
export function toDrawing(topology: Topology): Drawing {
    const places = placesOf(topology);
    const standing = {
        regions: topology.regions.map((region) => drawnRegion(topology, region, places)),
        placeless: places.nodesIn('nowhere'),
    };
    return {
        title: topology.uri.slice(topology.uri.lastIndexOf('/') + 1),
        ...standing,
        clusters: ownClusters(topology).map((cluster) => drawnCluster(topology, cluster)),
        clients: topology.workloads.map((workload) => drawnClient(topology, workload)),
        links: drawnLinks(topology, standing),
    };
}

type PlaceKey = `zone ${number}` | `region ${number}` | 'nowhere';

/** What stands in each place, looked up once for all of them. */
interface Places {
    nodesIn(place: PlaceKey): DrawnNode[];
    /** Shards with several copies that all stand in the zone. */
    shardsWithin(place: PlaceKey): readonly Shard[];
}

function placesOf(topology: Topology): Places {
    const contents = nodeContents(topology);
    const nodes = groupedBy(topology.nodes, placeOf);
    const holdingData = topology.shards.filter((shard) => !isControlPlane(topology, shard));
    const shards = groupedBy(holdingData, (shard) => commonPlace(topology, shard));
    return {
        nodesIn: (place) => (nodes.get(place) ?? []).map((node) => drawnNode(topology, node, contents)),
        shardsWithin: (place) => shards.get(place) ?? [],
    };
}

function placeOf(node: Node): PlaceKey {
    if (node.zone !== undefined) {
        return `zone ${node.zone}`;
    }
    return node.region === undefined ? 'nowhere' : `region ${node.region}`;
}

/** The place of all copies of a shard that has several. */
function commonPlace(topology: Topology, { copies }: Shard): PlaceKey | undefined {
    const [first, ...others] = copies.map((id) => {
        const node = topology.nodes[id];
        return node === undefined ? 'nowhere' : placeOf(node);
    });
    return others.length > 0 && others.every((place) => place === first) ? first : undefined;
}

function drawnRegion(topology: Topology, region: Region, places: Places): DrawnRegion {
    const zones = region.zones.flatMap((id) => topology.zones[id] ?? []).map((zone) => drawnZone(zone, places));
    const nodes = places.nodesIn(`region ${region.id}`);
    const count = zones.reduce((sum, zone) => sum + zone.nodes.length, nodes.length);
    return {
        id: regionId(region),
        label: region.name,
        source: region.source,
        facts: [`Region with ${counted(zones.length, 'zone')} and ${counted(count, 'node')}.`],
        zones,
        nodes,
    };
}

function drawnZone(zone: Zone, places: Places): DrawnZone {
    const nodes = places.nodesIn(`zone ${zone.id}`);
    const within = places.shardsWithin(`zone ${zone.id}`).length;
    return {
        id: zoneId(zone),
        label: zone.name,
        source: zone.source,
        facts: [
            `Zone ${zone.qualifiedName} with ${counted(nodes.length, 'node')}.`,
            // The lines between zones cannot show what stays inside one.
            ...(within === 0
                ? []
                : [`All copies of ${counted(within, 'shard')} stand in this zone, so they fail together with it.`]),
        ],
        nodes,
    };
}
