import type { Cause, HandlerId, RandomStream, TraceEvent, TraceKind, World } from '../../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../../topology/index.js';
import { connected, Mailbox } from '../../../shared/simulation/index.js';
import { QUORUM_FETCH_WAIT_MS, type QuorumConfig } from '../../config.js';
import { newVoter, type LogEnd, type QuorumMessage, type Voter } from './voter.js';

/** Another controller that an event is about, and who knows of it at once. */
type Concerned = Pick<TraceEvent, 'peer' | 'knownTo'>;

/** The controllers, how they reach each other, and the one deadline of each. */
export class QuorumGroup {
    readonly voters: ReadonlyMap<NodeId, Voter>;
    readonly mailbox: Mailbox<QuorumMessage>;
    private readonly random: ReadonlyMap<NodeId, RandomStream>;
    private readonly onDeadline: HandlerId;

    constructor(
        readonly world: World,
        /** The control plane that the active controller leads; none where a cluster has no controller. */
        private readonly shard: ShardId | undefined,
        nodes: readonly NodeId[],
        readonly config: QuorumConfig,
        receive: (voter: Voter, from: NodeId, message: QuorumMessage) => void,
        /** The voter's deadline has passed while it runs. */
        private readonly expire: (voter: Voter) => void,
    ) {
        this.voters = new Map(nodes.map((node) => [node, newVoter(node)]));
        this.random = new Map(
            nodes.map((node) => [node, world.stream(world.topology.nodes[node]!.qualifiedName, 'controller quorum')]),
        );
        this.mailbox = new Mailbox(world, ({ from, to, message }) => receive(this.at(to), from, message));
        this.onDeadline = world.handler((node, deadline) => this.due(this.at(node), deadline));
    }

    at(node: NodeId): Voter {
        return this.voters.get(node)!;
    }

    runs(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }

    nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }

    draw(voter: Voter, bound: number): number {
        return this.random.get(voter.node)!.below(Math.max(1, bound));
    }

    wait(voter: Voter, delayMs: number): void {
        voter.deadline++;
        voter.overdue = false;
        this.world.schedule(this.world.now + Math.max(0, delayMs), this.onDeadline, voter.node, voter.deadline);
    }

    waitForElection(voter: Voter): void {
        const { electionTimeoutMs } = this.config;
        this.wait(voter, electionTimeoutMs + this.draw(voter, electionTimeoutMs));
    }

    private due(voter: Voter, deadline: number): void {
        if (deadline !== voter.deadline) {
            return;
        }
        if (this.runs(voter.node)) {
            this.expire(voter);
        } else if (this.world.process(voter.node) === 'frozen') {
            voter.overdue = true;
        }
    }

    flows(follower: Voter): boolean {
        const leader = follower.leader === undefined ? undefined : this.voters.get(follower.leader);
        return (
            follower.role === 'follower' &&
            leader?.role === 'leader' &&
            leader.epoch === follower.epoch &&
            this.runs(leader.node) &&
            this.runs(follower.node) &&
            connected(this.world, leader.node, follower.node)
        );
    }

    /** A fetch that finds nothing new is answered after half a second, so the last one lies up to that long back. */
    sinceLastFetch(voter: Voter): number {
        return this.draw(voter, Math.min(QUORUM_FETCH_WAIT_MS, this.config.fetchTimeoutMs));
    }

    /** A controller that fetches has all that there is. */
    logOf(voter: Voter): LogEnd {
        const isCurrent = voter.role === 'leader' || (voter.role === 'follower' && voter.inTouch);
        return isCurrent ? { epoch: voter.epoch, atMs: this.world.now } : voter.log;
    }

    claim(voter: Voter, cause: Cause): void {
        if (this.shard !== undefined) {
            this.world.claim(this.shard, voter.node, voter.epoch, cause);
        }
    }

    /** The voter does not act as leader any more. */
    release(voter: Voter, cause: Cause): void {
        if (this.shard !== undefined) {
            this.world.release(this.shard, voter.node, cause);
        }
    }

    broadcast(voter: Voter, message: QuorumMessage): void {
        for (const node of this.voters.keys()) {
            if (node !== voter.node) {
                this.mailbox.send(voter.node, node, message);
            }
        }
    }

    tell(kind: TraceKind, voter: Voter, text: string, cause: Cause, concerned: Concerned = {}): Cause {
        return this.world.record({
            kind,
            text: `${this.nameOf(voter.node)} ${text}`,
            cause,
            node: voter.node,
            ...concerned,
            ...(this.shard === undefined ? {} : { shard: this.shard }),
        });
    }
}
