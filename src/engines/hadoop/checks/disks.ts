import type { Finding, Setting } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { isDatanode } from '../roles.js';
import { setting } from './cluster.js';

const TOLERATED = 'dfs.datanode.failed.volumes.tolerated';
/** From so many disks on, the first one that fails takes a large part of a host's healthy data with it. */
const MANY_DISKS = 4;

export function checkDisks(context: EngineContext): readonly Finding[] {
    const told = new Set<Setting>();
    return context.cluster.members.filter(isDatanode).flatMap((member): Finding[] => {
        const written = context.written('dfs.datanode.data.dir', { member });
        const disks = written === undefined ? 1 : directories(written);
        const tolerated = context.number(TOLERATED, { member });
        if (written === undefined || told.has(written) || tolerated !== 0 || disks < MANY_DISKS) {
            return [];
        }
        told.add(written);
        return [
            {
                code: 'hadoop/no-disk-may-fail',
                severity: 'warning',
                message: `A DataNode with ${String(disks)} disks stops as soon as one of them fails, since \`${TOLERATED}\` is 0: ${String(disks - 1)} healthy disks are copied anew for one that is lost.`,
                help: 'Let it go on without one or two of them.',
                source: written.source,
                fixes: context.cluster.settings.includes(written)
                    ? [setting(context, 'Go on without one disk', TOLERATED, '1')]
                    : [],
            },
        ];
    });
}

function directories({ values }: Setting): number {
    return values.flatMap(({ text }) => text.split(',')).filter((directory) => directory.trim() !== '').length;
}
