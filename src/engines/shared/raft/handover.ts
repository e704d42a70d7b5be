import type { Cause } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { RaftGroup } from './group.js';
import type { RaftMember } from './state.js';

/**
 * A leader that is shut down cleanly asks another member to stand for election at once, and leaves when that one leads
 * (etcdserver/server.go: Stop, TransferLeadership; raft.go: sendTimeoutNow). So a clean stop costs some messages and no election
 * timeout.
 */
export class RaftHandover {
    /** When each member was started within the run, in ms; missing: it ran before. */
    private readonly startedMs = new Map<NodeId, number>();

    constructor(private readonly group: RaftGroup) {}

    started(node: NodeId): void {
        this.startedMs.set(node, this.group.world.now);
    }

    /** The member leads no more. Returns the event in the trace; the given one if there is nobody to hand over to. */
    begin(leader: RaftMember, cause: Cause): Cause {
        const { group } = this;
        const { node, term } = leader;
        const heir = this.longestConnected(node);
        leader.role = 'follower';
        if (heir === undefined) {
            return cause;
        }
        const event = group.world.record({
            kind: 'demotion',
            text: `${group.nameOf(node)} stops and asks ${group.nameOf(heir)} to lead`,
            cause,
            node,
            peer: heir,
            shard: group.shard,
        });
        group.send(node, heir, { kind: 'take-over', term, cause: event });
        return event;
    }

    /**
     * The member whose connection is the oldest (etcdserver/util.go: longestConnected). Which of those it was that have been there
     * from the start a file does not tell: the first in the order of declaration is assumed.
     */
    private longestConnected(leader: NodeId): NodeId | undefined {
        const { group } = this;
        return [...group.members.keys()]
            .filter((other) => other !== leader && group.runs(other) && group.linked(leader, other))
            .sort((one, other) => (this.startedMs.get(one) ?? 0) - (this.startedMs.get(other) ?? 0))[0];
    }
}
