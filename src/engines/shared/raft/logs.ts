import type { NodeId } from '../../../topology/index.js';
import type { RaftGroup } from './group.js';
import type { LogPosition, RaftMember } from './state.js';

/** Who a member receives entries from, and of which term they are: that leader may since have heard of a later one. */
interface Source {
    readonly leader: NodeId;
    readonly term: number;
}

/** How far each member's log goes. One that hears its leader has what the leader has; one that is cut off keeps what it had. */
export class RaftLogs {
    private readonly sources = new Map<NodeId, Source>();

    constructor(private readonly group: RaftGroup) {}

    of(member: RaftMember): LogPosition {
        const source = this.sources.get(member.node);
        return source === undefined ? member.log : { term: source.term, entries: this.acknowledged() };
    }

    /** To be called when a process, a link or a leader has changed: who was cut off until now keeps what there was. */
    review(): void {
        for (const member of this.group.members.values()) {
            const before = this.sources.get(member.node);
            const now = this.sourceOf(member);
            if (before !== undefined && (now?.leader !== before.leader || now.term !== before.term)) {
                member.log = { term: before.term, entries: this.acknowledged() };
            }
            if (now === undefined) {
                this.sources.delete(member.node);
            } else {
                this.sources.set(member.node, now);
            }
        }
    }

    /**
     * A leader that lost its majority has written down what it was asked for meanwhile, and nobody else has: those that are back
     * before a new term begins have the shorter log. That somebody writes within an election timeout is taken for granted.
     */
    keepUnagreed(leader: RaftMember): void {
        leader.log = { ...leader.log, entries: leader.log.entries + 1 };
    }

    private sourceOf(member: RaftMember): Source | undefined {
        const leader = member.leader === undefined ? undefined : this.group.members.get(member.leader);
        const flows =
            leader?.role === 'leader' &&
            leader.term === member.term &&
            this.group.runs(leader.node) &&
            this.group.runs(member.node) &&
            this.group.linked(leader.node, member.node);
        return flows ? { leader: leader.node, term: leader.term } : undefined;
    }

    /** Every acknowledged write is an entry of the log. */
    private acknowledged(): number {
        let entries = 0;
        for (const node of this.group.members.keys()) {
            entries += this.group.world.acknowledged(this.group.shard, node);
        }
        return entries;
    }
}
