/** What the settings of a replication group come to. */
import type { EngineContext } from '../engine.js';

/** Where the file does not say it, several shards mean that cluster mode is enabled. */
export function isClusterMode(context: EngineContext): boolean {
    const written = context.written('cluster-mode')?.values.at(0)?.text;
    return written === undefined ? context.cluster.shards.length > 1 : written === 'enabled';
}

export function isMultiAz(context: EngineContext): boolean {
    return context.boolean('multi-az');
}

/** Cluster mode enabled has it unless the file takes it away, which AWS refuses. */
export function hasAutomaticFailover(context: EngineContext): boolean {
    return context.written('automatic-failover') === undefined
        ? isClusterMode(context)
        : context.boolean('automatic-failover');
}

/** Whether a log outside the nodes holds the writes. */
export function isDurable(context: EngineContext): boolean {
    return ['sync', 'async'].includes(context.text('durability'));
}

/** Whether the file asks that one shard fails over, beside what Multi-AZ and cluster mode bring with them. */
export function asksForFailover(context: EngineContext): boolean {
    return (
        context.written('automatic-failover') !== undefined &&
        hasAutomaticFailover(context) &&
        !isClusterMode(context) &&
        !isMultiAz(context)
    );
}
