/** What is wrong with the ResourceManagers. */
import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { membersAs } from '../roles.js';
import { about, setting } from './cluster.js';

const RECOVERY = 'yarn.resourcemanager.recovery.enabled';

export function checkYarn(context: EngineContext): readonly Finding[] {
    const { cluster, topology } = context;
    const managers = membersAs(cluster.members, 'resourcemanager');
    const [first] = managers;
    if (first !== undefined && managers.length === 1) {
        return about(context, {
            code: 'hadoop/single-resourcemanager',
            severity: 'warning',
            message: `${topology.nodes[first.node]!.name} is the only ResourceManager of ${cluster.name}: when it fails no application is started or continued.`,
            help: 'Give a second node in another rack the role `resourcemanager`.',
        });
    }
    // A file that says nothing about YARN's high availability is not judged by YARN's defaults.
    if (managers.length < 2 || !context.boolean('yarn.resourcemanager.ha.enabled') || context.boolean(RECOVERY)) {
        return [];
    }
    return about(context, {
        code: 'hadoop/resourcemanager-without-recovery',
        severity: 'warning',
        message: `A standby ResourceManager of ${cluster.name} takes over without the state of the applications, since recovery is off by default: all that run are lost.`,
        help: 'Set `yarn.resourcemanager.recovery.enabled = true`, with `ZKRMStateStore` as the store.',
        fixes: [setting(context, 'Turn recovery on', RECOVERY, 'true')],
    });
}
