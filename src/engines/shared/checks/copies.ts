/** What is wrong with the places of copies, whatever the system calls them. */
import { listed, type Finding, type Shard, type Topology, type ZoneId } from '../../../topology/index.js';
import type { Engine, EngineContext } from '../../engine.js';

/** Shards with several copies, all in one zone, although members that could hold some stand in several. */
export function checkCopies(engine: Engine, { topology, cluster }: EngineContext): readonly Finding[] {
    const holders = cluster.members.filter((member) => engine.holds?.(member) !== false);
    const zones = new Set(holders.flatMap(({ node }) => topology.nodes[node]?.zone ?? []));
    if (zones.size < 2) {
        return [];
    }
    return cluster.shards.flatMap((id) => {
        const shard = topology.shards[id];
        const zone = shard === undefined || shard.copies.length < 2 ? undefined : onlyZone(topology, shard);
        return shard === undefined || zone === undefined ? [] : [finding(topology, shard, zone, zones)];
    });
}

function onlyZone(topology: Topology, shard: Shard): ZoneId | undefined {
    const zones = new Set(shard.copies.map((node) => topology.nodes[node]?.zone));
    const [zone] = zones;
    return zones.size === 1 ? zone : undefined;
}

function finding(topology: Topology, shard: Shard, zone: ZoneId, zones: ReadonlySet<ZoneId>): Finding {
    const name = topology.zones[zone]?.qualifiedName ?? '';
    const others = [...zones]
        .filter((other) => other !== zone)
        .map((other) => topology.zones[other]?.qualifiedName ?? '');
    return {
        code: 'topology/copies-in-one-zone',
        severity: 'warning',
        message: `${shard.copies.length === 2 ? 'Both' : `All ${String(shard.copies.length)}`} copies of ${shard.name} stand in ${name}: when that zone fails, ${shard.name} is gone, although the cluster also stands in ${listed(others)}.`,
        help: `Move a copy of ${shard.name} to a node in ${listed(others, { word: 'or' })}.`,
        source: shard.source,
    };
}
