/** How much AWS allows. */
import { counted, figure, listed, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useReplicas } from '../../shared/checks/fixes.js';
import { isSince } from '../../version.js';
import { isClusterMode } from '../mode.js';
import { bySource } from '../../shared/by-source.js';

const MOST_SHARDS = 500;
const MOST_REPLICAS = 5;
const NODE_QUOTA = 90;

export function checkLimits(context: EngineContext): readonly Finding[] {
    return [...shards(context), ...replicas(context), ...nodes(context)];
}

function shards(context: EngineContext): readonly Finding[] {
    const { name, shards: all, source } = context.cluster;
    if (!isClusterMode(context)) {
        return all.length > 1 ? [severalWithoutClusterMode(context)] : [];
    }
    return all.length <= MOST_SHARDS
        ? []
        : [
              {
                  code: 'elasticache/too-many-shards',
                  severity: 'error',
                  message: `${name} has ${counted(all.length, 'shard')}, and ElastiCache allows ${figure(MOST_SHARDS)}.`,
                  help: 'Use fewer shards on larger nodes.',
                  source,
              },
          ];
}

function severalWithoutClusterMode(context: EngineContext): Finding {
    const { cluster, topology } = context;
    const second = topology.shards[cluster.shards[1]!]!;
    const setting = context.written('cluster-mode');
    return {
        code: 'elasticache/shards-without-cluster-mode',
        severity: 'error',
        message: `${cluster.name} has ${counted(cluster.shards.length, 'shard')}, and with 'cluster-mode = ${setting?.values.at(0)?.text ?? 'disabled'}' there is exactly one.`,
        help: 'Enable cluster mode, or keep one shard.',
        source: second.source,
        ...(setting === undefined
            ? {}
            : {
                  related: [{ source: setting.source, message: 'Cluster mode is set here.' }],
                  fixes: [
                      {
                          kind: 'replace',
                          title: 'Enable cluster mode',
                          source: setting.source,
                          text: 'cluster-mode = enabled',
                      },
                  ],
              }),
    };
}

function replicas({ cluster, topology }: EngineContext): readonly Finding[] {
    const crowded = cluster.shards
        .map((id) => topology.shards[id]!)
        .filter(({ copies }) => copies.length > MOST_REPLICAS + 1);
    return bySource(crowded).map((same) => {
        const { copies, source, placedBy } = same[0];
        return {
            code: 'elasticache/too-many-replicas',
            severity: 'error',
            message: `${names(same)} would have ${String(copies.length - 1)} replicas, and ElastiCache allows ${String(MOST_REPLICAS)} in a shard.`,
            help: `Use at most ${String(MOST_REPLICAS)} replicas.`,
            source,
            ...(placedBy === 'file'
                ? {}
                : {
                      fixes: [useReplicas(source, MOST_REPLICAS)],
                  }),
        };
    });
}

function nodes({ cluster, version }: EngineContext): readonly Finding[] {
    const limit = isSince(version, '5.0.6') ? 500 : 250;
    const { name, members, source } = cluster;
    if (members.length > limit) {
        return [
            {
                code: 'elasticache/too-many-nodes',
                severity: 'error',
                message: `${name} has ${counted(members.length, 'node')}, and ${version} on ElastiCache allows ${figure(limit)}.`,
                help: 'Use fewer, larger nodes, or split the data over several clusters.',
                source,
            },
        ];
    }
    return members.length <= NODE_QUOTA
        ? []
        : [
              {
                  code: 'elasticache/node-quota',
                  severity: 'warning',
                  message: `${name} has ${counted(members.length, 'node')}, and an AWS account may have ${String(NODE_QUOTA)} in a cluster until its quota is raised.`,
                  help: `Have the quota “Nodes per cluster” raised (up to ${figure(limit)}) before the cluster is made.`,
                  source,
              },
          ];
}

function names(shards: readonly { readonly name: string }[]): string {
    return listed(
        shards.map(({ name }) => name),
        { limit: 3 },
    );
}
