/** Shards without a replica, and nodes that belong to several. */
import type { Finding, Fix, NodeId, Shard } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { bySource } from '../../shared/by-source.js';
import { useReplicas } from '../../shared/checks/fixes.js';
import { subject } from '../../shared/subject.js';

export function checkShards(context: EngineContext): readonly Finding[] {
    const shards = context.cluster.shards.map((id) => context.topology.shards[id]!);
    return [...withoutReplica(context, shards), ...memberships(context, shards)];
}

function withoutReplica(context: EngineContext, shards: readonly Shard[]): readonly Finding[] {
    const stops = context.boolean('cluster-require-full-coverage')
        ? 'and `cluster-require-full-coverage` then stops every shard'
        : 'and its keys are gone until it returns';
    return bySource(shards.filter(({ copies }) => copies.length === 1)).map((alone) => {
        const [{ copies, source }] = alone;
        const node = alone.length === 1 ? nameOf(context, copies[0]!) : 'the node of one of them';
        return {
            code: 'redis/no-replica',
            severity: 'warning',
            message: `${subject(alone, 'has', 'have')} no replica: when ${node} fails nobody takes over, ${stops}.`,
            help:
                alone.length === 1
                    ? 'Give it a replica in another zone.'
                    : 'Give each of them a replica in another zone.',
            source,
            fixes: oneReplica(context, alone[0]),
        };
    });
}

/** Only where the engine places the copies: a list by hand names them itself. */
function oneReplica({ topology }: EngineContext, { placedBy, group, source }: Shard): readonly Fix[] {
    return placedBy === 'file' ? [] : [useReplicas(topology.groups[group ?? -1]?.source ?? source, 1)];
}

function memberships(context: EngineContext, shards: readonly Shard[]): readonly Finding[] {
    const holder = new Map<NodeId, Shard>();
    return shards.flatMap((shard) =>
        shard.copies.flatMap((node): Finding[] => {
            const other = holder.get(node);
            holder.set(node, other ?? shard);
            return other === undefined || other === shard
                ? []
                : [
                      {
                          code: 'redis/node-in-two-shards',
                          severity: 'error',
                          message: `${nameOf(context, node)} holds ${other.name} and ${shard.name}: a Redis node belongs to one shard.`,
                          help: 'Place one of the shards on another node.',
                          source: shard.source,
                          related: [{ source: other.source, message: `${other.name} is placed on it here.` }],
                      },
                  ];
        }),
    );
}

function nameOf(context: EngineContext, node: NodeId): string {
    return context.topology.nodes[node]!.name;
}
