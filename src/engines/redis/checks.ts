import type { Finding, Fix, NodeId, Shard } from '../../topology/index.js';
import type { EngineContext, Quorum } from '../engine.js';

export function check(context: EngineContext): Finding[] {
    const shards = context.cluster.shards.map((id) => context.topology.shards[id]!);
    if (shards.length === 0) {
        const { name, source } = context.cluster;
        return [
            {
                code: 'redis/no-shards',
                severity: 'error',
                message: `${name} has no shards: nobody owns the hash slots, so every request is refused.`,
                help: 'Declare them, for example `shards s-[1..3] { replicas 1 }`.',
                source,
                fixes: ['shards s-[1..3] { replicas 1 }', 'shards s-[1..3]'].map((text) => ({
                    kind: 'add-statement',
                    title: `Add ${text}`,
                    declaration: source,
                    text,
                })),
            },
        ];
    }
    return [...replicas(context, shards), ...memberships(context, shards), ...timeouts(context)];
}

/** The owners of the shards vote on every failover. */
export function quorums({ cluster, topology }: EngineContext): readonly Quorum[] {
    const shards = cluster.shards.map((id) => topology.shards[id]!);
    return [
        {
            one: 'primary',
            many: 'primaries',
            voters: shards.flatMap(({ copies }) => copies.slice(0, 1)),
            without: 'nobody is promoted and the whole cluster stops',
            declarations: shards.map(({ source }) => source),
            source: cluster.source,
            codes: {
                tooFew: { code: 'redis/too-few-primaries', severity: 'error' },
                even: 'redis/even-primaries',
                majorityInOneZone: 'redis/majority-in-one-zone',
            },
        },
    ];
}

function replicas(context: EngineContext, shards: readonly Shard[]): Finding[] {
    const stops = context.boolean('cluster-require-full-coverage')
        ? 'and `cluster-require-full-coverage` then stops every shard'
        : 'and its keys are gone until it returns';
    return shards
        .filter(({ copies }) => copies.length === 1)
        .map((shard) => ({
            code: 'redis/no-replica',
            severity: 'warning',
            message: `${shard.name} has no replica: when ${nameOf(context, shard.copies[0]!)} fails nobody takes over, ${stops}.`,
            help: 'Give it a replica in another zone.',
            source: shard.source,
            fixes: oneReplica(shard),
        }));
}

/** Only where the engine places the copies: a list by hand names them itself. */
function oneReplica({ placedBy, source }: Shard): readonly Fix[] {
    return placedBy === 'file'
        ? []
        : [
              {
                  kind: 'set-property',
                  title: 'Give each of them a replica',
                  declaration: source,
                  keyword: 'replicas',
                  value: '1',
              },
          ];
}

function memberships(context: EngineContext, shards: readonly Shard[]): Finding[] {
    const holder = new Map<NodeId, Shard>();
    return shards.flatMap((shard) =>
        shard.copies.flatMap((node) => {
            const other = holder.get(node);
            holder.set(node, other ?? shard);
            return other === undefined || other === shard
                ? []
                : [
                      {
                          code: 'redis/node-in-two-shards',
                          severity: 'error' as const,
                          message: `${nameOf(context, node)} holds ${other.name} and ${shard.name}: a Redis node belongs to one shard.`,
                          help: 'Place one of the shards on another node.',
                          source: shard.source,
                          related: [{ source: other.source, message: `${other.name} is placed on it here` }],
                      },
                  ];
        }),
    );
}

function timeouts(context: EngineContext): Finding[] {
    const timeout = context.duration('cluster-node-timeout');
    const setting = context.cluster.settings.findLast(({ key }) => key === 'cluster-node-timeout');
    return timeout < 1000 && setting
        ? [
              {
                  code: 'redis/short-node-timeout',
                  severity: 'warning',
                  message: `A node timeout of ${timeout} ms takes short pauses for failures: every one of them costs a failover.`,
                  help: 'Use at least 1000; the default is 15000.',
                  source: setting.source,
                  fixes: [
                      {
                          kind: 'set-setting',
                          title: 'Use the default, 15000',
                          declaration: context.cluster.source,
                          key: 'cluster-node-timeout',
                          value: '15000',
                      },
                  ],
              },
          ]
        : [];
}

function nameOf(context: EngineContext, node: NodeId): string {
    return context.topology.nodes[node]!.name;
}
