/** What a cluster that is down still answers. */
import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useSetting } from '../../shared/checks/fixes.js';

const READS_WHEN_DOWN = 'cluster-allow-reads-when-down';

/** With one or two primaries every failure takes the cluster down, so what it answers then matters. */
export function checkWhenDown(context: EngineContext): readonly Finding[] {
    const { name, shards, source } = context.cluster;
    if (shards.length > 2 || context.boolean(READS_WHEN_DOWN)) {
        return [];
    }
    return [
        {
            code: 'redis/reads-stop-when-down',
            severity: 'information',
            message: `With fewer than three shards the loss of one primary takes ${name} down, and it refuses reads as well as writes then, unless \`${READS_WHEN_DOWN}\` lets living primaries answer reads.`,
            help: `Set \`${READS_WHEN_DOWN} = yes\` if reads that may be out of date are better than none.`,
            source: context.written(READS_WHEN_DOWN)?.source ?? source,
            fixes: [useSetting(source, READS_WHEN_DOWN, 'yes')],
        },
    ];
}
