/** Parameters that AWS overrules, or that stop writes. */
import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { readSetting } from '../../settings.js';
import { fixedSettings } from '../settings.js';

export function checkSettings(context: EngineContext): readonly Finding[] {
    return [...fixed(context), ...minimumReplicas(context)];
}

function fixed(context: EngineContext): readonly Finding[] {
    return fixedSettings.flatMap((spec): Finding[] => {
        const setting = context.written(spec.key);
        const reading = setting === undefined ? undefined : readSetting(spec, setting);
        if (setting === undefined || reading?.fits !== true || reading.value === spec.default) {
            return [];
        }
        return [
            {
                code: 'elasticache/fixed-setting',
                severity: 'warning',
                message: `'${spec.key}' of ${context.cluster.name} has no effect: AWS sets it for every ElastiCache cluster and lets nobody change it.`,
                help:
                    spec.key === 'cluster-node-timeout'
                        ? 'Remove it, and say `assume failover takes A to B`.'
                        : 'Remove it.',
                source: setting.source,
                fixes: [
                    { kind: 'remove-statement', title: `Remove '${spec.key}'`, safe: true, source: setting.source },
                ],
            },
        ];
    });
}

function minimumReplicas(context: EngineContext): readonly Finding[] {
    const { cluster, topology } = context;
    const setting = context.written('min-replicas-to-write');
    const minimum = context.number('min-replicas-to-write');
    if (setting === undefined || minimum === 0 || context.duration('min-replicas-max-lag') === 0) {
        return [];
    }
    const shards = cluster.shards.map((id) => topology.shards[id]!);
    const fewest = shards.reduce((least, shard) => (shard.copies.length < least.copies.length ? shard : least));
    const replicas = Math.max(0, fewest.copies.length - 1);
    if (minimum < replicas) {
        return [];
    }
    const isHopeless = minimum > replicas;
    return [
        {
            code: 'elasticache/min-replicas-stop-writes',
            severity: isHopeless ? 'error' : 'warning',
            message: isHopeless
                ? `${fewest.name} has ${String(replicas)} replicas and its primary wants ${String(minimum)} before it takes a write: it refuses every one.`
                : `${fewest.name} has just the ${String(replicas)} replicas that its primary wants before it takes a write: after any failure it refuses them until AWS has created a node anew.`,
            help: 'Use a number below that of the replicas.',
            source: setting.source,
            related: [{ source: fewest.source, message: `${fewest.name} is declared here.` }],
            fixes: [
                {
                    kind: 'replace',
                    title: `Use ${String(Math.max(0, replicas - 1))}`,
                    source: setting.source,
                    text: `min-replicas-to-write = ${String(Math.max(0, replicas - 1))}`,
                },
            ],
        },
    ];
}
