import type { Cause } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { majority } from '../checks/quorum.js';
import { whySilent } from '../simulation/index.js';
import type { RaftDoubts } from './doubts.js';
import type { RaftGroup } from './group.js';
import type { RaftLogs } from './logs.js';
import { isUpToDate, type RaftMember, type RaftMessage } from './state.js';

type Vote = Pick<RaftMessage & { readonly kind: 'vote' }, 'term' | 'inAdvance' | 'granted'>;

/** What an election leads to. */
interface Outcome {
    /** The member has the votes of a majority. */
    readonly won: (member: RaftMember) => void;
    /** The member learns of a later term. */
    readonly outdated: (member: RaftMember, term: number, from: NodeId) => void;
    readonly changed: () => void;
}

/** Members that have lost sight of a leader ask for votes, and the others give or refuse them. */
export class RaftElections {
    /** Members of which the trace says that they keep asking. */
    private readonly asksOn = new Set<NodeId>();

    constructor(
        private readonly group: RaftGroup,
        private readonly logs: RaftLogs,
        /** Trace event of what each member last noticed. */
        private readonly causes: Map<NodeId, Cause>,
        private readonly doubts: RaftDoubts,
        private readonly outcome: Outcome,
    ) {}

    campaign(member: RaftMember): void {
        const cause = this.tell(member);
        member.leader = undefined;
        this.causes.set(member.node, cause);
        this.ask(member, this.group.config.preVote, cause);
        this.outcome.changed();
    }

    /** The leader stops and wants this member in its place: no election timeout to wait for, and no question in advance. */
    takeOver(member: RaftMember, from: NodeId, { term, cause }: RaftMessage & { readonly kind: 'take-over' }): void {
        if (term !== member.term || member.leader !== from) {
            return;
        }
        const event = this.group.world.record({
            kind: 'election',
            text: `${this.group.nameOf(member.node)} asks for votes at once, as ${this.group.nameOf(from)} wishes`,
            cause,
            node: member.node,
            peer: from,
            shard: this.group.shard,
        });
        member.leader = undefined;
        this.causes.set(member.node, event);
        this.ask(member, false, event, true);
        this.outcome.changed();
    }

    /** Why a member hears of a leader that it did not follow: that one was elected, or one of them was away. */
    whyFollows(node: NodeId, leader: NodeId): Cause {
        const known = [leader, node].map((each) => this.causes.get(each) ?? -1);
        return Math.max(...known, whySilent(this.group.world, node, leader));
    }

    /** A member without a majority asks again and again; that is told once. */
    private tell(member: RaftMember): Cause {
        const { node, leader } = member;
        const name = this.group.nameOf(node);
        const about = { kind: 'election', node, shard: this.group.shard } as const;
        if (leader !== undefined) {
            this.asksOn.delete(node);
            const isLost = this.doubts.add(node, leader);
            return this.group.world.record({
                ...about,
                text: `${name} has not heard from ${this.group.nameOf(leader)} and asks for votes`,
                cause: whySilent(this.group.world, node, leader),
                peer: leader,
                ...(isLost && { belief: { holds: 'suspected', about: [leader] } }),
            });
        }
        const known = this.causes.get(node) ?? -1;
        if (this.asksOn.has(node)) {
            return known;
        }
        this.asksOn.add(node);
        const text = `${name} asks for votes again, and goes on until there is a leader`;
        return this.group.world.record({ ...about, text, cause: known });
    }

    private ask(member: RaftMember, inAdvance: boolean, cause: Cause, isHandover = false): void {
        member.role = inAdvance ? 'pre-candidate' : 'candidate';
        if (!inAdvance) {
            member.term++;
            member.votedFor = member.node;
        }
        // Whoever only asks in advance keeps the patience that it has: its next question comes after the same time.
        member.elapsed = 0;
        if (!inAdvance) {
            this.group.restartClock(member);
        }
        member.supporters.clear();
        member.refusers.clear();
        member.supporters.add(member.node);
        const term = inAdvance ? member.term + 1 : member.term;
        const log = this.logs.of(member);
        this.group.broadcast(member, { kind: 'vote-request', term, log, inAdvance, isHandover, cause });
        this.count(member);
    }

    private count(member: RaftMember): void {
        const needed = majority(this.group.members.size);
        if (member.supporters.size >= needed) {
            if (member.role === 'pre-candidate') {
                this.ask(member, false, this.causes.get(member.node) ?? -1);
            } else {
                this.outcome.won(member);
            }
        } else if (member.refusers.size >= needed) {
            member.role = 'follower';
            this.group.restartClock(member);
        }
    }

    onVoteRequest(
        member: RaftMember,
        from: NodeId,
        { term, log, inAdvance, isHandover, cause }: RaftMessage & { readonly kind: 'vote-request' },
    ): void {
        if (term < member.term) {
            // One that asks in advance with an old term hears of the later one; a candidate is left alone.
            if (inAdvance) {
                this.answer(member, from, { term: member.term, inAdvance, granted: false });
            }
            return;
        }
        // Whoever has heard a leader within an election timeout takes no part: the leader's lease.
        const hearsLeader =
            member.leader !== undefined && (member.role === 'leader' || member.elapsed < this.group.electionTicks);
        if (term > member.term && hearsLeader && !isHandover) {
            return;
        }
        if (!inAdvance && term > member.term) {
            this.outcome.outdated(member, term, from);
        }
        const isFree = this.isFree(member, from) || (inAdvance && term > member.term);
        const granted = isFree && isUpToDate(log, this.logs.of(member));
        if (granted && !inAdvance) {
            member.votedFor = from;
            member.elapsed = 0;
            this.causes.set(member.node, cause);
        }
        this.answer(member, from, { term: granted ? term : member.term, inAdvance, granted });
    }

    private isFree({ votedFor, leader }: RaftMember, candidate: NodeId): boolean {
        return votedFor === candidate || (votedFor === undefined && leader === undefined);
    }

    private answer(member: RaftMember, to: NodeId, vote: Vote): void {
        this.group.send(member.node, to, { kind: 'vote', ...vote });
    }

    onVote(member: RaftMember, from: NodeId, { term, inAdvance, granted }: Vote): void {
        const isPromise = inAdvance && granted;
        if (term > member.term && !isPromise) {
            this.outcome.outdated(member, term, from);
            return;
        }
        const isAwaited =
            member.role === (inAdvance ? 'pre-candidate' : 'candidate') && term === member.term + (isPromise ? 1 : 0);
        if (isAwaited) {
            (granted ? member.supporters : member.refusers).add(from);
            this.count(member);
        }
    }
}
