/** Parameters that AWS overrules, or that stop writes. */
import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { readSetting } from '../../settings.js';
import { checkWriteGate } from '../../shared/checks/write-gate.js';
import { fixedSettings } from '../settings.js';

export function checkSettings(context: EngineContext): readonly Finding[] {
    return [
        ...fixed(context),
        ...checkWriteGate(context, {
            code: 'elasticache/min-replicas-stop-writes',
            until: 'until AWS has created a node anew',
        }),
    ];
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
