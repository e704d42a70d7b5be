import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { checkClients, checkPatience } from './clients.js';
import { checkDurability } from './durability.js';
import { checkInternalTopics, checkTimers } from './brokers.js';
import { checkMembers } from './members.js';
import { checkPlaces } from './places.js';
import { topicsOf } from './topics.js';

/** Findings about one Kafka cluster, beside those about controllers and copies that every system shares. */
export function check(context: EngineContext): readonly Finding[] {
    const topics = topicsOf(context);
    return [
        ...checkMembers(context),
        ...topics.flatMap((topic) => [...checkDurability(context, topic), ...checkPlaces(context, topic)]),
        ...checkClients(context),
        ...checkPatience(context),
        ...checkInternalTopics(context),
        ...checkTimers(context),
    ];
}
