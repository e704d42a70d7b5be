/** Whether a replica takes over when a node or a zone fails. */
import type { Finding, Fix } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { oneReplica } from './shards.js';
import { asksForFailover, hasAutomaticFailover, isClusterMode, isMultiAz } from '../mode.js';

export function checkAvailability(context: EngineContext): readonly Finding[] {
    return [
        ...withoutMultiAz(context),
        ...withoutFailover(context),
        ...failoverWithoutReplica(context),
        ...t1(context),
    ];
}

function withoutMultiAz(context: EngineContext): readonly Finding[] {
    const { cluster, topology } = context;
    const hasReplica = cluster.shards.some((id) => topology.shards[id]!.copies.length > 1);
    // A cluster without any replica gets a finding that goes deeper.
    if (isMultiAz(context) || !hasReplica) {
        return [];
    }
    const consequence = hasAutomaticFailover(context)
        ? 'a replica takes over when its primary fails, but nothing sees to it that one stands in another zone'
        : 'when a primary fails no replica is promoted, and there are no writes until AWS has created a primary anew, which takes several minutes';
    return [
        {
            code: 'elasticache/multi-az-disabled',
            severity: 'warning',
            message: `Multi-AZ is off in ${cluster.name}: ${consequence}.`,
            help: `Set 'multi-az = enabled'${hasAutomaticFailover(context) ? '' : " and 'automatic-failover = enabled'"}.`,
            source: context.written('multi-az')?.source ?? cluster.source,
            // With one setting alone the real system would refuse the other.
            fixes: hasAutomaticFailover(context) ? [enable(context, 'multi-az', 'Enable Multi-AZ')] : [],
        },
    ];
}

function withoutFailover(context: EngineContext): readonly Finding[] {
    const { cluster } = context;
    const isRequired = isMultiAz(context) || isClusterMode(context);
    if (hasAutomaticFailover(context) || !isRequired) {
        return [];
    }
    return [
        {
            code: 'elasticache/automatic-failover-required',
            severity: 'error',
            message: `Automatic failover is off in ${cluster.name}, and ${isMultiAz(context) ? 'Multi-AZ' : 'cluster mode enabled'} requires it.`,
            help: "Set 'automatic-failover = enabled'.",
            source: (context.written('automatic-failover') ?? context.written('multi-az'))?.source ?? cluster.source,
            fixes: [enable(context, 'automatic-failover', 'Enable automatic failover')],
        },
    ];
}

function enable({ cluster }: EngineContext, key: string, title: string): Fix {
    return { kind: 'set-setting', title, declaration: cluster.source, key, value: 'enabled' };
}

/** With Multi-AZ the finding about that says it. */
function failoverWithoutReplica(context: EngineContext): readonly Finding[] {
    const { cluster, topology } = context;
    const setting = context.written('automatic-failover');
    const alone = cluster.shards.map((id) => topology.shards[id]!).find(({ copies }) => copies.length === 1);
    if (setting === undefined || alone === undefined || !asksForFailover(context)) {
        return [];
    }
    return [
        {
            code: 'elasticache/failover-without-replica',
            severity: 'error',
            message: `Automatic failover of ${cluster.name} is on, and ${alone.name} has no replica that could be promoted.`,
            help: 'Add a replica in another zone, or disable automatic failover.',
            source: setting.source,
            related: [{ source: alone.source, message: `${alone.name} is declared here.` }],
            fixes: oneReplica(context, alone),
        },
    ];
}

function t1(context: EngineContext): readonly Finding[] {
    const setting = context.written('cache-node-type');
    const type = setting?.values.at(0)?.text ?? '';
    if (setting === undefined || !type.startsWith('cache.t1.') || !isMultiAz(context)) {
        return [];
    }
    return [
        {
            code: 'elasticache/t1-with-multi-az',
            severity: 'error',
            message: `The nodes of ${context.cluster.name} are ${type}, and T1 nodes do not support Multi-AZ.`,
            help: 'Use a newer node type, such as cache.t4g.small.',
            source: setting.source,
            fixes: [
                {
                    kind: 'replace',
                    title: 'Use cache.t4g.small',
                    source: setting.source,
                    text: 'cache-node-type = cache.t4g.small',
                },
            ],
        },
    ];
}
