import type { Cause, HostChange, World } from '../../../simulator/index.js';
import { assertNever, type NodeId, type ShardId } from '../../../topology/index.js';
import { majority } from '../checks/quorum.js';
import { whySilent } from '../simulation/index.js';
import { commitDelay } from './agreement.js';
import { TickCatchUp } from './catch-up.js';
import { TickClock } from './clock.js';
import { RaftDoubts } from './doubts.js';
import { RaftElections } from './elections.js';
import { RaftGroup } from './group.js';
import { RaftHandover } from './handover.js';
import { RaftLogs } from './logs.js';
import type { RaftConfig, RaftMember, RaftMessage } from './state.js';

/**
 * Raft as etcd runs it: clocks of whole ticks, leases and a leader that stands back when it has lost its majority
 * (etcd-io/raft, raft.go: tickElection, tickHeartbeat, Step, campaign; check-quorum is always on in etcd).
 *
 * While one leader hears everyone, nothing happens that anybody could notice, and no clock is run.
 */
export class Raft {
    private readonly group: RaftGroup;
    private readonly logs: RaftLogs;
    private readonly clock: TickClock;
    private readonly elections: RaftElections;
    private readonly doubts: RaftDoubts;
    private readonly catchUp: TickCatchUp;
    private readonly handover: RaftHandover;
    /** Trace event of what each member last noticed. */
    private readonly causes = new Map<NodeId, Cause>();

    constructor(
        private readonly world: World,
        /** The control plane that the leader leads. */
        private readonly shard: ShardId,
        nodes: readonly NodeId[],
        config: RaftConfig,
        /** Who leads, or who can commit, may be different now. */
        private readonly changed: () => void,
    ) {
        this.group = new RaftGroup(
            world,
            shard,
            nodes,
            config,
            (member, from, message) => this.receive(member, from, message),
            () => this.linksChanged(),
        );
        this.catchUp = new TickCatchUp(this.group);
        this.handover = new RaftHandover(this.group);
        this.logs = new RaftLogs(this.group);
        this.doubts = new RaftDoubts(this.group);
        this.elections = new RaftElections(this.group, this.logs, this.causes, this.doubts, {
            won: (member) => this.lead(member),
            outdated: (member, term, from) => this.outdated(member, term, from),
            changed,
        });
        this.clock = new TickClock(
            world,
            nodes,
            config.heartbeatMs,
            (node) => this.group.at(node).phaseMs,
            () => this.isSettled(),
            (node) => this.tick(this.group.at(node)),
        );
    }

    /** The first listed member leads from the start, in term 1. */
    start(): void {
        const [first] = this.group.members.values();
        for (const member of this.group.members.values()) {
            member.term = 1;
            member.log = { term: 1, entries: 0 };
            member.leader = first!.node;
        }
        first!.role = 'leader';
        first!.elapsed = this.group.draw(first!.node, this.group.electionTicks);
        this.everyone(first!);
        this.logs.review();
        this.world.claim(this.shard, first!.node, 1, -1);
    }

    /** Members that act as leader, as they see it. */
    leaders(): readonly NodeId[] {
        return [...this.group.members.values()].filter((member) => member.role === 'leader').map(({ node }) => node);
    }

    /** As {@link commitDelay}. */
    commitDelay(node: NodeId): number | undefined {
        return commitDelay(this.group, node);
    }

    /** Why the member, which takes itself for the leader, can agree to nothing; undefined: it can. */
    whyPowerless(leader: NodeId): string | undefined {
        const agrees = this.commitDelay(leader) !== undefined;
        return agrees ? undefined : 'no majority of the members agrees to what it proposes';
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        const member = this.group.members.get(node);
        if (member === undefined) {
            return;
        }
        if (change === 'stopped' && member.role === 'leader') {
            this.causes.set(node, this.handover.begin(member, cause));
        }
        if (change === 'started') {
            Object.assign(member, { role: 'follower', leader: undefined });
        }
        this.logs.review();
        switch (change) {
            case 'failed':
            case 'crashed':
            case 'stopped':
                this.group.mailbox.dropBacklog(node);
                this.doubts.forget(node);
                break;
            case 'started':
                this.causes.set(node, cause);
                this.handover.started(node);
                this.group.restartClock(member);
                this.group.links.started(node);
                this.catchUp.begin(node);
                break;
            case 'unfrozen':
                this.group.mailbox.readBacklog(node);
                break;
            case 'frozen':
                break;
            case 'wiped':
                Object.assign(member, { log: { term: 0, entries: 0 } });
                break;
            default:
                assertNever(change);
        }
        this.doubts.review();
        this.wake();
    }

    networkChanged(): void {
        this.group.links.review();
        this.doubts.review();
        this.logs.review();
        this.wake();
    }

    private linksChanged(): void {
        this.doubts.review();
        this.logs.review();
        this.wake();
        this.changed();
    }

    // ── Ticks ──────────────────────────────────────────────────────────────────

    /** While the clocks rested every follower heard its leader in each interval: what it has counted since then is known. */
    private wake(): void {
        if (!this.clock.isAwake) {
            for (const member of this.group.members.values()) {
                const leader = member.leader === undefined ? undefined : this.group.at(member.leader);
                if (leader === member) {
                    member.elapsed = this.group.draw(member.node, this.group.electionTicks);
                } else if (leader !== undefined) {
                    member.elapsed = this.group.lastTick(member) > this.group.lastTick(leader) ? 1 : 0;
                }
            }
        }
        this.clock.wake();
    }

    private tick(member: RaftMember): void {
        if (!this.group.runs(member.node)) {
            return;
        }
        member.elapsed++;
        if (member.role === 'leader') {
            this.leaderTick(member);
        } else if (member.elapsed >= member.patience) {
            this.elections.campaign(member);
        }
    }

    private leaderTick(leader: RaftMember): void {
        if (leader.elapsed >= this.group.electionTicks) {
            leader.elapsed = 0;
            const unheard = [...this.group.members.keys()].filter((node) => !leader.supporters.has(node));
            leader.supporters.clear();
            leader.supporters.add(leader.node);
            if (this.group.members.size - unheard.length < majority(this.group.members.size)) {
                const why = `hears no majority of the members any more and stands back`;
                const lost = unheard.filter((node) => this.doubts.add(leader.node, node));
                const faults = unheard.map((node) => whySilent(this.world, leader.node, node));
                this.standBack(leader, leader.term, why, Math.max(...faults), lost);
                this.logs.keepUnagreed(leader);
                return;
            }
        }
        this.group.broadcast(leader, { kind: 'heartbeat', term: leader.term });
    }

    /** All run, all hear one leader, and nobody is in a later term. Then heartbeats change nothing. */
    private isSettled(): boolean {
        const leaders = [...this.group.members.values()].filter(({ role }) => role === 'leader');
        const [leader] = leaders;
        if (leader === undefined || leaders.length > 1 || !this.group.runs(leader.node)) {
            return false;
        }
        const running = [...this.group.members.values()].filter(({ node }) => this.group.runs(node));
        const isCalm =
            running.length >= majority(this.group.members.size) &&
            running.every(
                (member) =>
                    member.leader === leader.node &&
                    member.term === leader.term &&
                    (member === leader || (member.role === 'follower' && this.group.linked(leader.node, member.node))),
            );
        if (isCalm) {
            this.everyone(leader);
        }
        return isCalm;
    }

    private everyone(leader: RaftMember): void {
        for (const { node } of this.group.members.values()) {
            leader.supporters.add(node);
        }
    }

    // ── Elections ──────────────────────────────────────────────────────────────

    private lead(member: RaftMember): void {
        const cause = this.world.record({
            kind: 'promotion',
            text: `${this.group.nameOf(member.node)} has the votes of a majority and leads in term ${member.term}`,
            cause: this.causes.get(member.node) ?? -1,
            node: member.node,
            shard: this.shard,
        });
        this.causes.set(member.node, cause);
        Object.assign(member, { role: 'leader', leader: member.node, elapsed: 0 });
        member.log = { term: member.term, entries: 0 };
        this.world.claim(this.shard, member.node, member.term, cause);
        this.group.broadcast(member, { kind: 'heartbeat', term: member.term });
        this.logs.review();
        this.changed();
    }

    private outdated(member: RaftMember, term: number, from: NodeId): void {
        const why = `hears of term ${term} from ${this.group.nameOf(from)} and stands back`;
        this.standBack(member, term, why, this.elections.whyFollows(member.node, from));
    }

    /** The member follows whoever leads in this term; a leader gives up its place. */
    private standBack(
        member: RaftMember,
        term: number,
        why: string,
        fault = this.world.lastFault(member.node),
        lost: readonly NodeId[] = [],
    ): void {
        if (member.role === 'leader') {
            const cause = this.world.record({
                kind: 'demotion',
                text: `${this.group.nameOf(member.node)} ${why}`,
                cause: fault,
                node: member.node,
                shard: this.shard,
                ...(lost.length > 0 && { peer: lost[0]!, belief: { holds: 'suspected', about: lost } }),
            });
            this.causes.set(member.node, cause);
            this.world.release(this.shard, member.node, cause);
        }
        if (term > member.term) {
            Object.assign(member, { term, votedFor: undefined });
        }
        Object.assign(member, { role: 'follower', leader: undefined });
        this.logs.review();
        this.group.restartClock(member);
        this.changed();
    }

    // ── Messages ───────────────────────────────────────────────────────────────

    private receive(member: RaftMember, from: NodeId, message: RaftMessage): void {
        switch (message.kind) {
            case 'heartbeat':
                this.onHeartbeat(member, from, message.term);
                break;
            case 'heartbeat-answer':
                this.onHeartbeatAnswer(member, from, message.term);
                break;
            case 'take-over':
                this.elections.takeOver(member, from, message);
                break;
            case 'vote-request':
                this.elections.onVoteRequest(member, from, message);
                break;
            case 'vote':
                this.elections.onVote(member, from, message);
                break;
            default:
                assertNever(message);
        }
    }

    private onHeartbeat(member: RaftMember, leader: NodeId, term: number): void {
        if (term < member.term) {
            // With check-quorum a member in a later term answers, so that the leader learns of it.
            this.group.send(member.node, leader, { kind: 'heartbeat-answer', term: member.term });
            return;
        }
        if (term > member.term || member.role !== 'follower') {
            const why = `hears of a leader in term ${term} and stands back`;
            this.standBack(member, term, why, this.elections.whyFollows(member.node, leader));
        }
        if (member.leader !== leader) {
            member.leader = leader;
            this.doubts.follows(member, leader, this.elections.whyFollows(member.node, leader));
            this.logs.review();
            this.changed();
        }
        member.elapsed = 0;
        this.group.send(member.node, leader, { kind: 'heartbeat-answer', term });
    }

    private onHeartbeatAnswer(member: RaftMember, from: NodeId, term: number): void {
        if (term > member.term) {
            this.outdated(member, term, from);
        } else if (member.role === 'leader' && term === member.term) {
            member.supporters.add(from);
        }
    }
}
