import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { checkBlocks } from './blocks.js';
import { checkDisks } from './disks.js';
import { checkNameNodes } from './namenodes.js';
import { checkRecovery } from './recovery.js';
import { checkYarn } from './yarn.js';

export { quorums } from './quorums.js';

export function check(context: EngineContext): readonly Finding[] {
    return [
        ...checkNameNodes(context),
        ...checkBlocks(context),
        ...checkDisks(context),
        ...checkRecovery(context),
        ...checkYarn(context),
    ];
}
