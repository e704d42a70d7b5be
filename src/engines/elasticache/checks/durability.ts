/** Whether the durability that is asked for can be had. */
import { listed, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { primariesOf, secondariesOf } from '../../shared/replications.js';
import { isSince } from '../../version.js';
import { isClusterMode, isDurable, isMultiAz } from '../mode.js';

export function checkDurability(context: EngineContext): readonly Finding[] {
    const setting = context.written('durability');
    if (setting === undefined || !isDurable(context)) {
        return [];
    }
    const obstacles = obstaclesOf(context);
    return obstacles.length === 0
        ? []
        : [
              {
                  code: 'elasticache/durability-unsupported',
                  severity: 'error',
                  message: `${context.cluster.name} cannot be durable: ${listed(obstacles)}.`,
                  help: 'Use Valkey 9.0 or later with cluster mode and Multi-AZ enabled and outside a Global Datastore, or leave durability out.',
                  source: setting.source,
                  fixes: [{ kind: 'remove-statement', title: `Remove '${setting.key}'`, source: setting.source }],
              },
          ];
}

function obstaclesOf(context: EngineContext): readonly string[] {
    const isGlobal = primariesOf(context).length + secondariesOf(context).length > 0;
    return [
        ...(isSince(context.version, 'valkey 9.0') ? [] : [`it runs ${context.version}, and Valkey 9.0 brought it`]),
        ...(isClusterMode(context) ? [] : ['its cluster mode is disabled']),
        ...(isMultiAz(context) ? [] : ['Multi-AZ is off']),
        ...(isGlobal ? ['it belongs to a Global Datastore'] : []),
    ];
}
