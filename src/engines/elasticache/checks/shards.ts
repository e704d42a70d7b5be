/** Where the copies of the shards stand. */
import { listed, type Finding, type Fix, type NodeId, type Shard } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useReplicas } from '../../shared/checks/fixes.js';
import { regionsOf } from '../../shared/replications.js';
import { asksForFailover, isDurable, isMultiAz } from '../mode.js';
import { bySource } from '../../shared/by-source.js';
import { subject } from '../../shared/subject.js';

export function checkShards(context: EngineContext): readonly Finding[] {
    const shards = context.cluster.shards.map((id) => context.topology.shards[id]!);
    return [
        ...nodesInTwoShards(context, shards),
        ...severalRegions(context),
        ...(isMultiAz(context) ? multiAz(context, shards) : []),
        // Where failover is asked for, that nobody can take over is an error, and told as such.
        ...(isMultiAz(context) || asksForFailover(context) ? [] : withoutReplica(context, shards)),
    ];
}

function nodesInTwoShards({ topology }: EngineContext, shards: readonly Shard[]): Finding[] {
    const holder = new Map<NodeId, Shard>();
    return shards.flatMap((shard) =>
        shard.copies.flatMap((node): Finding[] => {
            const other = holder.get(node) ?? shard;
            holder.set(node, other);
            return other === shard
                ? []
                : [
                      {
                          code: 'elasticache/node-in-two-shards',
                          severity: 'error',
                          message: `${topology.nodes[node]!.name} holds ${other.name} and ${shard.name}, and a node of ElastiCache belongs to one shard.`,
                          help: 'Place one of the shards on another node.',
                          source: shard.source,
                          related: [{ source: other.source, message: `${other.name} is placed on it here.` }],
                      },
                  ];
        }),
    );
}

function severalRegions({ topology, cluster }: EngineContext): Finding[] {
    const regions = [...regionsOf(topology, cluster)].map((region) => topology.regions[region]!.name);
    return regions.length < 2
        ? []
        : [
              {
                  code: 'elasticache/several-regions',
                  severity: 'error',
                  message: `Nodes of ${cluster.name} stand in ${listed(regions, { limit: 4 })}, and all nodes of an ElastiCache cluster are in one Region.`,
                  help: 'Declare a cluster in each Region and `replicate` from one to the other: that is a Global Datastore.',
                  source: cluster.source,
              },
          ];
}

function withoutReplica(context: EngineContext, shards: readonly Shard[]): Finding[] {
    return bySource(shards.filter(({ copies }) => copies.length === 1)).map((alone) => ({
        code: 'elasticache/no-replica',
        severity: 'warning',
        message: `${subject(alone, 'has', 'have')} no replica: when a node fails, its part of the data of ${context.cluster.name} is lost, and nobody serves it until AWS has created an empty node.`,
        help: 'Give each shard a replica in another zone.',
        source: alone[0].source,
        fixes: oneReplica(context, alone[0]),
    }));
}

function multiAz(context: EngineContext, shards: readonly Shard[]): Finding[] {
    const alone = shards.filter(({ copies }) => copies.length === 1);
    const together = shards.filter((shard) => shard.copies.length > 1 && onlyZone(context, shard) !== undefined);
    return [
        ...bySource(alone).map((same): Finding => ({
            code: 'elasticache/multi-az-without-replica',
            severity: 'error',
            message: `${subject(same, 'has', 'have')} no replica, and Multi-AZ needs one in every shard: there is nobody to fail over to${isDurable(context) ? ', and durability needs one, too' : ''}.`,
            help: 'Give each shard a replica in another zone, or disable Multi-AZ.',
            source: same[0].source,
            fixes: oneReplica(context, same[0]),
        })),
        ...bySource(together).map((same): Finding => ({
            code: 'elasticache/multi-az-in-one-zone',
            severity: 'error',
            message: `${subject(same, 'has its', 'have their')} primary and replicas in one zone, ${onlyZone(context, same[0]) ?? ''}: Multi-AZ needs a replica in another zone than the primary.`,
            help: 'Move a copy of each shard to another zone, or disable Multi-AZ.',
            source: same[0].source,
        })),
    ];
}

/** Only where the engine places the copies, since a list by hand names them itself, and where nodes are free for them. */
export function oneReplica({ cluster, topology }: EngineContext, { placedBy, group }: Shard): readonly Fix[] {
    const declared = topology.groups[group ?? -1];
    const taken = cluster.shards.reduce((sum, id) => sum + topology.shards[id]!.copies.length, 0);
    return placedBy === 'file' || declared === undefined || cluster.members.length - taken < declared.shards.length
        ? []
        : [useReplicas(declared.source, 1)];
}

function onlyZone({ topology }: EngineContext, { copies }: Shard): string | undefined {
    const zones = new Set(copies.map((node) => topology.nodes[node]?.zone));
    const [zone] = zones;
    return zones.size === 1 && zone !== undefined ? topology.zones[zone]!.qualifiedName : undefined;
}
