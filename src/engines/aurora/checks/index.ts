import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { checkGlobalDatabase } from './global-database.js';
import { checkInstances } from './instances.js';
import { checkPolicy } from './policy.js';
import { checkRoles } from './roles.js';
import { checkSettings } from './settings.js';
import { checkZones } from './zones.js';

/** Findings about one Aurora cluster. */
export function check(context: EngineContext): readonly Finding[] {
    return [
        ...checkInstances(context),
        ...checkRoles(context),
        ...checkZones(context),
        ...checkGlobalDatabase(context),
        ...checkSettings(context),
        ...checkPolicy(context),
    ];
}
