import type { NodeId } from '../../../topology/index.js';
import { majority } from '../checks/quorum.js';
import type { RaftGroup } from './group.js';

/**
 * Milliseconds from a request at the member until a majority has agreed to it; undefined while none can: it then waits for a
 * leader. A member that has voted in a later term agrees to nothing of an earlier one.
 */
export function commitDelay(group: RaftGroup, node: NodeId): number | undefined {
    const { world } = group;
    const leader = leaderSeenBy(group, node);
    if (
        leader === undefined ||
        !group.runs(leader) ||
        group.at(leader).role !== 'leader' ||
        !group.linked(node, leader)
    ) {
        return undefined;
    }
    const trips = [...group.members.keys()]
        .filter(
            (other) =>
                group.runs(other) && group.linked(leader, other) && group.at(other).term <= group.at(leader).term,
        )
        .map((other) => world.delay(leader, other) + world.delay(other, leader))
        .sort((one, other) => one - other);
    const slowest = trips[majority(group.members.size) - 1];
    const toLeader = world.delay(node, leader) + world.delay(leader, node);
    return slowest === undefined ? undefined : toLeader + slowest;
}

/** The leader that the member follows or is. */
function leaderSeenBy(group: RaftGroup, node: NodeId): NodeId | undefined {
    const member = group.members.get(node);
    return member !== undefined && group.runs(node) ? member.leader : undefined;
}
