import type { Assumed } from '../../../simulator/index.js';
import { isSince } from '../../version.js';
import type { ClusterState } from './state.js';

/** `shutdown-timeout`: server.c, prepareForShutdown and isReadyToShutdown. */
const WAITS_FOR_REPLICAS = '7.0';
const CLEAN_END: Assumed = {
    brief: 'a primary that is stopped ends at once',
    sentence:
        'A primary that is stopped is taken to end at once. Since Redis 7.0 it first stops accepting writes and lets its replicas catch up, for up to `shutdown-timeout` (10 s): where they follow closely that is less than a second, in which reads go on and everything else comes that much later.',
};

/** A primary with replicas is stopped. */
export function assumeCleanEnd({ context, world }: ClusterState): void {
    if (isSince(context.version, WAITS_FOR_REPLICAS)) {
        world.assume(CLEAN_END);
    }
}
