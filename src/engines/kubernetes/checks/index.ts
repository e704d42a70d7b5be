import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { checkBudget } from './budgets.js';
import { checkControlPlane } from './control-plane.js';
import { podGroups } from './groups.js';
import { checkReplacement } from './replacement.js';
import { checkReplicas } from './replicas.js';
import { checkSpread } from './spread.js';

export { quorums } from './control-plane.js';

export function check(context: EngineContext): readonly Finding[] {
    return [
        ...checkControlPlane(context),
        ...podGroups(context).flatMap((group) => [
            ...checkReplicas(context, group),
            ...checkSpread(context, group),
            ...checkReplacement(context, group),
            ...checkBudget(context, group),
        ]),
    ];
}
